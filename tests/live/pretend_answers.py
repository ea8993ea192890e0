"""What a model that sees well would say of the sample screenshot, by what it is asked."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
CODE = """```python
def read_port(settings: dict) -> int:
    raw = str(settings.get("port", "")).strip()
    if not raw.isdecimal():
        raise ValueError(f"port: {raw!r} is no number")
    return int(raw)
```"""
TABLE = """| Service | Port | State | Memory |
| --- | --- | --- | --- |
| gateway | 8080 | running | 212 MB |
| search | 9200 | stopped | 0 MB |
| 数据库 | 5432 | 运行中 | 640 MB |"""
FIELDS = '{"report_date": "23 November 2026, 09:41", "services": [{"service": "gateway"}]}'
DESCRIBED = "A console with a report: the service did not start, for the port is '80 80'."
DESCRIBED_ZH = "这是一个控制台的启动报告：服务没有启动，因为端口是 '80 80'，不是数字。"
EXPLAINED = (
    "1. What it says: `ValueError: port: '80 80' is no number`, raised as the service starts.\n"
    "2. Cause: the port in the settings holds a space: '80 80', most likely a slip in typing.\n"
    "3. Fix: write the port as one whole number, save the settings, and start the service again."
)
EXPLAINED_ZH = (
    "1. 报错内容：`ValueError: port: '80 80' is no number`，也就是说端口的值不是一个数字。\n"
    "2. 原因：设置中的端口写成了 '80 80'，中间多了一个空格，很可能是修改时输入有误，把握很大。\n"
    "3. 解决办法：打开设置，把端口改成一个完整的数字，保存后重新启动服务，再看启动报告是否正常。"
    "如果仍然不能启动，请查看日志的第三行，确认被拒绝的值已经改正。"
)


def of_the_screenshot(asked: str) -> str | None:
    """The answer; None where none of the quick actions is asked."""
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in asked)
    if asked.startswith(("Extract all text", "请原样提取")):
        words = (SAMPLES / "screenshot.txt").read_text(encoding="utf-8")
        return f"{words}\n{CODE}"
    if asked.startswith(("Turn the table", "请把这张图片中的表格")):
        return TABLE
    if asked.startswith(("Give the labelled", "请把这张图片中带标签")):
        return FIELDS
    if asked.startswith(("Translate all", "请把这张图片中的全部文字翻译")):
        lead = "修改设置之后服务没有启动，请检查端口。" if chinese else "The service did not start."
        return f"{lead}\n\n{CODE}"
    if asked.startswith(("Describe this", "请用中文描述")):
        return DESCRIBED_ZH if chinese else DESCRIBED
    if asked.startswith(("Explain the error", "请用中文解释")):
        return EXPLAINED_ZH if chinese else EXPLAINED
    return None
