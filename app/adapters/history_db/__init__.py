"""History in SQLite: one writer thread, migrations, store, search, attachments."""
