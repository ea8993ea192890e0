"""Porthole (舷窗): a native window on OpenAI-compatible services."""
