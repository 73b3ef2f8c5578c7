"""Reads hostile captures: 10,000 mutations of pages, texts, records, feeds and archives. None may break a reader or take long.

    python benchmarks/hostile.py [--cases 10000] [--seed 1]     python benchmarks/hostile.py --only CASE

A case is a golden page or demo article, changed one to eight times: bytes flipped, cut, repeated or moved, another case put in, tags nested
or closed wrongly, entities declared, another encoding than the one stated, NULs, lone surrogates, marks that turn the direction of writing,
dates of no calendar. Every case ends accepted or refused with a reason, and captures are articles plus refusals. A capture that takes more
than `--bound` CPU seconds is a failure; a case that takes a hundred times that on the clock ends the run with its traceback.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import json
import logging
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.pipeline import checks, frames, inbox, seeds  # noqa: E402
from sumber.sourcing import articles, feeds  # noqa: E402
from sumber.sourcing.model import Article, Capture, MediaType, Refusal  # noqa: E402

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LONGEST = 2_000_000  # bytes of a case
GATED_AT_ONCE = 2_000
KINDS = ("html", "plain", "json", "feed", "warc", "jsonl.gz")
TURNS = (*KINDS, "html", "html", "plain", "json")  # pages are what most attacks would come in
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1251", "cp1258", "gb18030", "shift_jis", "euc_kr", "cp037")
DATES = ("0000-00-00", "9999-12-31T23:59:60+99:99", "31 Februari 2026", "1e400", "-1", "2026-06-01T12:00:00" + "0" * 5000, "٣١/١٢/٢٠٢٦")
PIECES = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\\ud800", b"&#xD800;", b"&#0;", b"&#x110000;",
    "\u202e".encode(), "\u2066\u202e\u2069".encode(), "\u0301".encode() * 500, "\U000e0041".encode(), "\u2028".encode(), b"\r", b"\x1b[2J",
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</script>", b"<style>", b"<textarea>", b"<svg><p>", b"<math>",
    b"<template>", b"<frameset>", b"<noscript>", b"<table>", b"<select>", b'<base href="javascript:x">', b"<plaintext>", b"</body></html>",
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>&b;', b'<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
    b'<meta charset="utf-7">', b'<meta charset="x-none">', b'<meta charset="utf-16">', b'<?xml version="1.0" encoding="ebcdic"?>',
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":[[[[]]]],"headline":{"@value":1},"datePublished":[]}</script>',
    b'<link rel="canonical" href="http://[::1">', b'<link rel=canonical href="//x:99999999/">', b"1" * 5000, b"{" * 3000, b"[" * 100_000,
    b"(" * 3000, b'"' * 3000, b"Sumber: " * 500, b"(Reuters) - " * 300, b"www.a.b.c.d.e.f " * 300, b"a-" * 20_000, b"a." * 20_000,
)  # fmt: skip


def originals() -> dict[str, list[bytes]]:
    """Return the cases to be changed, by kind."""
    golden = ROOT / "tests" / "golden" / "articles"
    demo = ROOT / "seeds" / "articles"
    pages = [path.read_bytes() for folder in (golden, demo) for path in sorted(folder.glob("*.html"))]
    texts = [path.read_bytes() for folder in (golden, demo) for path in sorted(folder.glob("*.txt"))]
    # A text in the dress of a page, with what a page says of itself.
    decoded = [text.decode("utf-8", "replace") for text in texts]
    pages += map(_page, decoded)
    records = [
        json.dumps({"id": str(number), "lang": "id", "text": text, "published_at": "2026-06-01T00:00:00Z"}).encode()
        for number, text in enumerate(decoded)
    ]
    return {
        "html": pages,
        "plain": texts,
        "json": records,
        "feed": [_rss(), _atom(), _sitemap()],
        "warc": [b"".join(map(_answer, pages[:4]))],
        "jsonl.gz": [b"\n".join(records[:5])],
    }


def _page(text: str) -> bytes:
    title, *lines = filter(str.strip, text.splitlines())
    linked = {"@type": "NewsArticle", "headline": title, "author": {"name": "Ana Flores"}, "datePublished": "2026-06-01T09:00:00+07:00"}
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    head = f'<meta charset="utf-8"><title>{title}</title><script type="application/ld+json">{json.dumps(linked)}</script>'
    return f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def _rss() -> bytes:
    items = "".join(f"<item><title>Ferry {n}</title><link>https://quay.example/{n}</link><guid>{n}</guid></item>" for n in range(20))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title>{items}</channel></rss>'.encode()


def _atom() -> bytes:
    entry = '<entry><title>Ferry</title><link href="/a"/><id>a</id><updated>2026-06-01T00:00:00Z</updated></entry>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{entry}</feed>'.encode()


def _sitemap() -> bytes:
    listed = "".join(f"<url><loc>https://quay.example/{n}</loc><lastmod>2026-06-01</lastmod></url>" for n in range(20))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def _answer(page: bytes) -> bytes:
    """Return a WARC record (ISO 28500) that holds a page as the answer to a request."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/{len(page)}\r\nWARC-Date: 2026-06-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(page)}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def mutate(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Return the bytes, changed once."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice((1, 8, 60, 400)))
    before, part, after = content[:start], content[start:end], content[end:]
    match chance.randrange(11):
        case 0:
            return before + bytes(chance.randrange(256) for _ in part) + after
        case 1:
            return before + after
        case 2:
            return before + part * chance.choice((2, 30, 3_000)) + after
        case 3:
            return before
        case 4:
            return before + chance.choice(PIECES) + part + after
        case 5:
            other = chance.choice(others)
            at = chance.randrange(len(other) + 1)
            return before + other[at : at + chance.choice((100, 3_000, 100_000))] + after
        case 6:
            tag = chance.choice((b"div", b"p", b"a", b"b", b"table", b"ul><li", b"blockquote", b"font", b"x:y"))
            nested = b"<%s>" % tag * chance.choice((3, 300, 30_000))
            return before + nested + part + (b"</%s>" % tag if chance.random() < 0.5 else b"") + after
        case 7:
            return content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
        case 8:
            date = chance.choice(DATES).encode()
            return content.replace(chance.choice((b"2026", b"09:00", b"2026-06-01", b"Juni")), date)
        case 9:
            old, new = chance.sample((b" ", b"\n", b"", b"<p>", b"</p>", b'"', b"\r\n", b">", b"\xc2\xa0"), 2)
            return content.replace(old, new) if old else content
        case _:
            attributes = b" ".join(b"a%d='%d'" % (n, n) for n in range(chance.choice((3, 3_000))))
            return before + b"<p " + attributes + b">" + part + after


def case(kind: str, number: int, seed: int, cases: dict[str, list[bytes]]) -> bytes:
    """Return the bytes of one case."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311
    content = chance.choice(cases[kind])
    for _ in range(chance.randrange(1, 9)):
        content = mutate(content or b" ", chance, cases[chance.choice(KINDS)])[:LONGEST]
    return gzip.compress(content, 1)[: None if chance.random() < 0.7 else chance.randrange(1, 1000)] if kind == "jsonl.gz" else content


def captures(kind: str, content: bytes, number: int) -> list[Capture | Refusal]:
    """Return the captures of a case, or the refusals in their place."""
    if kind in ("warc", "jsonl.gz"):
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(content)
            file.flush()
            return [one if isinstance(one, Capture) else one.refusal for one in inbox.read(Path(file.name), NOON)]
    media_type = {"html": MediaType.HTML, "plain": MediaType.PLAIN, "json": MediaType.JSON}[kind]
    return [Capture(number, content, media_type, NOON, name=str(number))]


class Fuzz:
    """A run: what became of the cases, and the articles that wait for the gate."""

    def __init__(self, docs: Path) -> None:
        self.known = seeds.load(ROOT / "seeds")
        self.docs = docs
        self.counts: Counter[str] = Counter()
        self.read: dict[int, tuple[Article, Capture]] = {}
        self.slowest = (0.0, 0, "")

    def run(self, kind: str, content: bytes, number: int) -> None:
        """Read one case. Raises what the reader raises, and ValueError where a refusal gives no reason."""
        if kind == "feed":
            started = time.process_time()
            found = feeds.read(content, "https://quay.example/feed")
            self._timed(started, number, kind, content)
            self.counts["feeds refused" if isinstance(found, Refusal) else "feeds read"] += 1
            self._explained(found)
            return
        for one in captures(kind, content, number):
            self.counts["captures"] += 1
            started = time.process_time()
            outcome = one if isinstance(one, Refusal) else articles.read(one, self.known.layout, self.known.registry)
            if isinstance(one, Capture):
                self._timed(started, number, kind, one.content)
            if isinstance(one, Capture) and isinstance(outcome, Article) and not frames.unstorable(outcome):
                self.read[self.counts["captures"]] = outcome, one
            else:
                self.counts["refused by the reader"] += 1
                self._explained(outcome)

    def _timed(self, started: float, number: int, kind: str, content: bytes) -> None:
        self.slowest = max(self.slowest, (time.process_time() - started, number, f"{kind}, {len(content)} bytes"))

    def _explained(self, outcome: object) -> None:
        if isinstance(outcome, Refusal):
            if not (outcome.rule and outcome.reason):
                raise ValueError(f"a refusal without a reason: {outcome}")
            row = frames.rejection("read", 1, "x", outcome.rule, outcome.value, outcome.reason)
            for kept in row.values():
                str(kept).encode()  # a store must be able to keep it

    def gate(self) -> None:
        """Judge what was read, and count."""
        if not self.read:
            return
        table = frames.of_articles([article for article, _ in self.read.values()], {c.id: c for _, c in self.read.values()}, "1")
        gated = checks.articles(table, "hostile", self.docs, limits=checks.Limits(languages=frozenset(self.known.lexicons)))
        refused = set(gated.refusals.loc[gated.refusals["severity"] == checks.FAIL, "row"])
        self.counts["accepted"] += int(gated.accepted.sum())
        self.counts["refused by the gate"] += len(refused)
        self.read.clear()


def main() -> int:
    """Run what was asked for; return 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bound", type=float, default=5.0, help="CPU seconds that a capture may take")
    parser.add_argument("--only", type=int, help="run this case alone")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # refusals are counted
    cases = originals()
    failed = 0
    slowest = (0.0, 0, "")
    begin = time.process_time()
    with tempfile.TemporaryDirectory() as docs:
        fuzz = Fuzz(Path(docs))
        articles.read(Capture(0, cases["html"][0], MediaType.HTML, NOON), fuzz.known.layout, fuzz.known.registry)  # what is built once
        for number in range(arguments.cases) if arguments.only is None else [arguments.only]:
            kind = TURNS[number % len(TURNS)]
            content = case(kind, number, arguments.seed, cases)
            faulthandler.dump_traceback_later(100 * arguments.bound, exit=True)
            fuzz.slowest = (0.0, number, kind)
            try:
                fuzz.run(kind, content, number)
            except Exception:
                failed += 1
                print(f"case {number} ({kind}, {len(content)} bytes) raised on {content[:200]!r}\n{traceback.format_exc(limit=-4)}")
            faulthandler.cancel_dump_traceback_later()
            slowest = max(slowest, fuzz.slowest)
            if fuzz.slowest[0] > arguments.bound:
                failed += 1
                print(f"case {number} ({fuzz.slowest[2]}) took {fuzz.slowest[0]:.1f} s", flush=True)
            if len(fuzz.read) >= GATED_AT_ONCE:
                fuzz.gate()
        fuzz.gate()
    counts = fuzz.counts
    if counts["captures"] != counts["accepted"] + counts["refused by the reader"] + counts["refused by the gate"]:
        failed += 1
        print("the counts do not add up")
    results = ", ".join(f"{amount} {what}" for what, amount in sorted(counts.items()))
    print(f"{arguments.cases} cases, seed {arguments.seed}, {time.process_time() - begin:.0f} CPU s: {results}; {failed} failed")
    print(f"slowest: case {slowest[1]} ({slowest[2]}), {slowest[0] * 1000:.0f} ms")
    return min(1, failed)


if __name__ == "__main__":
    sys.exit(main())
