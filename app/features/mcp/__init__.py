"""MCP servers in the settings: added, looked at, allowed, started and stopped."""
