"""One action over many files: planned, asked a few at a time, saved as it comes, taken away."""
