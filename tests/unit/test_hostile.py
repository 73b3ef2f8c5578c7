"""Hostile captures: each kind of attack ends as an article or as a refusal with a reason that a database can hold, and nothing raises."""

from __future__ import annotations

import gzip
import json
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from sumber.pipeline import checks, frames, inbox, seeds
from sumber.sourcing import articles
from sumber.sourcing.model import Article, Capture, MediaType, Refusal

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SENTENCE = "The harbour of Randu will get two cranes in July, the port director told reporters on Monday."
PARAGRAPHS = f"<p>{SENTENCE}</p>" * 4


@lru_cache(maxsize=1)
def known() -> seeds.Seeds:
    return seeds.load(SEEDS)


def page(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body><article>{body}</article></body></html>".encode(
        encoding, "surrogatepass"
    )


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def record(**fields: object) -> bytes:
    return json.dumps({"id": "a", "lang": "en", "text": SENTENCE * 3, **fields}).encode()


HTML: dict[str, tuple[bytes, str]] = {
    "tags closed in the wrong order": (page(f"<b><p><i>{PARAGRAPHS}</b></p></i>"), "accepted"),
    "tags never closed": (page("<div><p><table><td>" * 50 + PARAGRAPHS), "accepted"),
    "no closing at all": (page(PARAGRAPHS)[:-30] + b"<p title='", "accepted"),
    "nested 20,000 deep": (page("<div>" * 20_000 + PARAGRAPHS), "any"),
    "inline tags 20,000 deep": (page("<b>" * 20_000 + PARAGRAPHS), "any"),
    "lists in lists": (page("<ul><li>" * 5_000 + PARAGRAPHS), "any"),
    "an entity bomb": (page("&b;" + PARAGRAPHS).replace(b"html>", b'html [<!ENTITY a "bomb"><!ENTITY b "&a;&a;&a;&a;">]>', 1), "any"),
    "an external entity": (page("&a;" + PARAGRAPHS).replace(b"html>", b'html [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1), "any"),
    "a state's encoding under another name": (page(PARAGRAPHS, '<meta charset="utf-16">'), "any"),
    "an encoding that nobody knows": (page(PARAGRAPHS, '<meta charset="x-none">'), "any"),
    "cyrillic stated as UTF-8": (
        page("<p>Порт Ранду получит два крана в июле, сообщил директор порта журналистам.</p>" * 4, encoding="cp1251"),
        "any",
    ),
    "a NUL": (page(PARAGRAPHS + "\0"), "nul"),
    "lone surrogates by reference": (page(PARAGRAPHS + "<p>&#xD800;&#55296;</p>"), "any"),
    "lone surrogates in bytes": (page(PARAGRAPHS + "\ud800"), "any"),
    "marks of direction": (page(f"<p>\u202e{SENTENCE}\u2066\u202e</p>" * 4), "accepted"),
    "a headline that turns the line": (page(PARAGRAPHS, linked(headline="Crane \u202eenarc \ud800")), "any"),
    "a year of no calendar": (page(PARAGRAPHS, linked(datePublished="0000-00-00T99:99:99+99:99")), "any"),
    "a date without an end": (page(PARAGRAPHS, linked(datePublished="2026-06-01T" + "0" * 100_000)), "any"),
    "a date beyond the last year": (page(PARAGRAPHS, linked(datePublished="99999-01-01")), "any"),
    "a date in another script's digits": (page(PARAGRAPHS, linked(datePublished="٢٠٢٦-٠٦-٠١")), "any"),
    "the last moment of all, west of Greenwich": (page(PARAGRAPHS, linked(datePublished="9999-12-31T23:59:59-12:00")), "any"),
    "the first moment of all, east of Greenwich": (page(PARAGRAPHS, linked(datePublished="0001-01-01T00:00:00+14:00")), "any"),
    "lists where names belong": (page(PARAGRAPHS, linked(author=[[[{"name": [1]}]]], publisher=7, headline={"@value": 1})), "accepted"),
    "JSON-LD nested without end": (page(PARAGRAPHS, f'<script type="application/ld+json">{"[" * 200_000}</script>'), "accepted"),
    "a number that no machine holds": (
        page(PARAGRAPHS, '<script type="application/ld+json">{"@type":"Article","x":' + "9" * 50_000 + "}</script>"),
        "accepted",
    ),
    "an address with a broken host": (page(PARAGRAPHS, '<link rel="canonical" href="http://[::1/x">'), "accepted"),
    "an attribute of a megabyte": (page(f'<p class="{"x" * 1_000_000}">{SENTENCE}</p>' + PARAGRAPHS), "any"),
    "thousands of attributes": (page("<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">" + PARAGRAPHS), "any"),
    "a page larger than any article": (page(PARAGRAPHS + "<!--" + "x" * 20_000_001 + "-->"), "too_large"),
    "a page of tags alone": (page("<i></i>" * 60_000), "too_complex"),
}

TEXTS: dict[str, tuple[bytes, str]] = {
    "one line of two megabytes": (("a" * 2_000_000).encode(), "any"),
    "empty lines": (b"\n" * 500_000 + SENTENCE.encode() * 3, "accepted"),
    "UTF-16 cut in half": (b"\xff\xfe" + SENTENCE.encode("utf-16-le")[:-1], "undecodable"),
    "UTF-32": ((SENTENCE * 3).encode("utf-32"), "any"),
    "Latin-1": (("déjà " * 60).encode("latin-1"), "undecodable"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "undecodable"),
    "control characters": (("\x1b[2J" * 50 + SENTENCE).encode(), "binary"),
    "five hundred accents on a letter": (("e" + "\u0301" * 500 + " " + SENTENCE).encode(), "any"),
    "invisible characters": (("\u200b\u2060\ufeff\U000e0041" * 300 + SENTENCE * 3).encode(), "any"),
}

RECORDS: dict[str, tuple[bytes, str]] = {
    "a lone surrogate": (record(text=SENTENCE * 3 + "\ud800"), "surrogate"),
    "a NUL": (record(text=SENTENCE * 3 + "\0"), "nul"),
    "a lone surrogate in the title": (record(title="\ud800", outlet="\0"), "any"),
    "a date of no calendar": (record(published_at="2026-02-31T25:61:61Z"), "any"),
    "the last moment of all": (record(published_at="9999-12-31T23:59:59.999999-12:00"), "any"),
    "nested without end": (b"[" * 200_000, "malformed"),
    "a number without end": (b'{"id": "a", "lang": "en", "text": ' + b"9" * 100_000 + b"}", "malformed"),
    "not a number": (b'{"id": NaN, "lang": "en", "text": "x"}', "malformed"),
    "the same key twice": (b'{"text": 1, "lang": "en", "id": "a", "text": "' + SENTENCE.encode() * 3 + b'"}', "accepted"),
}

CASES = [
    pytest.param(kind, content, expected, id=f"{kind}: {name}")
    for kind, cases in ((MediaType.HTML, HTML), (MediaType.PLAIN, TEXTS), (MediaType.JSON, RECORDS))
    for name, (content, expected) in cases.items()
]


def capture(content: bytes, kind: MediaType) -> Capture:
    return Capture(inbox.capture_id(content, "a"), content, kind, NOON, name="a")


@lru_cache
def outcome_of(content: bytes, kind: MediaType) -> Article | Refusal:
    return articles.read(capture(content, kind), known().layout, known().registry)


@pytest.mark.parametrize(("kind", "content", "expected"), CASES)
def test_an_attack_is_an_article_or_a_refusal_with_its_reason(kind: MediaType, content: bytes, expected: str) -> None:
    outcome = outcome_of(content, kind)
    assert expected in ("any", "accepted" if isinstance(outcome, Article) else outcome.rule)
    if isinstance(outcome, Refusal):
        kept = frames.rejection("read", 1, "a", outcome.rule, outcome.value, outcome.reason)
        assert outcome.rule
        assert outcome.reason
        printed = "".join(map(str, kept.values()))
        assert "\0" not in printed
        assert printed == printed.encode().decode()
        assert len(outcome.value) <= 1_000
    else:
        assert "root:" not in outcome.text
        assert "bombbomb" not in outcome.text
        ends = [block.span for block in outcome.blocks]
        assert all(0 <= span.start < span.end <= len(outcome.text) for span in ends)
        assert not any(unicodedata.category(sign) == "Cs" for sign in outcome.text)


def test_paragraphs_in_a_paragraph_are_read_one_by_one() -> None:
    # Joined by the extractor, thousands of them would cost the square of their number.
    sentences = [f"{SENTENCE[:-1]} {number}." for number in range(4)]
    outcome = outcome_of(f"<html><body><p><x:y>{''.join(f'<p>{one}' for one in sentences)}</body></html>".encode(), MediaType.HTML)
    assert isinstance(outcome, Article)
    assert [block.span.of(outcome.text) for block in outcome.blocks] == sentences


def test_what_went_into_the_gate_comes_out_of_it_accepted_or_refused(tmp_path: Path) -> None:
    # Those that are quick to read: every case is read above.
    captures = {one.id: one for one in (capture(*case.values[1::-1]) for case in CASES) if len(one.content) < 100_000}  # type: ignore[arg-type]
    outcomes = [outcome_of(one.content, one.media_type) for one in captures.values()]
    read = [one for one in outcomes if isinstance(one, Article) and not frames.unstorable(one)]
    assert len(read) > 15
    gated = checks.articles(frames.of_articles(read, captures, "1"), "hostile", tmp_path)
    refused = gated.refusals.loc[gated.refusals["severity"] == checks.FAIL, "row"].nunique()
    assert int(gated.accepted.sum()) + refused == len(read)
    assert refused < len(read)


def test_a_compressed_bomb_of_records_is_cut_and_what_came_before_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 100_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(record() + b"\n" + b" " * 40_000_000))
    first, *rest = inbox.read(path, NOON)
    assert isinstance(first, Capture)
    assert {one.refusal.rule for one in rest if isinstance(one, inbox.Unread)} == {"unreadable"}
    assert not any(isinstance(one, Capture) for one in rest)
