"""Porthole (舷窗): a native window on OpenAI-compatible services."""

VERSION = "0.1.0"
