"""What is done when a tool of the person's own is called: a program started, a request sent."""
