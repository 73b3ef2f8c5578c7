"""What one more day costs to trace and to score, and what a reader waits for, in archives of growing size.

    .venv/bin/python benchmarks/chains/run.py                         10,000 and 100,000 articles
    .venv/bin/python benchmarks/chains/run.py --sizes 1000000         a million: some hours, and about 60 GB of disk
    .venv/bin/python benchmarks/chains/run.py --statements 10         ten appearances per article instead of five
    .venv/bin/python benchmarks/chains/run.py --days 14 --workers 2   a fortnight is added at once, and traced by two processes
    .venv/bin/python benchmarks/chains/run.py --template 600 2000     instead, articles of one template, in one batch

Each archive is loaded by COPY into an embedded Postgres of its own that is removed in the end. Its signatures, keys and chains are made by
the project's own functions; its groups are those of the stories. The added day goes through the pipeline's own step.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Any

import archive
import pandas as pd
import psycopg2
from psycopg2 import sql

from benchmarks.databases import database
from sumber.commands import pending
from sumber.pipeline import frames, matching, schema, seeds, settings, steps, store
from sumber.sourcing import chains, claims, wire
from sumber.sourcing.model import Claim, Derivation, DerivationKind, Utterance

DAYS_AT_ONCE = 20
QUERIES = 200
WORDINGS_KEPT = 20_000
OPENED = datetime(2015, 1, 1, tzinfo=UTC)


def main() -> None:
    """Run the sizes that are asked for, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--statements", type=int, default=5, help="appearances per article, about")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=1, help="days that are added")
    parser.add_argument("--workers", type=int, default=1, help="processes that trace them")
    parser.add_argument("--template", type=int, nargs="+", default=[])
    arguments = parser.parse_args()
    table: list[dict[str, float]] = []
    for size in arguments.template or arguments.sizes:
        for is_filled in (True, False) if arguments.template else (None,):
            with database() as current:
                if is_filled is None:
                    table.append(measure(current, size, arguments))
                else:
                    table.append(measure_template(current, size, is_filled, arguments.seed))
                print(json.dumps(table[-1]), flush=True)
    print(f"\n| |{'|'.join(format(row['articles'], ',') for row in table)}|\n|---|{'---|' * len(table)}")
    for name in table[0]:
        if name != "articles":
            print(f"| {name} | {' | '.join(format(row[name], ',') for row in table)} |")


def measure(current: settings.Settings, size: int, given: argparse.Namespace) -> dict[str, float]:
    """Load an archive of `size` articles, add some days, and read; return the figures by name."""
    known, knowledge = seeds.load(current.seeds), matching.knowledge(current.seeds)
    words = sorted(word for word, zipf in knowledge.frequencies["en"].items() if 3 <= len(word) <= 5 and zipf >= 3.5 and word.isalpha())
    newsroom = archive.Newsroom(words, given.seed)
    waiting: list[list[archive.Copy]] = []
    began = time.monotonic()
    loaded = appearances = 0
    stories = Stories(known.registry, knowledge)
    with store.transaction(current.url("owner")) as cursor:
        copy(cursor, "core.source", frames.of_sources(newsroom.sources))
        left = round(size / archive.ARTICLES_A_DAY)
        for day in archive.days(newsroom, given.statements, left):
            waiting.append(day)
            # The last days are not loaded: they are added.
            if len(waiting) == DAYS_AT_ONCE + given.days or not left:
                some = [one for each in waiting[: -given.days] for one in each]
                waiting = waiting[-given.days :]
                load_read(cursor, some)
                load_traced(cursor, some, stories)
                loaded += len(some)
                appearances += sum(len(one.appearances) for one in some)
                cursor.connection.commit()
            left -= 1
    added = [one for each in waiting for one in each]
    connection = psycopg2.connect(current.url("owner"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(file_roots())
        cursor.execute("VACUUM ANALYZE")
    seconds_loading = time.monotonic() - began
    with store.transaction(current.url("owner")) as cursor:
        load_read(cursor, added)
        store.enqueue(cursor, "trace", [one.article.id for one in added])
    counted = count_candidates()
    before = buffers(current)
    done, seconds, cpu = trace(current, given.workers)
    by_table = {name: count - before.get(name, 0) for name, count in buffers(current).items()}
    touched = sum(by_table.values())
    for name, number in sorted(by_table.items(), key=lambda item: -item[1])[:8]:
        print(f"  {number:>10,} buffers of {name}", flush=True)
    scored_on = max(one.article.published_at for one in added).date()
    started, at_cpu = time.monotonic(), time.process_time()
    sources = steps.score(current, scored_on, datetime.now(UTC), "benchmark").went_out
    seconds_scoring, cpu_scoring = time.monotonic() - started, time.process_time() - at_cpu
    draw = Random(given.seed)  # noqa: S311 - a sample
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (disk,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM core.claim_corroboration")
        (weighed,) = cursor.fetchone()
        cursor.execute("SELECT captured_month, article_id, generation, ordinal, root_id FROM core.chain TABLESAMPLE SYSTEM (5) LIMIT 20000")
        rows = draw.sample(cursor.fetchall(), QUERIES)
        chain = (store.QUERIES / "load_chains.sql").read_text()
        root = (store.QUERIES / "claims_under_root.sql").read_text()
        read = [
            explained(cursor, chain, month=month, article=article, generation=generation, ordinal=ordinal)
            for month, article, generation, ordinal, _ in rows
        ]
        under = [explained(cursor, root, root=number) for *_, number in rows]
        cursor.execute("SELECT root_id, count(*) FROM core.root_claim GROUP BY root_id ORDER BY count(*) DESC LIMIT 1")
        ((largest, largest_has),) = cursor.fetchall()
        under_largest = [explained(cursor, root, root=largest) for _ in range(QUERIES)]
    connection.close()
    return {
        "articles": loaded,
        "appearances": appearances,
        "database (MB)": round(disk / 1e6),
        "loading (s)": round(seconds_loading),
        "articles added": len(added),
        "appearances added": done.came_in,
        **({f"candidate pairs of {what}": number for what, number in counted.items()} if given.workers == 1 else {}),
        "buffers touched": touched,
        "buffers touched per article": round(touched / len(added)),
        "tracing (appearances/s)": round(done.came_in / seconds),
        "tracing (appearances per CPU second of Python)": round(done.came_in / cpu),
        "sources scored": sources,
        "claims weighed": weighed,
        "scoring the day (s)": round(seconds_scoring, 1),
        "scoring the day (CPU seconds of Python)": round(cpu_scoring, 1),
        **percentiles("read a chain", read),
        **percentiles("claims under a root", under),
        "claims under the largest root": largest_has,
        **percentiles("claims under the largest root", under_largest),
    }


def trace(current: settings.Settings, workers: int) -> tuple[steps.Counts, float, float]:
    """Trace what is pending in batches as the commands make them; return counts, seconds, and CPU seconds of Python."""
    batches = steps.lease(current, "trace", "benchmark", pending.BATCH_SIZE)
    started, at_cpu = time.monotonic(), sum(os.times()[:4])
    if workers == 1:
        parts = [steps.trace(current, batch, "benchmark") for batch in batches]
    else:
        # Forked, so that none of them reads the seeds again: that is the cost of a process, not of tracing.
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as processes:
            parts = list(processes.map(steps.trace, repeat(current), batches, repeat("benchmark")))
    return steps.total(part.as_dict() for part in parts), time.monotonic() - started, sum(os.times()[:4]) - at_cpu


def measure_template(current: settings.Settings, size: int, is_filled: bool, seed: int) -> dict[str, float]:
    """Trace `size` articles of one template, with figures of their own or all alike; return the figures by name."""
    knowledge = matching.knowledge(current.seeds)
    newsroom = archive.Newsroom(sorted(knowledge.news_words), seed)
    made = archive.template(newsroom, size, is_filled)
    with store.transaction(current.url("owner")) as cursor:
        copy(cursor, "core.source", frames.of_sources(newsroom.sources))
        load_read(cursor, made)
        store.enqueue(cursor, "trace", [one.article.id for one in made])
    counted = count_candidates()
    started, at_cpu = time.monotonic(), time.process_time()
    (batch,) = steps.lease(current, "trace", "benchmark", size)
    done = steps.trace(current, batch, "benchmark")
    row: dict[str, float] = {
        "articles": size,
        "alike": int(not is_filled),
        "appearances": done.came_in,
        "candidate pairs of articles": counted["articles"],
        "candidate pairs of passages": counted["passages"],
        "tracing (s)": round(time.monotonic() - started, 1),
        "tracing (CPU s of Python)": round(time.process_time() - at_cpu, 1),
    }
    with store.transaction(current.url("owner")) as cursor:
        cursor.execute("SELECT count(DISTINCT canonical_id), (SELECT count(*) FROM core.derivation) FROM core.claim")
        ((row["claims"], row["derivations"]),) = cursor.fetchall()
    return row


def percentiles(what: str, times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return median and 99th percentile of the times of running, and the median of planning, by name."""
    running = sorted(run for run, _ in times)
    return {
        f"{what}, median (ms)": round(statistics.median(running), 3),
        f"{what}, 99th percentile (ms)": round(running[int(len(running) * 0.99)], 3),
        f"{what}, planning (ms)": round(statistics.median(plan for _, plan in times), 3),
    }


# --- loading -------------------------------------------------------------------------------------------------


def copy(cursor: store.Cursor, table: str, rows: pd.DataFrame, **constants: object) -> None:
    """COPY a frame into a table; `constants` are columns with one value."""
    lines = io.StringIO()
    fixed = [store._copied(value) for value in constants.values()]
    for row in rows.itertuples(index=False, name=None):
        lines.write("\t".join([*map(store._copied, row), *fixed]) + "\n")
    lines.seek(0)
    cursor.copy_expert(
        sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, (*rows.columns, *constants)))
        ),
        lines,
    )


def copy_plain(cursor: store.Cursor, table: str, rows: Iterable[tuple[object, ...]], *columns: str) -> None:
    """COPY rows of numbers, days and truth values into a table."""
    lines = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
    cursor.copy_expert(
        sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, columns))),
        lines,
    )


def monthly(rows: pd.DataFrame, months: dict[int, str]) -> pd.DataFrame:
    """Return a frame with the month of each row's article, and its first generation."""
    return rows.assign(captured_month=[months[number] for number in rows["article_id"]], generation=1)


def load_read(cursor: store.Cursor, some: Sequence[archive.Copy]) -> None:
    """Load articles as if they had been captured, read and attributed."""
    articles = [one.article for one in some]
    months = {one.id: f"{one.captured_at:%Y-%m}-01" for one in articles if one.captured_at}
    for month in sorted(set(months.values())):
        cursor.execute("SELECT core.open_month(%s)", (month,))
    texts = {one.id: one.text for one in articles}
    contents = [f"{one.id:064x}" for one in articles]
    copy(cursor, "raw.content", pd.DataFrame({"sha256": contents}, dtype=object), size=1, compressed=b"x")
    captures = pd.DataFrame({"id": [one.id for one in articles], "sha256": contents, "captured_at": [one.captured_at for one in articles]})
    copy(cursor, "raw.capture", captures.astype(object), media_type="text/plain")
    rows = [
        {
            "id": one.id,
            "capture_id": one.id,
            "captured_month": months[one.id],
            "outlet": one.credits[0].name,
            "url": one.url,
            "published_at": one.published_at,
            "text": one.text,
            "blocks": json.dumps([[*block.span, block.role] for block in one.blocks]),
            "credits": json.dumps([[credit.role, credit.name, credit.span, credit.origin] for credit in one.credits]),
        }
        for one in articles
    ]
    copy(
        cursor, "core.article", pd.DataFrame(rows, dtype=object), generation=1, method_version="1", lang="en", text_sha256="0" * 64,
        output_hash=1, run="load", opened_at=OPENED,
    )  # fmt: skip
    own = pd.DataFrame({"article_id": [one.id for one in articles]}, dtype=object)
    copy(
        cursor, "core.attributed_article", own, generation=1, article_generation=1, method_version="1", output_hash=1, run="load",
        opened_at=OPENED,
    )  # fmt: skip
    found = [appearance for one in some for appearance in one.appearances]
    copy(cursor, "core.appearance", monthly(frames.of_appearances(found, texts), months))
    hops = frames.of_attributions(found, texts, "1").drop(columns=["content", "content_text", "text"])
    copy(cursor, "core.attribution", monthly(hops, months))


@dataclass(frozen=True, slots=True)
class Filed:
    """What is stored for each copy of one wording."""

    bands: list[int]
    keys: list[int]
    is_one_of_few: bool
    passages: list[claims.Passage]


class Stories:
    """What articles of one story share: worked out once per wording, by the project's own functions."""

    def __init__(self, registry: object, knowledge: wire.Knowledge) -> None:
        self.registry, self.knowledge = registry, knowledge
        self.filed: dict[tuple[str, int], Filed] = {}
        self.copies: dict[str, list[int]] = {}

    def of(self, one: archive.Copy) -> Filed:
        """Return what is filed for an article, or for another one with the same text."""
        if one.wording not in self.filed:
            signature = wire.signature(one.article, self.knowledge)
            read = [claims.passage(one.article, appearance, self.registry, self.knowledge) for appearance in one.appearances]
            self.filed[one.wording] = Filed(
                sorted(set(signature.wording.bands)), list(signature.wording.keys), signature.is_one_of_few, read
            )
            # Copies follow within days: what is older than some thousands of stories is not asked for again.
            while len(self.filed) > WORDINGS_KEPT:
                del self.filed[next(iter(self.filed))]
        return self.filed[one.wording]


def load_traced(cursor: store.Cursor, some: Sequence[archive.Copy], stories: Stories) -> None:
    """Load articles' index, groups and chains as tracing would have left them, story by story."""
    months = {one.article.id: f"{one.article.captured_at:%Y-%m}-01" for one in some if one.article.captured_at}
    bands, keys, terms, uttered, claimed, traced, derived, whole = [], [], [], [], [], [], [], []
    told_in: dict[int, int] = {}
    for one in some:
        filed = stories.of(one)
        number, day = one.article.id, one.article.dated.date() if one.article.dated else None
        bands += [(number, band, day, True) for band in filed.bands]
        keys += [(number, key, filed.is_one_of_few, day) for key in filed.keys]
        spoken = zip(one.appearances, filed.passages, strict=True)
        said = [(appearance.ordinal, key, passage.needed) for appearance, passage in spoken for key in sorted(passage.keys)]
        terms += [(number, ordinal, key, needed, day) for ordinal, key, needed in said]
        whole += [(number, day, True, sorted(filed.bands), filed.is_one_of_few, sorted(filed.keys), *map(list, zip(*said, strict=True)))]
        earlier = stories.copies.setdefault(one.story, [])
        derived += [
            Derivation(*sorted((number, other), reverse=True), DerivationKind.NEAR_DUPLICATE, False, 1.0, ("same words",))
            for other in earlier[-wire.NEIGHBOURS :]
        ]
        earlier.append(number)
        for appearance, passage in zip(one.appearances, filed.passages, strict=True):
            ordinal = appearance.ordinal
            uttered.append(utterance(number, ordinal, earlier, passage, appearance))
            claimed.append(claim(number, ordinal, earlier, passage))
        told_in[number] = min(earlier)
        for appearance in one.appearances:
            traced += chains.trace(one.article, appearance, stories.registry, min(earlier))
    own = pd.DataFrame({"article_id": list(months)}, dtype=object)
    copy(
        cursor, "core.traced_article", own, generation=1, attributed_generation=1, method_version="1", output_hash=1, run="load",
        opened_at=OPENED,
    )  # fmt: skip
    copy(cursor, "core.filed_article", pd.DataFrame(whole, columns=list(store.FILED_ARTICLE), dtype=object))
    copy_plain(cursor, "core.article_band", bands, "article_id", "band", "day", "is_dated")
    copy_plain(cursor, "core.article_key", keys, "article_id", "key", "is_one_of_few", "day")
    copy_plain(cursor, "core.passage_key", terms, "article_id", "ordinal", "key", "needed", "day")
    copy(cursor, "core.utterance", frames.of_utterances(uttered).assign(generation=1))
    copy(cursor, "core.claim", frames.of_claims(claimed).assign(generation=1))
    copy(cursor, "core.chain", monthly(frames.of_chains(traced), months))
    copy(cursor, "core.chain_dependency", frames.of_dependencies(traced, told_in, ()).assign(generation=1))
    copy(cursor, "core.derivation", frames.of_derivations(derived, "1"), run="load", opened_at=OPENED)


def file_roots() -> str:
    """Return the statement that files all claims under their roots: that of the migration."""
    migration = (schema.FOLDER / "migrations" / "0021_claims_under_roots.sql").read_text(encoding="utf-8")
    (statement,) = (one for one in migration.split(";") if one.lstrip().startswith("INSERT INTO core.root_claim"))
    return statement


def utterance(number: int, ordinal: int, copies: Sequence[int], passage: claims.Passage, appearance: archive.Appearance) -> Utterance:
    """Return the utterance of one appearance, joined with those of the copies before it."""
    ids = [archive.identity.of("utterance", copy, ordinal) for copy in copies]
    own = archive.identity.of("utterance", number, ordinal)
    return Utterance(own, min(ids), number, ordinal, "; ".join(sorted(passage.speakers)), appearance.act, None)


def claim(number: int, ordinal: int, copies: Sequence[int], passage: claims.Passage) -> Claim:
    """Return the claim of one appearance, joined with those of the copies before it."""
    ids = [archive.identity.of("claim", copy, ordinal) for copy in copies]
    own, spoken = archive.identity.of("claim", number, ordinal), archive.identity.of("utterance", number, ordinal)
    value = passage.values[0] if len(passage.values) == 1 else None
    slot = (min(ids), value.value, value.unit) if value else (None, None, None)
    return Claim(own, min(ids), spoken, number, ordinal, passage.wording.text, True, *slot)


# --- measuring -----------------------------------------------------------------------------------------------


def buffers(current: settings.Settings) -> dict[str, int]:
    """Return how many pages of each table and its indexes sessions have touched so far, found in memory or not; partitions add up."""
    time.sleep(1.5)  # sessions report when they end, the server gathers a little later
    with store.transaction(current.url("owner")) as cursor:
        cursor.execute((Path(__file__).parent / "buffers.sql").read_text())
        return {name: int(number) for name, number in cursor.fetchall()}


def count_candidates() -> dict[str, int]:
    """Count the candidates that are found from now on."""
    counted = {"articles": 0, "passages": 0}
    candidates, meetings = wire.candidates, claims.meetings

    def counting_articles(*given: Any) -> list[tuple[int, int]]:
        found = candidates(*given)
        counted["articles"] += len(found)
        return found

    def counting_passages(*given: Any) -> Iterator[tuple[claims.Place, claims.Place]]:
        for pair in meetings(*given):
            counted["passages"] += 1
            yield pair

    wire.candidates, claims.meetings = counting_articles, counting_passages
    return counted


def explained(cursor: store.Cursor, statement: str, **values: object) -> tuple[float, float]:
    """Return the milliseconds that the database takes to run a statement, and to plan it."""
    cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement, values)
    ((plans,),) = cursor.fetchall()
    return float(plans[0]["Execution Time"]), float(plans[0]["Planning Time"])


if __name__ == "__main__":
    main()
