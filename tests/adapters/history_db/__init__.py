"""The history database, on real files."""
