"""How fast captures are stored, read and gated on two processes, how much memory that takes, and whether a kill loses or doubles anything.

    PYTHONPATH=.:include python benchmarks/reading.py [--pages 6000] [--records 20000]
    PYTHONPATH=.:include python benchmarks/reading.py --stream 1000000

A WARC file of web pages and a JSONL file of records are made of the golden texts, each article other in its words, the pages in the
frame of a portal (about 30 kB). They are captured, then read in batches by two processes, as two workers would. Then the pages are read
anew, one of the processes is killed, and what it left is read: articles and refusals must be the same as without the kill. CPU seconds
count the starts of the processes and what Postgres takes, so that they hold on a busy machine too.

With `--stream`, instead, so many short records are captured from one file, then a tenth of them read, by one process each: what memory
it holds and held at most is printed for every tenth.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import multiprocessing
import os
import random
import resource
import signal
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import psutil

from benchmarks.databases import database
from sumber.pipeline import settings, steps, store

ROOT = Path(__file__).resolve().parents[1]
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORKERS = 2
BATCH = 1_000


def texts(count: int) -> list[tuple[str, str]]:
    """Return language and text of `count` articles: golden texts with their frame, the story longer and in other words each time."""
    golden = []
    for path in sorted((ROOT / "tests" / "golden" / "articles").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        story = [place for place, line in enumerate(lines) if line.rstrip().endswith((".", "。", "다", '."', ".”")) and len(line) >= 12]
        if len(lines) > 8 and story:
            golden.append((path.stem.rpartition("-")[2], lines, story))
    made = []
    for number in range(count):
        chance = random.Random(number)  # noqa: S311
        lang, lines, story = golden[number % len(golden)]
        # News is about 2.5 kB long: the story goes on, two sentences and more to a paragraph.
        sentences = [lines[place] for place in story]
        more = [
            " ".join(chance.choices(sentences, k=2))
            for _ in range(1 + max(0, 2_500 - len("".join(lines))) * len(story) // len("".join(sentences)) // 2)
        ]
        for place, paragraph in enumerate(more):
            words = paragraph.split(" ")
            words.insert(chance.randrange(1, len(words) + 1), str(number + place))
            more[place] = " ".join(words)
        head, *rest = lines
        made.append((lang, "\n\n".join([f"{head} {number}", *rest[: story[-1]], *more, *rest[story[-1] :]])))
    return made


def page(number: int, text: str) -> bytes:
    """Return a text as a portal prints it."""
    title, *paragraphs = text.split("\n\n")
    menu = "".join(f'<li class="m"><a href="/s/{n}" data-track="menu-{n}"><span>Section {n}</span></a></li>' for n in range(60))
    other = "".join(
        f'<div class="card"><a href="/x/{n}"><img src="/i/{n}.jpg" alt=""><h3>Another story of the day, number {n}</h3></a></div>'
        for n in range(50)
    )
    script = "window.config=" + json.dumps({f"key{n}": "value" * 5 for n in range(200)})
    linked = {"@type": "NewsArticle", "headline": title, "datePublished": "2026-06-01T09:00:00+07:00", "author": {"name": "Ana Flores"}}
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title><script>{script}</script>'
        f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body><nav><ul>{menu}</ul></nav>'
        f'<main><article><h1>{title}</h1><div class="body">{body}</div></article><aside>{other}</aside></main>'
        f"<footer><ul>{menu}</ul>© {number}</footer></body></html>"
    ).encode()


def write_archive(path: Path, count: int) -> None:
    """Write a WARC file (ISO 28500) of pages, compressed record by record."""
    with path.open("wb") as file:
        for number, (_, text) in enumerate(texts(count)):
            content = page(number, text)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay{number % 50}.example/{number}\r\n"
                f"WARC-Date: 2026-06-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 3))


def write_records(path: Path, count: int) -> None:
    """Write a JSONL file of records."""
    with path.open("w", encoding="utf-8") as file:
        for number, (lang, text) in enumerate(texts(count)):
            record = {
                "id": f"r{number}",
                "lang": lang,
                "text": text,
                "outlet": f"Quay {number % 50}",
                "published_at": "2026-06-01T00:00:00Z",
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_short_records(path: Path, count: int) -> None:
    """Write a JSONL file of records of about 400 bytes."""
    sentence = "Ferry {} left the quay at Holm on time, the harbour office said, and nobody had to wait for the next one. "
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            record = {"id": f"r{number}", "lang": "en", "text": sentence.format(number) + sentence.format(number + 1)}
            file.write(json.dumps({**record, "outlet": f"Quay {number % 50}", "published_at": "2026-06-01T00:00:00Z"}) + "\n")


def work(current: settings.Settings, batches: list[int], run: str, told: multiprocessing.Queue[tuple[int, float, float]]) -> None:
    """Read batches; tell the number of captures, the CPU seconds and the megabytes that this process took."""
    logging.disable(logging.CRITICAL)
    items = sum(steps.read_articles(current, batch, run).items for batch in batches)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    told.put((items, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))


def read(current: settings.Settings, run: str, kill_after: float | None = None) -> list[tuple[int, float, float]]:
    """Read all that is pending on two processes; with `kill_after` seconds, kill the first one then. Return what the others told."""
    batches = steps.lease(current, "read", "benchmark", BATCH)
    told: multiprocessing.Queue[tuple[int, float, float]] = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(current, batches[number::WORKERS], run, told)) for number in range(WORKERS)]
    for worker in workers:
        worker.start()
    if kill_after is not None and workers[0].pid:
        time.sleep(kill_after)
        os.kill(workers[0].pid, signal.SIGKILL)
    results = [told.get() for _ in workers[1 if kill_after is not None else 0 :]]
    for worker in workers:
        worker.join()
    return results


def state(current: settings.Settings) -> tuple[int, int, str]:
    """Return how many articles are open and how many captures are refused, and a hash of the articles."""
    with store.transaction(current.url("owner")) as cursor:
        cursor.execute("SELECT count(DISTINCT capture_id) FROM core.rejection WHERE closed_at IS NULL AND step = 'read'")
        (refused,) = cursor.fetchone() or (0,)
        digest = {row.name: (row.records, row.digest) for row in store.fingerprint(cursor).itertuples()}["core.article"]
    return int(digest[0]), int(refused), str(digest[1])


def postgres_seconds(current: settings.Settings) -> float:
    """Return the CPU seconds that the database's server took, those of connections that are closed included."""
    port = f"port={urlsplit(current.url('etl')).port}"
    (server,) = (one for one in psutil.process_iter(["cmdline"]) if port in (one.info["cmdline"] or ()))
    own = server.cpu_times()
    return own.children_user + own.children_system + sum(sum(one.cpu_times()[:2]) for one in (server, *server.children()))


def measure(current: settings.Settings, name: str, path: Path, count: int) -> None:
    """Capture and read one file; print how fast."""
    began = time.monotonic()
    captured = steps.capture(current, path, f"{name} capture", captured_at=NOON)
    capture_took = time.monotonic() - began
    began, before = time.monotonic(), postgres_seconds(current)
    told = read(current, f"{name} read")
    took = time.monotonic() - began
    served = postgres_seconds(current) - before
    articles, refused, _ = state(current)
    cpu = sum(one[1] for one in told) + served
    print(
        f"{name}: {captured.went_out} of {count} captured at {count / capture_took:.0f}/s; {articles} articles and {refused} refused, "
        f"read at {count / took:.0f}/s on {WORKERS} processes; {cpu / count * 1000:.1f} ms of CPU each, {served / count * 1000:.1f} of "
        f"them Postgres's, or {WORKERS * count / cpu:.0f}/s on {WORKERS} cores without other work; "
        f"{max(one[2] for one in told):.0f} MB at most; both steps together {count / (took + capture_took):.0f}/s",
        flush=True,
    )


def stream(count: int) -> None:
    """Capture `count` short records from one file and read a tenth of them; print the memory of the process as it goes on."""
    with tempfile.TemporaryDirectory() as folder, database() as empty:
        current = replace(empty, data_docs=Path(folder) / "docs", seeds=ROOT / "seeds")
        path = Path(folder) / "records.jsonl"
        write_short_records(path, count)
        print(f"{count} records, {path.stat().st_size / 1e6:.0f} MB", flush=True)
        began = before = time.monotonic()
        done = 0
        save = store.save_captures

        def watched(cursor: store.Cursor, captures: pd.DataFrame, contents: pd.DataFrame) -> int:
            nonlocal done, before
            new = save(cursor, captures, contents)
            if (done + len(captures)) * 10 // count > done * 10 // count:
                tenth, before = time.monotonic() - before, time.monotonic()
                print(f"captured {done + len(captures)}: {memory()}, this tenth at {count / 10 / tenth:.0f}/s", flush=True)
            done += len(captures)
            return new

        store.save_captures = watched
        counts = steps.capture(current, path, "stream", captured_at=NOON)
        print(f"{counts.went_out} captured, {counts.changed} new, at {count / (time.monotonic() - began):.0f}/s", flush=True)
        batches = steps.lease(current, "read", "benchmark", max(1, count // 100))[:10]
        for number, batch in enumerate(batches, 1):
            read_ = steps.read_articles(current, batch, "stream")
            print(f"read batch {number}: {read_.went_out} accepted, {read_.refused} refused; {memory()}", flush=True)


def memory() -> str:
    """Say how much memory this process holds, and held at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{psutil.Process().memory_info().rss / 2**20:.0f} MB, {most:.0f} MB at most"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=6_000)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--stream", type=int, metavar="N", help="capture N short records instead, and print what memory that takes")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if arguments.stream:
        stream(arguments.stream)
        return
    with tempfile.TemporaryDirectory() as folder:
        archive, records = Path(folder) / "pages.warc.gz", Path(folder) / "records.jsonl"
        write_archive(archive, arguments.pages)
        write_records(records, arguments.records)
        for name, path, count in (("JSONL", records, arguments.records), ("WARC", archive, arguments.pages)):
            with database() as empty:
                current = replace(empty, data_docs=Path(folder) / "docs", seeds=ROOT / "seeds")
                measure(current, name, path, count)
                if name == "WARC":
                    whole = state(current)
                    steps.requeue(current, "read", None, None, None)
                    with store.transaction(current.url("owner")) as cursor:
                        cursor.execute("UPDATE core.article SET closed_at = now() WHERE closed_at IS NULL")
                    read(current, "killed", kill_after=10)
                    left = state(current)
                    read(current, "resumed")
                    same = "the same" if state(current) == whole else f"NOT the same: {state(current)}, {whole}"
                    print(f"killed with {left[0]} articles read, resumed: {same} {whole[0]} articles and {whole[1]} refusals")


if __name__ == "__main__":
    main()
