"""What kind of file bytes are that are neither picture nor text, told by how they begin."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """Kinds that a person has a word for."""

    PDF = "pdf"
    ZIP = "zip"
    """An archive, or a document of Word, Excel and others: what is in it says which."""
    ARCHIVE = "archive"
    RICH_TEXT = "rich_text"
    """RTF: text by its bytes, but none that a person would read."""
    OLD_OFFICE = "old_office"
    """Word, Excel and PowerPoint before 2007; mail of Outlook; a protected document of today."""
    VIDEO = "video"
    AUDIO = "audio"
    PROGRAM = "program"
    FONT = "font"
    DATABASE = "database"
    OTHER = "other"


PDF_WITHIN = 1024
"""PDF readers look for its mark in so many bytes."""

STARTS: tuple[tuple[FileKind, tuple[bytes, ...]], ...] = (
    (FileKind.ZIP, (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")),
    (FileKind.RICH_TEXT, (b"{\\rtf",)),
    (FileKind.OLD_OFFICE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    (
        FileKind.ARCHIVE,
        (
            *(b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
            *(b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"MSCF", b"!<arch>\n", b"\xed\xab\xee\xdb"),
            *(b"\x1f\x9d", b"LZIP", b"xar!", b"\x5d\0\0"),
        ),
    ),
    (
        FileKind.VIDEO,
        (
            *(b"\x1aE\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba", b"\0\0\x01\xb3"),
            b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
        ),
    ),
    (
        FileKind.AUDIO,
        (
            *(b"ID3", b"OggS", b"fLaC", b"FORM", b"MThd", b"#!AMR", b".snd"),
            *(b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9"),
        ),
    ),
    (
        FileKind.PROGRAM,
        (
            *(b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf"),
            *(b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02"),
        ),
    ),
    (FileKind.FONT, (b"wOFF", b"wOF2", b"\0\x01\0\0\0", b"OTTO", b"ttcf", b"true\0")),
    (FileKind.DATABASE, (b"SQLite format 3\0", b"\0\x01\0\0Standard ")),
)
RIFF = {b"WAVE": FileKind.AUDIO, b"AVI ": FileKind.VIDEO, b"RMID": FileKind.AUDIO}
TAR_MARK = slice(257, 262)


def file_kind(data: bytes) -> FileKind:
    """The kind of a file that is no picture we read. Text should be looked for before some of
    these, which begin with common letters; PDF, ZIP and RTF are sure.
    """
    if b"%PDF-" in data[:PDF_WITHIN]:
        return FileKind.PDF
    if data[:4] == b"RIFF":
        return RIFF.get(data[8:12], FileKind.OTHER)
    if data[4:8] == b"ftyp":
        return FileKind.AUDIO if data[8:11] in (b"M4A", b"M4B") else FileKind.VIDEO
    if data[4:8] in (b"moov", b"mdat", b"wide"):
        return FileKind.VIDEO
    if data[TAR_MARK] == b"ustar":
        return FileKind.ARCHIVE
    # The longest start first: a database of Access begins as a font does.
    found = [
        (len(start), kind) for kind, starts in STARTS for start in starts if data.startswith(start)
    ]
    return max(found, key=lambda one: one[0])[1] if found else FileKind.OTHER
