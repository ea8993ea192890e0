"""What went over the wire for a reply, as it can be read, copied and sent again."""

from app.features.raw.raw_view import RawView

__all__ = ["RawView"]
