"""Attachments as files beside the database, each named by the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from app.adapters.disk import make_private_folder, write_whole
from app.core.errors import StorageError, StorageProblem

_NAME = re.compile("[0-9a-f]{64}")


class BlobFolder:
    """Reads and writes blobs. Methods raise OSError, and StorageError where they say so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep the bytes, on the disk when this returns; answers their SHA-256 in hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not path.is_file() or path.stat().st_size != len(data):
            make_private_folder(self._folder)
            make_private_folder(path.parent)
            write_whole(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises StorageError (DAMAGED) where they are gone or not what they were."""
        path = self._path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise StorageError(StorageProblem.DAMAGED, str(path), "file is gone") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(StorageProblem.DAMAGED, str(path), "content has changed")
        return data

    def remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        """Where a blob lies. StorageError for what is no hash, and might lead elsewhere."""
        if _NAME.fullmatch(sha256) is None:
            raise StorageError(StorageProblem.FAILED, str(self._folder), "not a SHA-256")
        return self._folder / sha256[:2] / sha256
