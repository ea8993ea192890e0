"""The sidebar of conversations, and search."""
