"""How many feeds fit one interval: a poll of many feeds on as many hosts, against a web server of the benchmark's own.

    .venv/bin/python benchmarks/fetching.py [--feeds 3000] [--pages 1]

Each feed has a host name, a robots.txt and an ETag; the default politeness holds (one request at a time and a second's pause per host).
Prints seconds, CPU and captures of a first poll (everything is new) and of a second one (nothing has changed), database writes included.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "include"), str(ROOT)]

from benchmarks.databases import database  # noqa: E402
from sumber.pipeline import polling, settings, store  # noqa: E402
from sumber.pipeline.fetch import Fetcher, HostState, Policy  # noqa: E402
from sumber.sourcing.feeds import Feed  # noqa: E402

PARAGRAPH = "The port of Ostra will close for seven days, the harbour master Lena Brandt said on Monday. " * 25


def main() -> None:
    """Start the servers, poll twice, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=3000, metavar="N")
    parser.add_argument("--pages", type=int, default=1, metavar="N", help="pages that each feed announces (default %(default)s)")
    arguments = parser.parse_args()
    port = multiprocessing.Queue()  # type: ignore[var-annotated]
    web = multiprocessing.Process(target=serve, args=(port, arguments.pages), daemon=True)
    web.start()
    try:
        with database() as current:
            measure(current, arguments.feeds, port.get(timeout=30))
    finally:
        web.terminate()
        web.join()


def measure(current: settings.Settings, feeds: int, port: int) -> None:
    """Poll twice; print what it took."""
    names = [f"paper{number}.example:{port}" for number in range(feeds)]
    registry = [Feed(f"Paper {number}", f"http://{name}/feed", "en", 15, True, "") for number, name in enumerate(names)]
    policy = Policy(contact="bench@news.example", allowed_hosts=frozenset(names))

    async def lookup(host: str, _: int) -> list[str]:
        return ["127.0.0.1"]

    def make(states: Mapping[str, HostState]) -> Fetcher:
        return Fetcher(policy, states, lookup=lookup)

    for name in ("first", "second"):
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
        tally = polling.run(current, registry, name, fetcher=make)
        after = resource.getrusage(resource.RUSAGE_SELF)
        print(
            f"{name} poll: {tally.feeds} feeds of {feeds}, {tally.attempts} attempts, {tally.failed} failed, {tally.unchanged} unchanged, "
            f"{tally.captured} captures, {tally.left} pages left: {time.monotonic() - began:.1f} s, "
            f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.1f} s of CPU, {after.ru_maxrss / 1024:.0f} MB at most",
            flush=True,
        )
        with store.transaction(current.url("owner")) as cursor:
            cursor.execute("UPDATE core.feed_state SET next_poll_at = now() - interval '1 minute'")
            cursor.execute("UPDATE core.feed_entry SET next_fetch_at = now() - interval '1 minute'")


def serve(port: multiprocessing.Queue[int], pages: int) -> None:
    """Serve robots.txt, a feed and its pages for every host, until killed."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                found = re.search(r"(?i)^host: *(\S+)", head, re.MULTILINE)
                host = found[1] if found else ""
                if "if-none-match" in head.lower():
                    writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 0\r\n\r\n')
                    continue
                body = page(path, host, pages).encode()
                kind = "text/plain" if path == "/robots.txt" else "application/rss+xml" if path == "/feed" else "text/html"
                writer.write(f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body)
                await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=2000)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def page(path: str, host: str, pages: int) -> str:
    """Return the body of an address."""
    if path == "/robots.txt":
        return "User-agent: *\nDisallow: /private\n"
    if path == "/feed":
        items = "".join(
            f"<item><title>{number}</title><link>http://{host}/{number}</link><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate></item>"
            for number in range(pages)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'
    return f"<!DOCTYPE html><html><body><article><h1>{host} {path}</h1><p>{PARAGRAPH}</p></article></body></html>"


if __name__ == "__main__":
    main()
