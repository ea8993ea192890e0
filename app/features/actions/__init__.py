"""Quick actions: kept, edited, ordered, passed on."""
