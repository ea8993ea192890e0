"""The world outside. Each library has one home here, and its exceptions end here."""
