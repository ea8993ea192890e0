"""Schemas that answers can be asked for: written, checked as one types, kept, handed on."""
