"""Services, addresses and keys."""
