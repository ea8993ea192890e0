"""Formulas set as vector pictures, in a child process."""
