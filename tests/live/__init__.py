"""A walk through all that the real service is said to do: `make live`."""
