"""A batch's results leave as a table, and nothing in it is computed by who reads it."""

from __future__ import annotations

import csv
import io
import json

from app.core.batch import BatchRow, RowState
from app.core.batch_table import csv_text, jsonl_text, markdown_text, table_of
from app.core.errors import Failure, FailureKind, ImageProblem

DONE = RowState.DONE
RECEIPT = '{"merchant": "海港咖啡", "total": -78.5, "items": [1, "a|b"]}'


def test_fields_become_columns_in_the_order_in_which_they_came() -> None:
    results = [
        (BatchRow(0, "/a/1.png", DONE, took=1.414, cost=0.002), RECEIPT),
        (BatchRow(1, "/a/2.png", DONE), '```json\n{"total": 12, "tip": true}\n```'),
        (BatchRow(2, "/a/3.png", RowState.FAILED, problem=ImageProblem.DAMAGED), ""),
    ]
    table = table_of(results)
    heads = ("merchant", "total", "items", "tip")
    assert table.heads == ("file", "state", *heads, "seconds", "cost_usd", "problem", "path")
    first, second, third = table.rows
    said = ("海港咖啡", -78.5, '[1, "a|b"]', "")
    assert first == ("1.png", "done", *said, 1.41, 0.002, "", "/a/1.png")
    assert second[2:6] == ("", 12, "", "true")
    assert third == ("3.png", "failed", *[""] * 4, None, None, "damaged", "/a/3.png")


def test_plain_answers_have_a_column_of_their_own() -> None:
    failure = Failure(FailureKind.SERVER, "boom")
    results = [
        (BatchRow(0, "1.png", DONE), "A cat."),
        (BatchRow(1, "2.png", DONE), '{"a": 1}'),
        (BatchRow(2, "3.png", RowState.UNCERTAIN, failure=failure), ""),
        (BatchRow(3, "4.png", DONE, cut=True), "half"),
    ]
    table = table_of(results)
    assert table.heads[2:4] == ("a", "result")
    assert [row[2:4] for row in table.rows] == [("", "A cat."), (1, ""), ("", ""), ("", "half")]
    assert [row[-2] for row in table.rows] == ["", "", "boom", "cut short"]


def test_every_column_has_a_name_of_its_own() -> None:
    """An address has a state, and many an answer a result: a program reads columns by name."""
    told = '{"state": "Bremen", "path": "/x", "result": 3, "zip": "00123"}'
    results = [(BatchRow(0, "1.png", DONE), told), (BatchRow(1, "2.png", DONE), "no JSON")]
    first, second = csv.DictReader(io.StringIO(csv_text(table_of(results)), newline=""))
    assert (first["state"], first["state (answer)"]) == ("done", "Bremen")
    assert (first["path"], first["path (answer)"]) == ("1.png", "/x")
    assert (first["result (answer)"], second["result"]) == ("3", "no JSON")
    assert first["zip"] == "00123"


def test_columns_are_bounded_and_nothing_is_dropped() -> None:
    wide = json.dumps({f"k{number}": number for number in range(250)})
    table = table_of([(BatchRow(0, "1.png", DONE), wide)])
    assert len(table.heads) == 6 + 200 + 1
    more = table.rows[0][table.heads.index("more")]
    assert json.loads(str(more))["k249"] == 249


def test_no_cell_of_a_csv_is_a_formula() -> None:
    words = ["=HYPERLINK(1)", " =1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "＋a", "ok"]
    results = [(BatchRow(n, f"={n}.png", DONE), word) for n, word in enumerate(words)]
    rows = list(csv.reader(io.StringIO(csv_text(table_of(results)), newline="")))
    assert [row[2] for row in rows[1:]] == [*(f"'{word}" for word in words[:-1]), "ok"]
    assert all(row[0].startswith("'=") for row in rows[1:])
    numbers = csv_text(table_of([(BatchRow(0, "a", DONE), '{"total": -3, "=x": "y"}')]))
    assert numbers.splitlines()[0].startswith("file,state,total,'=x")
    assert ",-3," in numbers


def test_markdown_keeps_a_cell_on_its_line() -> None:
    table = table_of([(BatchRow(0, "a|b.png", DONE), "one\ntwo | three \\ four")])
    lines = markdown_text(table).splitlines()
    assert len(lines) == 3
    assert "| a\\|b.png | done | one<br>two \\| three \\\\ four |" in lines[2]


def test_json_lines_hold_what_was_answered() -> None:
    results = [
        (BatchRow(0, "/a/1.png", DONE, took=1.5), RECEIPT),
        (BatchRow(1, "/a/2.png", DONE), "plain\ntext"),
        (BatchRow(2, "/a/3.png"), ""),
    ]
    first, second, third = (json.loads(line) for line in jsonl_text(results).splitlines())
    assert first["result"] == json.loads(RECEIPT)
    assert (first["file"], first["state"], first["seconds"]) == ("1.png", "done", 1.5)
    assert second["result"] == "plain\ntext"
    assert third == {"file": "3.png", "path": "/a/3.png", "state": "waiting"}
