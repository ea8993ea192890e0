"""Where a message is written: text, what goes with it, and the way to send it."""

from app.features.chat.composer.composer import Composer
from app.features.chat.composer.sources import AttachmentSource, QuickActionSource

__all__ = ["AttachmentSource", "Composer", "QuickActionSource"]
