"""What every SQLite file of ours shares: how it is opened, migrated, and written by one thread."""
