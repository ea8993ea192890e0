"""MCP servers: one host process keeps them all, and the window speaks with it alone."""
