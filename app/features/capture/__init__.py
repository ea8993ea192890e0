"""A region of the screen, taken as a picture; and asked about where one is."""
