"""Formulas, really set by a child process."""
