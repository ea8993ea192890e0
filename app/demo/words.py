"""What the demo says, in English and Chinese: it answers in the language it is asked in."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "hello": (
        "This is Porthole's **demo**: a small service inside this app, not a language model. "
        "It cannot answer questions.\n\nWhat it really does, on this computer:\n\n"
        "- measures a picture you drop here: size, colours, brightness\n"
        "{reading}"
        "- calls a tool that it is offered, and fills a simple JSON schema\n"
        "- streams test text: `/stream 500 100` sends 500 tokens at 100 a second; `/wait 5`, "
        "`/drop 50` and `/error 429` show how waiting and failures look\n\n"
        "Add your API key in Settings to talk with real models.",
        "这是 Porthole 的**演示服务**：应用内的一个小程序，不是语言模型，不能回答问题。\n\n"
        "它在这台电脑上真正能做的：\n\n"
        "- 测量您拖进来的图片：尺寸、颜色、亮度\n"
        "{reading}"
        "- 调用提供给它的工具，并填写简单的 JSON schema\n"
        "- 输出测试文本：`/stream 500 100` 以每秒 100 个的速度发送 500 个 token；"
        "`/wait 5`、`/drop 50`、`/error 429` 演示等待与失败\n\n"
        "在设置中填入 API 密钥，即可与真实模型对话。",
    ),
    "can_read": (
        "- reads the text in it, and turns tables and labelled fields into Markdown and JSON\n",
        "- 识别图片里的文字，并把表格和字段转成 Markdown 与 JSON\n",
    ),
    "cannot_read": (
        "- (the part that reads text in pictures is not installed: `pip install porthole[ocr]`)\n",
        "- （未安装识别图片文字的组件：`pip install porthole[ocr]`）\n",
    ),
    "asked": (
        "I am the demo inside this app. Let me see what was asked.",
        "我是应用内的演示服务。先看看问的是什么。",
    ),
    "picture": (
        "\nA picture of {width} × {height} pixels. ",
        "\n一张 {width} × {height} 像素的图片。",
    ),
    "reading": ("Reading its text on this computer…", "正在这台电脑上识别文字……"),
    "read_done": (
        "\n{count} lines found in {seconds:.1f} s.",
        "\n{seconds:.1f} 秒内找到 {count} 行。",
    ),
    "no_text": (
        "No text was found in this picture.",
        "这张图片里没有找到文字。",
    ),
    "no_reader": (
        "The part that reads text in pictures is not installed, so the demo can only measure: "
        "`pip install porthole[ocr]` adds it.",
        "未安装识别图片文字的组件，演示服务只能测量：可用 `pip install porthole[ocr]` 安装。",
    ),
    "read_failed": (
        "Reading the text failed on this computer.",
        "在这台电脑上识别文字失败了。",
    ),
    "bad_picture": ("This picture could not be decoded.", "这张图片无法解码。"),
    "linked": (
        "The picture is only an address. The demo does not fetch anything from the network; "
        "attach the picture itself.",
        "这张图片只是一个网址。演示服务不会从网络下载内容，请直接添加图片。",
    ),
    "size": ("**Size**: {width} × {height} pixels", "**尺寸**：{width} × {height} 像素"),
    "colors": ("**Colours**: {colors}", "**颜色**：{colors}"),
    "brightness": ("**Brightness**: {percent} %", "**亮度**：{percent} %"),
    "blocks": (
        "**Text**: {lines} lines in {blocks} blocks",
        "**文字**：{blocks} 块，共 {lines} 行",
    ),
    "starts": ("It begins with:", "开头是："),
    "only_measured": (
        "This was measured, not understood: the demo is no vision model.",
        "以上是测量结果，不是理解：演示服务不是视觉模型。",
    ),
    "no_table": (
        "No table could be made out: the text does not stand in clear rows and columns. "
        "This is what was read:",
        "没有识别出表格：文字没有排成清楚的行和列。识别到的文字如下：",
    ),
    "no_fields": (
        "No labelled fields (such as `Total: 42`) were found. This is what was read:",
        "没有找到带标签的字段（例如“合计：42”）。识别到的文字如下：",
    ),
    "cannot_translate": (
        "The demo cannot translate: that takes a language model. This is the text it read:",
        "演示服务不能翻译：这需要语言模型。识别到的文字如下：",
    ),
    "cannot_explain": (
        "The demo cannot explain an error: that takes a language model. This is the text it read:",
        "演示服务不能解释错误：这需要语言模型。识别到的文字如下：",
    ),
    "calling": (
        "\nThe tool {tool} is offered and fits; calling it.",
        "\n有合适的工具 {tool}，现在调用。",
    ),
    "result": (
        "The tool `{tool}` answered:",
        "工具 `{tool}` 的结果：",
    ),
    "filling": (
        "\nFilling the schema from labelled text; what is not found stays null.",
        "\n按标签从文字中填写 schema；找不到的留为 null。",
    ),
}


def say(name: str, chinese: bool, **values: object) -> str:
    """A sentence in the language of the question."""
    return WORDS[name][1 if chinese else 0].format(**values)
