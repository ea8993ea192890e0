"""Batches in SQLite, in a file of their own: `BatchFile(folder)` fulfils BatchStore."""

from app.adapters.batch_db.batch_file import BatchFile

__all__ = ["BatchFile"]
