"""Which tools a conversation may use, and the leaves that hold: chosen beside the composer."""
