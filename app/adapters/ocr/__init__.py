"""Text read from pictures on this machine, in a child process."""
