"""The options of tools, as a file keeps them: what may be read, and which private hosts asked."""

from __future__ import annotations

import json

from app.core.settings import Settings, from_json, to_json


def test_what_tools_may_reach_is_kept() -> None:
    settings = Settings(tool_folders=("/a", "/b/c.txt"), tool_private_hosts=("nas.lan:8080",))
    assert from_json(json.loads(json.dumps(to_json(settings)))) == settings


def test_odd_values_open_nothing() -> None:
    read = from_json({"tool_folders": "/", "tool_private_hosts": ["", 5, "x" * 300, "ok.lan"]})
    assert (read.tool_folders, read.tool_private_hosts) == ((), ("ok.lan",))
    assert from_json({"tool_folders": [None, "", 3]}).tool_folders == ()
