"""Which kind of file bytes are."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest

from app.core.file_kind import FileKind, file_kind


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


def tarred() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        archive.addfile(entry, io.BytesIO())
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\n" * 900 + b"%PDF-1.4", FileKind.PDF),
        (b"\n" * 1100 + b"%PDF-1.4", FileKind.OTHER),
        (zipped(), FileKind.ZIP),
        (tarred(), FileKind.ARCHIVE),
        (b"\x1f\x8b\x08\0", FileKind.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\0\4", FileKind.ARCHIVE),
        (b"Rar!\x1a\x07\x01\0", FileKind.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, FileKind.OLD_OFFICE),
        (b"\0\0\0\x18ftypisom", FileKind.VIDEO),
        (b"\0\0\0\x18ftypM4A ", FileKind.AUDIO),
        (b"\x1aE\xdf\xa3\x01", FileKind.VIDEO),
        (b"RIFF\x10\0\0\0AVI LIST", FileKind.VIDEO),
        (b"RIFF\x10\0\0\0WAVEfmt ", FileKind.AUDIO),
        (b"RIFF\x10\0\0\0abcd", FileKind.OTHER),
        (b"ID3\x04", FileKind.AUDIO),
        (b"OggS\0", FileKind.AUDIO),
        (b"\x7fELF\x02", FileKind.PROGRAM),
        (b"MZ\x90\0", FileKind.PROGRAM),
        (b"\0asm\x01\0\0\0", FileKind.PROGRAM),
        (b"\0\x01\0\0\0\x0f", FileKind.FONT),
        (b"\0\x01\0\0Standard Jet DB", FileKind.DATABASE),
        (b"SQLite format 3\0", FileKind.DATABASE),
        (b"\x01\x02\x03", FileKind.OTHER),
        (b"", FileKind.OTHER),
    ],
)
def test_the_kind(data: bytes, kind: FileKind) -> None:
    assert file_kind(data) is kind
