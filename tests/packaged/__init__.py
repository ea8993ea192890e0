"""Checks of the packaged program: `make package` runs them on what it built."""
