"""Files become captures: every byte kept, every file either a capture or a refusal with its reason."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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


def test_a_place_that_is_neither_file_nor_folder_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        read(tmp_path / "pipe.txt")


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


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "csv"])
def test_the_position_says_how_much_of_a_file_was_read(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    records = [{"id": f"r{number}", "lang": "en", "text": os.urandom(100).hex()} for number in range(5_000)]
    if kind == "csv":
        with file.open("w", newline="") as lines:
            rows = csv.DictWriter(lines, inbox.COLUMNS)
            rows.writeheader()
            rows.writerows(records)
    else:
        lines_ = "\n".join(map(json.dumps, records)).encode()
        file.write_bytes(gzip.compress(lines_) if kind == "jsonl.gz" else lines_)
    position = inbox.Position()
    shares = [position.share() for _ in inbox.read(file, NOON, position) if position.share]
    assert shares == sorted(shares) and len(shares) == 5_000
    assert 0 < shares[0] < 0.2 < 0.45 < shares[2_500] < 0.65 and shares[-1] == 1
    assert str(position) == file.name, "a closed file has no share"


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


def answer(
    url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html", more: str = "", date: str = "2026-04-01T10:00:00Z"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{len(http)}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = answer("https://uji.example/1", b"<html>one</html>")
REQUEST = PAGE.replace(b"WARC-Type: response", b"WARC-Type: request")
GZIP = "Content-Encoding: gzip\r\n"


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_the_pages_of_an_archive_are_captures_and_other_answers_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 100_000)
    records = [
        PAGE,
        REQUEST,
        answer("https://uji.example/2", gzip.compress(b"<html>two</html>"), more=GZIP),
        answer("https://uji.example/3", gzip.compress(b"x" * 1_000_000), more=GZIP),
        answer("https://uji.example/4", b"<html>", date="some day"),
        answer("https://uji.example/5", b"<html>", status="404 Not Found"),
        answer("https://uji.example/6", b"GIF8", kind="image/gif"),
        answer("file:///etc/passwd", b"<html>"),
        answer("https://uji.example/7", b"6\r\n<html>\r\n0\r\n\r\n", more="Transfer-Encoding: chunked\r\n"),
        answer("https://uji.example/8", b"\x1f\x8bbroken", more=GZIP),
        answer("https://uji.example/9", os.urandom(100_001)),
        answer("https://uji.example/10", b""),
        answer("https://uji.example/11", b"<html>last</html>"),
    ]
    place = tmp_path / f"a{suffix}"
    place.write_bytes(b"".join(map(gzip.compress, records) if suffix.endswith("gz") else records))
    found = read(place)
    assert [(one.url, one.content, one.name) for one in found if isinstance(one, Capture)] == [
        ("https://uji.example/1", b"<html>one</html>", f"a{suffix}:1"),
        ("https://uji.example/2", b"<html>two</html>", f"a{suffix}:2"),
        ("https://uji.example/11", b"<html>last</html>", f"a{suffix}:12"),
    ]
    assert {one.captured_at for one in found if isinstance(one, Capture)} == {datetime(2026, 4, 1, 10, tzinfo=UTC)}
    rules = ["too_large", "date", "status", "no_article", "url", "encoding", "encoding", "too_large", "empty"]
    assert [one.refusal.rule for one in found if isinstance(one, inbox.Unread)] == rules


@pytest.mark.parametrize(
    ("suffix", "content", "rule"),
    [
        (".warc", PAGE + PAGE[:-10], "cut"),
        (".warc", PAGE + b"no record\r\n\r\n" + PAGE, "unreadable"),
        (".warc.gz", gzip.compress(PAGE) + gzip.compress(PAGE)[:-9], "unreadable"),
        (".warc.gz", gzip.compress(PAGE) + gzip.compress(answer("https://uji.example/2", b" " * 9_000_000)), "unreadable"),
    ],
)
def test_an_archive_is_read_up_to_where_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, content: bytes, rule: str
) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 100_000)
    place = tmp_path / f"a{suffix}"
    place.write_bytes(content)
    found = read(place)
    first, last = found[0], found[-1]
    assert isinstance(first, Capture)
    assert isinstance(last, inbox.Unread)
    assert last.refusal.rule == rule


def test_an_archive_without_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(REQUEST)
    (found,) = read(tmp_path)
    assert isinstance(found, inbox.Unread)
    assert found.refusal.rule == "empty"


NAR = b"http://iptc.org/std/nar/2006-10-01/"
NINJS = b'{"uri": "urn:wire:1", "pubstatus": "usable", "headline": "Port closes", "body_text": "The port closes."}'


def test_items_of_agencies_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    item = b'<newsItem xmlns="%s" guid="urn:wire:2"/>' % NAR
    message = (
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<newsMessage xmlns="%s"><itemSet><newsItem guid="3"/> <packageItem/></itemSet></newsMessage>'
        % NAR
    )
    (tmp_path / "a.txt").write_bytes(NINJS)
    (tmp_path / "b.g2").write_bytes(item)
    (tmp_path / "c.xml").write_bytes(message)
    (tmp_path / "d.jsonl").write_bytes(NINJS + b"\n" + json.dumps({"id": "one", "lang": "id", "text": "isi"}).encode())
    (tmp_path / "e.json").write_bytes(b"[" + NINJS + b', {"id": "two", "lang": "id", "text": "isi"}, 7]')
    (tmp_path / "f").write_bytes(b'{"settings": true}')
    found = read(tmp_path)
    assert all(isinstance(one, Capture) for one in found)
    assert [(one.name, str(one.media_type).partition("/")[2]) for one in found if isinstance(one, Capture)] == [
        ("urn:wire:1", "ninjs+json"),
        ("b.g2", "vnd.iptc.g2.newsitem+xml"),
        ("c.xml:1", "vnd.iptc.g2.newsitem+xml"),
        ("c.xml:2", "vnd.iptc.g2.newsitem+xml"),
        ("urn:wire:1", "ninjs+json"),
        ("one", "json"),
        ("urn:wire:1", "ninjs+json"),
        ("two", "json"),
        ("e.json:3", "json"),
    ]
    assert [one.content for one in found[:2] if isinstance(one, Capture)] == [NINJS, item]
    assert found[0] == found[4], "the same item from two files is one capture"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.xml", b"<rss/>", "no_article"),
        ("a.xml", b'<!DOCTYPE newsMessage [<!ENTITY a "b">]><newsMessage xmlns="%s"/>' % NAR, "doctype"),
        ("a.xml", b'<newsMessage xmlns="%s"><itemSet>' % NAR, "malformed"),
        ("a.json", b"[" * 100_000, "malformed"),
        ("a.json", b"[]", "empty"),
        ("a.json", b"", "empty"),
        ("a.json", b"\xff", "malformed"),
    ],
)
def test_what_is_no_item_and_no_record_is_refused(tmp_path: Path, name: str, content: bytes, rule: str) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = read(tmp_path)
    assert isinstance(found, inbox.Unread)
    assert found.refusal.rule == rule


def test_without_the_extra_a_parquet_file_is_refused_and_the_refusal_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (found,) = read(tmp_path)
    assert isinstance(found, inbox.Unread)
    assert "EXTRAS=parquet" in found.refusal.reason


@pytest.fixture
def write_table(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a Parquet file of the columns given; skips where the extra is not installed."""
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet

    def write(*, options: dict[str, Any] | None = None, **columns: Any) -> Path:
        parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet", **(options or {}))
        return tmp_path / "a.parquet"

    return write


def test_rows_of_parquet_are_records_whatever_row_group_they_stand_in(write_table: Callable[..., Path]) -> None:
    count = 3 * inbox.ROWS_AT_ONCE + 1
    place = write_table(
        id=list(range(count)),
        lang=["id"] * count,
        text=[f"isi {number}" for number in range(count)],
        published_at=[NOON, None] + [NOON] * (count - 2),
        weight=[0.5] * count,
        options={"row_group_size": 10},
    )
    found = read(place)
    assert [one.name for one in found] == [str(number) for number in range(count)]
    first, second = (json.loads(one.content) for one in found[:2] if isinstance(one, Capture))
    assert first == {"id": "0", "lang": "id", "text": "isi 0", "published_at": "2026-05-01T12:00:00+00:00"}
    assert second["published_at"] is None
    assert isinstance(found[0], Capture)
    assert (found[0].lang, found[0].media_type) == ("id", MediaType.JSON)
    assert read(place) == found


def test_what_is_no_parquet_of_articles_is_refused(write_table: Callable[..., Path], tmp_path: Path) -> None:
    def rules(place: Path) -> list[str]:
        found = read(place)
        return [one.refusal.rule if isinstance(one, inbox.Unread) else "read" for one in found]

    assert rules(write_table(id=["1"], lang=["id"])) == ["columns"]
    assert rules(write_table(id=["1", "2"], lang=["id"] * 2, text=[["isi"], None])) == ["malformed", "read"]
    assert rules(write_table(id=["1"], lang=["id"], text=[b"\xff"])) == ["malformed"]
    assert rules(write_table(id=[], lang=[], text=[])) == ["empty"]
    whole = write_table(id=[str(n) for n in range(500)], lang=["id"] * 500, text=[f"isi {n}" * 9 for n in range(500)]).read_bytes()
    for damaged in (b"", b"PAR1", whole[:-9], whole[:2_000] + b"\xff" * 500 + whole[2_500:]):
        (tmp_path / "a.parquet").write_bytes(damaged)
        assert rules(tmp_path / "a.parquet")[-1] == "unreadable"


def test_a_parquet_bomb_is_cut(write_table: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 50_000)
    packed = write_table(id=["1"], lang=["en"], text=["y" * 10_000_000], options={"compression": "zstd", "use_dictionary": False})
    assert [one.refusal.rule for one in read(packed) if isinstance(one, inbox.Unread)] == ["too_large"]
    # One long text that a thousand rows share is stored once.
    shared = read(write_table(id=[str(n) for n in range(1_000)], lang=["en"] * 1_000, text=["y" * 20_000] * 1_000))
    assert len(shared) < 1_000
    assert isinstance(shared[-1], inbox.Unread)
    assert shared[-1].refusal.rule == "unreadable"
