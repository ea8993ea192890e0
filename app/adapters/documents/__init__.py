"""Documents made readable, in a child process: the pages of a PDF, the text of Word and Excel."""
