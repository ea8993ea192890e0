"""Values and rules. Standard library only: no Qt, no disk, no network."""
