"""Conversations as they are held: session, transcript, composer."""
