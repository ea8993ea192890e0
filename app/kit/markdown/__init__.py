"""Markdown as it arrives: stable prefix and open tail, as blocks, as documents."""
