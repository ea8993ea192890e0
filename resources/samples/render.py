"""Draws the sample screenshot, `screenshot.png`, and writes the words in it to `screenshot.txt`.

Run it with the project's Python where DejaVu and Noto Sans CJK are installed:
`python resources/samples/render.py`. All text in the picture is the project's own.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
SIZE = (1280, 832)
FONTS = {
    "sans": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "bold": "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "mono": "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
}
SIMPLIFIED = 2  # the face of Noto's collection with mainland forms
TEXT, FAINT, LINE, ACCENT = "#1d2226", "#646c72", "#e4e6e4", "#0f766e"

SIDE = ["Overview", "Services", "Keys", "Storage", "Logs"]
NOTES = [
    "The service did not start after the last change of settings.",
    "修改设置后服务没有启动，请检查端口。",
    "Line 3 of the log names the value that was refused.",
]
CODE = [
    "def read_port(settings: dict) -> int:",
    '    raw = str(settings.get("port", "")).strip()',
    "    if not raw.isdecimal():",
    '        raise ValueError(f"port: {raw!r} is no number")',
    "    return int(raw)",
]
TABLE = [
    ["Service", "Port", "State", "Memory"],
    ["gateway", "8080", "running", "212 MB"],
    ["search", "9200", "stopped", "0 MB"],
    ["数据库", "5432", "运行中", "640 MB"],
]
ERROR = "ValueError: port: '80 80' is no number"


def font(kind: str, size: int) -> ImageFont.FreeTypeFont:
    """One of the three faces at a size in pixels."""
    path = FONTS[kind]
    return ImageFont.truetype(path, size, index=SIMPLIFIED if path.endswith(".ttc") else 0)


def draw() -> tuple[Image.Image, list[str]]:
    """The picture, and its lines of text in reading order."""
    image = Image.new("RGB", SIZE, "#ffffff")
    pen = ImageDraw.Draw(image)
    lines: list[str] = []

    def put(x: int, y: int, text: str, kind: str, size: int, colour: str = TEXT) -> None:
        pen.text((x, y), text, font=font(kind, size), fill=colour)

    pen.rectangle((0, 0, SIZE[0], 44), fill="#eef0ee")
    for number, colour in enumerate(("#e5695e", "#e8b64c", "#63b25c")):
        pen.ellipse((18 + 22 * number, 16, 30 + 22 * number, 28), fill=colour)
    put(560, 10, "Harbour Console", "bold", 17)
    lines.append("Harbour Console")

    pen.rectangle((0, 44, 220, SIZE[1]), fill="#f6f7f6")
    pen.line((220, 44, 220, SIZE[1]), fill=LINE)
    for number, name in enumerate(SIDE):
        top = 68 + 46 * number
        if number == 1:
            pen.rounded_rectangle((10, top - 7, 210, top + 33), 8, fill="#e3f1ef")
        put(26, top, name, "sans", 17, ACCENT if number == 1 else TEXT)
        lines.append(name)

    put(256, 66, "Start report", "bold", 26)
    put(256, 106, "23 November 2026, 09:41", "sans", 15, FAINT)
    lines += ["Start report", "23 November 2026, 09:41"]
    for number, note in enumerate(NOTES):
        put(256, 148 + 32 * number, note, "sans", 18)
    lines += NOTES

    pen.rounded_rectangle((256, 262, 1240, 448), 8, fill="#f7f8f7", outline=LINE)
    for number, code in enumerate(CODE):
        put(280, 278 + 32 * number, code, "mono", 17)
    lines += [code.strip() for code in CODE]

    for row, cells in enumerate(TABLE):
        top = 474 + 44 * row
        for column, cell in enumerate(cells):
            put(268 + 240 * column, top, cell, "bold" if row == 0 else "sans", 17)
        pen.line((256, top + 34, 1240, top + 34), fill=LINE)
        lines.append(" ".join(cells))

    pen.rounded_rectangle((256, 676, 1240, 732), 8, fill="#fdecea", outline="#f3c1bb")
    put(280, 692, ERROR, "mono", 18, "#b42318")
    lines.append(ERROR)
    pen.rounded_rectangle((256, 756, 396, 800), 8, fill=ACCENT)
    put(288, 764, "Try again", "sans", 18, "#ffffff")
    put(428, 764, "Copy the log · 复制日志", "sans", 18, ACCENT)
    lines += ["Try again Copy the log · 复制日志"]
    return image, lines


def main() -> None:
    image, lines = draw()
    image.save(HERE / "screenshot.png", optimize=True)
    (HERE / "screenshot.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
