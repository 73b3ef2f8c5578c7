"""Files become captures: every byte kept, every file either a capture or a refusal with its reason."""

from __future__ import annotations

import csv
import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sumber.pipeline import inbox
from sumber.sourcing.model import Capture, MediaType

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def read(place: Path) -> list[Capture | inbox.Unread]:
    return list(inbox.read(place, NOON))


def test_each_kind_of_file_is_read_in_the_order_of_its_path(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(b"<p>page</p>")
    (tmp_path / "a.txt").write_bytes(b"text\r\n")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.TXT").write_bytes(b"deeper")
    (tmp_path / "notes.md").write_text("no article")
    (tmp_path / ".hidden.txt").write_text("nor this")
    found = read(tmp_path)
    assert [(one.name, one.media_type, one.content) for one in found if isinstance(one, Capture)] == [
        ("a.txt", MediaType.PLAIN, b"text\r\n"),
        ("b.html", MediaType.HTML, b"<p>page</p>"),
        ("c/d.TXT", MediaType.PLAIN, b"deeper"),
    ]
    assert len(found) == 3


def test_each_line_of_jsonl_is_a_capture_with_its_hints(tmp_path: Path) -> None:
    record = {"id": "one", "lang": "id", "text": "isi", "outlet": "Kabar Uji", "url": "https://uji.example/1", "title": "Judul"}
    lines = [json.dumps(record), "", "not json", json.dumps({"id": "\ud800", "text": 3})]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    first, second, third = read(tmp_path)
    assert isinstance(first, Capture)
    assert (first.name, first.outlet, first.lang, first.url, first.headline) == ("one", "Kabar Uji", "id", "https://uji.example/1", "Judul")
    # What is no record is kept as it came, under its place: the reader refuses it.
    assert (second.name, third.name) == ("x.jsonl:3", "x.jsonl:4")
    assert isinstance(second, Capture)
    assert second.content == b"not json"


def test_the_same_bytes_from_one_address_are_one_capture_and_from_two_are_two(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    a, b = read(tmp_path)
    again = read(tmp_path / "a.txt")[0]
    assert isinstance(a, Capture)
    assert isinstance(b, Capture)
    assert isinstance(again, Capture)
    assert a.id == again.id
    assert a.id != b.id


def test_empty_and_too_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 11)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"x" * 12)
    (tmp_path / "c.jsonl").write_bytes(b"y" * 35 + b"\n" + b'{"id":"a"}\n')
    found = read(tmp_path)
    refused = [one for one in found if isinstance(one, inbox.Unread)]
    assert [(one.name, one.refusal.rule, one.refusal.value) for one in refused] == [
        ("a.txt", "empty", ""),
        ("b.txt", "too_large", "12 bytes"),
        ("c.jsonl:1", "too_large", "36 bytes"),
    ]
    # The line after the one that is too long is read as if nothing had happened.
    assert [one.content for one in found if isinstance(one, Capture)] == [b'{"id":"a"}']


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    (found,) = read(tmp_path)
    assert isinstance(found, inbox.Unread)
    assert found.refusal.rule == "unreadable"


def test_a_name_that_is_not_utf_8_is_shown_with_escapes(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))).write_text("x")
    (found,) = read(tmp_path)
    assert found.name == "\\xff.txt"


def test_a_missing_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        read(tmp_path / "nowhere")


def test_links_out_of_the_folder_and_what_is_no_file_are_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    inside = tmp_path / "inbox"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("password")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("elsewhere")
    (inside / "a.txt").write_text("article")
    (inside / "b.txt").symlink_to("a.txt")
    (inside / "c.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "d").symlink_to(tmp_path / "other")
    (inside / "e.txt").symlink_to("e.txt")
    (inside / "f.txt").symlink_to("nowhere.txt")
    os.mkfifo(inside / "g.txt")
    with caplog.at_level("INFO"):
        found = read(inside)
    assert [(one.name, one.content) for one in found if isinstance(one, Capture)] == [("a.txt", b"article"), ("b.txt", b"article")]
    assert len(found) == 2
    passed = [record.getMessage().split()[1] for record in caplog.records]
    assert passed == ["c.txt", "e.txt", "f.txt", "g.txt"]


def test_a_name_cannot_steer_the_log_and_an_endless_id_is_no_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a\n\x1b[31m.doc").write_text("x")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "i" * 100_000, "text": "x"}))
    with caplog.at_level("INFO"):
        (found,) = read(tmp_path)
    assert found.name == "b.jsonl:1"
    assert "a\\n\\x1b[31m.doc" in caplog.text


def test_a_compressed_file_of_records_is_read_like_a_plain_one(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"id": f"r{number}", "lang": "en", "text": "x" * number}).encode() + b"\n" for number in range(300))
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    plain, packed = read(tmp_path / "a.jsonl"), read(tmp_path / "b.jsonl.gz")
    assert len(plain) == 300
    assert packed == plain


def test_a_bomb_and_a_cut_archive_are_refused_after_what_could_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 200_000)
    whole = gzip.compress(json.dumps({"id": "a"}).encode() + b"\n" + os.urandom(3_000).hex().encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-20])
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((b" " * 999 + b"\n") * 20_000))
    (tmp_path / "c.jsonl.gz").write_bytes(b"no archive")
    found = read(tmp_path)
    assert [(one.name, one.refusal.rule) for one in found if isinstance(one, inbox.Unread)] == [
        ("a.jsonl.gz", "unreadable"),
        ("b.jsonl.gz", "unreadable"),
        ("c.jsonl.gz", "unreadable"),
    ]
    assert "200 times" in next(one.refusal.reason for one in found if isinstance(one, inbox.Unread) and one.name == "b.jsonl.gz")


def test_rows_of_csv_are_records(tmp_path: Path) -> None:
    text = 'Line one\nline "two", ' + "x" * 200_000
    with (tmp_path / "a.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(
            [
                ["text", "id", "lang", "outlet", "colour"],
                [text, "one", "id", "", "red"],
                ["short"],
                [],
                ["isi", "two", "id", "Kabar Uji", ""],
            ]
        )
    first, second, third = read(tmp_path)
    assert isinstance(first, Capture)
    assert (first.name, first.lang, first.outlet, first.media_type) == ("one", "id", None, MediaType.JSON)
    assert json.loads(first.content) == {"id": "one", "lang": "id", "text": text, "outlet": None}
    assert isinstance(second, inbox.Unread)
    assert (second.name, second.refusal.rule) == ("a.csv:3", "malformed")
    assert isinstance(third, Capture)
    assert (third.name, third.outlet) == ("two", "Kabar Uji")


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (b"id,text\n1,x\n", "columns", "no column lang"),
        (b"", "columns", "no column id, lang, text"),
        (b"id,lang,text\n1,en,\xff\n", "malformed", "utf-8"),
        (b'id,lang,text\n1,en,"never closed\n', "malformed", "end of data"),
        (b"id,lang,text\n1,en," + b"x" * 1_001, "malformed", "a row is longer"),
        (b'id,lang,text\n1,en,"' + b"x\n" * 600 + b'"', "malformed", "a row is longer"),
    ],
)
def test_what_is_no_csv_of_articles_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, rule: str, said: str
) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 1_000)
    (tmp_path / "a.csv").write_bytes(content)
    (found,) = read(tmp_path)
    assert isinstance(found, inbox.Unread)
    assert found.refusal.rule == rule
    assert said in found.refusal.reason
