"""Porthole's own tools: each a file, all offered by one source."""
