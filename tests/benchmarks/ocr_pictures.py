"""Twenty pictures whose text is known: what people make screenshots of, painted when measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.benchmarks.ocr_sheet import CHINESE, CHINESE_MONO, LATIN, MONO, SERIF, SONG, Sheet

LIGHT_INK, DARK_PAPER = "#d8dee9", "#16181c"

ENGLISH = (
    "The ferry leaves the north quay at six in the morning and",
    "takes forty minutes to cross the bay when the water is calm.",
    "In winter it runs only twice a day, so ask at the office",
    "before you walk down to the pier with all your luggage.",
)
ENGLISH_2 = (
    "Tickets are sold on board; a single costs $4.50, a return",
    "$8.00. Children under 12 travel free. Bicycles pay half.",
)
CHINESE_1 = (
    "港口的灯在傍晚六点亮起，渡轮缓缓靠岸。船员检查缆绳，",
    "乘客提着行李走下舷梯。码头边的小店还开着门，老板把热",
    "茶递给每一位冻红了手的旅人，谁也不急着离开。",
)
CHINESE_2 = (
    "明天有雨，气温在8到13度之间。请各位带好雨具，注意脚下",
    "湿滑的台阶。末班船是晚上九点四十分，过时不候。",
)
PYTHON = (
    "def read_port(raw: str) -> int:",
    '    """The port in `raw`."""',
    "    if not raw.isdecimal():",
    '        raise ValueError(f"no port: {raw}")',
    "    port = int(raw)",
    "    for low, high in RESERVED:",
    "        if low <= port <= high:",
    '            log.warning("port %d is reserved", port)',
    "            break",
    "    return port",
)
SCRIPT = (
    "export async function load(url) {",
    "  const reply = await fetch(url, { retries: 3 });",
    "  if (!reply.ok) {",
    "    throw new Error(`HTTP ${reply.status}`);",
    "  }",
    "  const rows = [];",
    "  for (const item of reply.items) {",
    "    rows.push({ id: item.id, name: item.name });",
    "  }",
    "  return rows;",
    "}",
)
TERMINAL = (
    "$ git status --short",
    " M src/window.py",
    "$ python -m pytest -q tests/core",
    "184 passed, 3 skipped in 12.40s",
    "$ curl -I https://example.org/health",
    "HTTP/1.1 503 Service Unavailable",
    "$ ss -ltnp | grep 8080",
    'LISTEN 0 128 127.0.0.1:8080 users:(("node",pid=4182))',
)


def english_prose() -> Sheet:
    sheet = Sheet(620, 260, face=SERIF, size=17)
    y = sheet.lines(30, 24, ENGLISH)
    sheet.part()
    sheet.lines(30, y + 20, ENGLISH_2)
    return sheet


def chinese_prose() -> Sheet:
    sheet = Sheet(560, 260, face=CHINESE, size=18)
    y = sheet.lines(30, 24, CHINESE_1)
    sheet.part()
    sheet.lines(30, y + 22, CHINESE_2)
    return sheet


def mixed_prose() -> Sheet:
    sheet = Sheet(640, 200, face=CHINESE, size=16)
    said = (
        "启动失败：Error: listen EADDRINUSE: address already in use",
        "8080 端口被 nginx 占用，请先执行 sudo systemctl stop nginx，",
        "或在 config.yaml 中把 server.port 改为 8081 后重试。",
        "版本 v2.14.0（2026-11-20 发布）需要 Python 3.11 或更高版本。",
    )
    sheet.lines(24, 24, said, step=32)
    return sheet


def code_light() -> Sheet:
    sheet = Sheet(580, 280, face=MONO, size=15, paper="#f7f8f7")
    sheet.lines(24, 20, PYTHON)
    return sheet


def code_dark() -> Sheet:
    sheet = Sheet(580, 300, face=MONO, size=15, ink=LIGHT_INK, paper=DARK_PAPER)
    sheet.lines(24, 20, SCRIPT)
    return sheet


def terminal_dark() -> Sheet:
    sheet = Sheet(640, 230, face=MONO, size=15, ink=LIGHT_INK, paper=DARK_PAPER)
    sheet.lines(16, 16, TERMINAL)
    return sheet


def code_chinese_comments() -> Sheet:
    sheet = Sheet(600, 260, face=CHINESE_MONO, size=16)
    said = (
        "# 读取配置文件，缺省时用默认端口",
        "import json",
        "",
        "def load(path):",
        "    with open(path) as file:",
        "        data = json.load(file)",
        "    # 端口必须是整数",
        '    return int(data.get("port", 8080))',
    )
    sheet.lines(24, 18, said, step=27)
    return sheet


def table_grid() -> Sheet:
    sheet = Sheet(640, 250, size=15)
    rows = (
        ("Service", "Port", "State", "Memory"),
        ("gateway", "8080", "running", "212 MB"),
        ("database", "5432", "running", "640 MB"),
        ("search", "9200", "stopped", "0 MB"),
        ("mailer", "2525", "degraded", "48 MB"),
    )
    for number in range(len(rows) + 1):
        sheet.box(24, 20 + 40 * number, 590, 1, "#c6cac8")
    for x in (24, 200, 320, 480, 614):
        sheet.box(x, 20, 1, 200, "#c6cac8")
    for number, cells in enumerate(rows):
        sheet.row((36, 212, 332, 492), 30 + 40 * number, cells, bold=not number)
    return sheet


def table_chinese() -> Sheet:
    sheet = Sheet(640, 260, face=CHINESE, size=16)
    rows = (
        ("姓名", "部门", "入职日期", "工资"),
        ("王小明", "研发部", "2021-03-15", "18,500"),
        ("李芳", "市场部", "2019-07-01", "15,200"),
        ("陈国栋", "财务部", "2023-11-20", "13,800"),
        ("赵静", "人事部", "2020-05-08", "12,600"),
    )
    sheet.box(0, 16, 640, 38, "#eef1f0")
    for number, cells in enumerate(rows):
        sheet.row((30, 170, 310, 600), 22 + 42 * number, cells, right=(3,), bold=not number)
    return sheet


def receipt_english() -> Sheet:
    sheet = Sheet(380, 400, face=MONO, size=15, paper="#fdfcf8")
    sheet.lines(120, 20, ("HARBOUR CAFE",), bold=True)
    sheet.lines(92, 46, ("14 Quay Street, Bay",))
    sheet.part()
    rows = (
        ("2 x Flat white", "7.60"),
        ("1 x Fish soup", "11.90"),
        ("3 x Bread roll", "2.70"),
        ("1 x Lemon cake", "4.20"),
    )
    for number, cells in enumerate(rows):
        sheet.row((30, 350), 100 + 26 * number, cells, right=(1,))
    sheet.part()
    sheet.row((30, 350), 226, ("Subtotal", "26.40"), right=(1,))
    sheet.row((30, 350), 252, ("VAT 10%", "2.64"), right=(1,))
    sheet.row((30, 350), 278, ("TOTAL", "29.04"), right=(1,), bold=True)
    sheet.part()
    sheet.lines(30, 330, ("23/11/2026 18:42  Till 3",))
    return sheet


def receipt_chinese() -> Sheet:
    sheet = Sheet(380, 400, face=CHINESE, size=16, paper="#fdfcf8")
    sheet.lines(110, 18, ("海港便利店小票",), bold=True)
    sheet.part()
    sheet.lines(30, 62, ("单号：20261123-0087", "收银员：张伟"), step=28)
    sheet.part()
    rows = (("矿泉水 550ml", "¥2.50"), ("全麦面包", "¥12.80"), ("酸奶 200g", "¥6.90"))
    for number, cells in enumerate(rows):
        sheet.row((30, 350), 142 + 28 * number, cells, right=(1,))
    sheet.part()
    sheet.row((30, 350), 252, ("合计", "¥22.20"), right=(1,))
    sheet.row((30, 350), 280, ("实收", "¥50.00"), right=(1,))
    sheet.row((30, 350), 308, ("找零", "¥27.80"), right=(1,))
    sheet.part()
    sheet.lines(30, 356, ("谢谢惠顾，欢迎再来！",))
    return sheet


def chat_dark() -> Sheet:
    sheet = Sheet(560, 300, face=CHINESE, size=16, ink=LIGHT_INK, paper=DARK_PAPER)
    sheet.box(16, 14, 330, 66, "#23272b")
    sheet.lines(28, 20, ("下午的会改到三点半，", "会议室换成五楼的大间。"), step=27)
    sheet.part()
    sheet.box(300, 100, 244, 40, "#12312e")
    sheet.lines(312, 106, ("好的，我会提前十分钟到。",))
    sheet.part()
    sheet.box(16, 160, 360, 66, "#23272b")
    sheet.lines(28, 166, ("别忘了带上季度报表，", "老板要看第3页的数字。"), step=27)
    return sheet


def dialog_scaled() -> Sheet:
    sheet = Sheet(480, 200, size=14, scale=1.5)
    sheet.box(0, 0, 480, 34, "#e9eceb")
    sheet.lines(16, 8, ("Backup failed",), bold=True)
    sheet.part()
    said = (
        "The disk “Archive” is full: 3.2 GB are needed, and only",
        "812 MB are free. Nothing was overwritten.",
    )
    sheet.lines(16, 60, said)
    sheet.part()
    sheet.row((270, 370), 150, ("Details…", "Try again"))
    return sheet


def code_scaled() -> Sheet:
    sheet = Sheet(560, 260, face=MONO, size=13, scale=1.5, ink=LIGHT_INK, paper=DARK_PAPER)
    sheet.lines(20, 16, PYTHON)
    return sheet


def chinese_scaled() -> Sheet:
    sheet = Sheet(440, 190, face=CHINESE, size=14, scale=1.5)
    y = sheet.lines(20, 16, CHINESE_1[:2])
    sheet.part()
    sheet.lines(20, y + 20, CHINESE_2)
    return sheet


def tall_page() -> Sheet:
    sheet = Sheet(760, 4600, face=CHINESE, size=18)
    for number in range(1, 31):
        y = 150 * number - 110
        sheet.part()
        sheet.lines(30, y, (f"第 {number} 条 Entry {number} of the harbour log",), bold=True)
        sheet.lines(30, y + 30, (f"渡轮 {number * 7 % 24:02}:15 靠岸，载客 {number * 13} 人。",))
    return sheet


def columns_english() -> Sheet:
    sheet = Sheet(760, 280, face=SERIF, size=16)
    sheet.lines(30, 20, ("Notes for travellers",), size=24, bold=True)
    left = (
        "The ferry leaves at six and",
        "takes forty minutes to cross",
        "the bay when the water is",
        "calm; in a storm it waits in",
        "the harbour until morning.",
        "Sit at the back if you can.",
    )
    right = (
        "Tickets are sold on the quay",
        "from half past five. Children",
        "travel free, and bicycles pay",
        "one coin. Dogs are welcome on",
        "deck as long as they are on a",
        "lead and do not bark.",
    )
    sheet.part()
    sheet.lines(30, 84, left, step=28)
    sheet.part()
    sheet.lines(410, 84, right, step=28)
    return sheet


def columns_chinese() -> Sheet:
    sheet = Sheet(720, 250, face=SONG, size=17)
    left = (
        "海面起雾的时候，灯塔会鸣笛",
        "三声。听到笛声的船要减速，",
        "并打开全部航行灯。雾散之前",
        "任何船只不得超越前船。",
    )
    right = (
        "进港的船从东侧水道驶入，出",
        "港的船走西侧。引水员在三号",
        "浮标处登船，请提前半小时用",
        "甚高频第16频道呼叫。",
    )
    sheet.lines(30, 30, left, step=34)
    sheet.part()
    sheet.lines(400, 30, right, step=34)
    return sheet


def small_text() -> Sheet:
    sheet = Sheet(420, 170, face=LATIN, size=11)
    said = (
        "By continuing you agree that the service may keep a copy of",
        "your messages for 30 days. You can change this at any time",
        "under Settings > Privacy > Retention. See also section 4.2.",
    )
    y = sheet.lines(16, 14, said)
    sheet.part()
    build = ("Build 7f3a91c (2026-11-20), license Apache-2.0", "Contact: help@example.org")
    sheet.lines(16, y + 14, build)
    return sheet


def page_with_sidebar() -> Sheet:
    sheet = Sheet(800, 360, face=CHINESE, size=15)
    sheet.box(0, 0, 190, 360, "#f1f3f2")
    side = ("首页", "项目列表", "成员管理", "Billing", "系统设置", "帮助中心")
    sheet.lines(24, 26, side, step=48)
    sheet.part()
    sheet.lines(224, 24, ("本周概览",), size=22, bold=True)
    sheet.part()
    said = (
        "本周共处理工单 128 件，比上周多 12 件；平均响应时间",
        "为 3.4 小时。其中 9 件仍在等待客户回复，2 件已升级。",
    )
    sheet.lines(224, 84, said, step=27)
    sheet.part()
    shares = (("渠道", "数量", "占比"), ("邮件", "74", "57.8%"), ("电话", "31", "24.2%"))
    for number, cells in enumerate(shares):
        sheet.row((224, 440, 600), 180 + 36 * number, cells, bold=not number)
    return sheet


PICTURES: Mapping[str, Callable[[], Sheet]] = {
    make.__name__: make
    for make in (
        english_prose,
        chinese_prose,
        mixed_prose,
        code_light,
        code_dark,
        terminal_dark,
        code_chinese_comments,
        table_grid,
        table_chinese,
        receipt_english,
        receipt_chinese,
        chat_dark,
        dialog_scaled,
        code_scaled,
        chinese_scaled,
        tall_page,
        columns_english,
        columns_chinese,
        small_text,
        page_with_sidebar,
    )
}
