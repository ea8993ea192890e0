"""Services that are known by name: where they are, so that only the key is left to enter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.core.settings import JIEKOU_ADDRESS

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Template:
    """A name and an address to start from. `local`: it listens on this computer.

    `limited`: its reference requires `max_tokens`.
    """

    name: str
    address: str
    local: bool = False
    limited: bool = False


TEMPLATES = (
    Template("接口AI", JIEKOU_ADDRESS.removesuffix("/v1"), limited=True),
    Template("OpenAI", "https://api.openai.com/v1"),
    Template("DeepSeek", "https://api.deepseek.com/v1"),
    Template("Qwen (DashScope)", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    Template("Moonshot AI", "https://api.moonshot.cn/v1"),
    Template("Zhipu AI", "https://open.bigmodel.cn/api/paas/v4"),
    Template("OpenRouter", "https://openrouter.ai/api/v1"),
    Template("SiliconFlow", "https://api.siliconflow.cn/v1"),
    Template("Ollama", "http://127.0.0.1:11434/v1", local=True),
    Template("LM Studio", "http://127.0.0.1:1234/v1", local=True),
    Template("llama.cpp", "http://127.0.0.1:8080/v1", local=True),
)


def menu_label(template: Template) -> str:
    """What the menu calls it, in the reader's language."""
    if not template.local:
        return template.name
    return translate("Templates", "%1 (on this computer)").replace("%1", template.name)
