"""History in SQLite, with attachments beside it: `open_history(folder)` gives a HistoryStore."""

from app.adapters.history_db.history import History, open_history

__all__ = ["History", "open_history"]
