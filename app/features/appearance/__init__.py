"""How Porthole looks and how a conversation behaves."""
