"""Reads and writes in Postgres: one function per SQL file or per set of files that belong together, frames in and frames out.

Writing is COPY into temporary tables, then set-based statements, all inside the caller's transaction.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.sourcing import identity

log = logging.getLogger(__name__)

QUERIES = Path(__file__).resolve().parents[1] / "sql" / "queries"

LEASE_MINUTES = 30
MAX_ATTEMPTS = 9
MAX_LEASED = 200_000  # items that one call of `lease` takes


class LeaseLostError(Exception):
    """The batch was given to somebody else while work on it went on: nothing may be written for it."""


@contextmanager
def transaction(url: str, is_frozen: bool = False) -> Iterator[Cursor]:
    """Open a connection and one transaction; commit when the block ends well, roll back otherwise.

    With `is_frozen` all of its statements see the database as it was when the first one began.
    """
    isolation = " -c default_transaction_isolation=repeatable\\ read" if is_frozen else ""
    connection = psycopg2.connect(url, application_name="sumber", options=f"-c timezone=UTC -c jit=off{isolation}")
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@lru_cache(maxsize=256)
def _text(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _run(cursor: Cursor, name: str, /, **values: object) -> int:
    """Run a statement; return the number of rows it touched."""
    cursor.execute(_text(name), values or None)
    return cursor.rowcount


def _ids(cursor: Cursor, name: str, /, **values: object) -> list[int]:
    """Run a statement that returns ids; return them, each once, in order."""
    cursor.execute(_text(name), values or None)
    return sorted({row[0] for row in cursor.fetchall()})


def _rows(cursor: Cursor, name: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Run a reading query of which many plain rows are expected; return them as they come."""
    cursor.execute(_text(name), values or None)
    return cursor.fetchall()


def _arrays(cursor: Cursor, name: str, columns: Mapping[str, str], /, **values: object) -> dict[str, npt.NDArray[Any]]:
    """Run a reading query without nulls of which very many rows are expected; return its columns, as arrays of the types in `columns`.

    Lists among the values, of whole numbers, may be as long.
    """
    told = {key: f"{{{','.join(map(str, value))}}}" if isinstance(value, list) else value for key, value in values.items()}
    wanted = cursor.mogrify(_text(name), told).decode()
    buffer = io.BytesIO()
    cursor.copy_expert(_text("copy_query").format(query=wanted), buffer)
    row = _binary_row(columns)
    size = buffer.tell() - len(_BINARY_HEAD) - len(_BINARY_END)
    rows = np.frombuffer(buffer.getbuffer(), row, size // row.itemsize, len(_BINARY_HEAD))
    return {column: rows[column].astype(np.dtype(kind).newbyteorder("=")) for column, kind in columns.items()}


# COPY's binary format: a head; for each row the number of its fields, and each field behind its size; an end.
_BINARY_HEAD, _BINARY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"


def _binary_row(columns: Mapping[str, str]) -> np.dtype[Any]:
    """Return one row of COPY's binary format, of columns of these types."""
    fields = [("fields", ">i2"), *(field for column, kind in columns.items() for field in ((f"size of {column}", ">i4"), (column, kind)))]
    return np.dtype(fields)


def query(cursor: Cursor, name: str, /, **values: object) -> pd.DataFrame:
    """Run a reading query; return its rows as a frame of Python objects with the query's column names."""
    cursor.execute(_text(name), values or None)
    columns = [column.name for column in cursor.description or ()]
    return pd.DataFrame(cursor.fetchall(), columns=columns, dtype=object)


def _stage(cursor: Cursor, name: str, table: pd.DataFrame, columns: Iterable[str] | None = None) -> None:
    """Make the temporary table `staged_<name>` and copy the frame's `columns` (default: all) into it."""
    kept = list(table.columns if columns is None else columns)
    _stage_rows(cursor, name, kept, zip(*(table[column].tolist() for column in kept), strict=True))


def _stage_rows(cursor: Cursor, name: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Make the temporary table `staged_<name>` and copy rows with these columns into it."""
    cursor.execute(_text(f"stage/{name}"))
    lines = io.StringIO()
    for row in rows:
        lines.write("\t".join(map(_copied, row)))
        lines.write("\n")
    lines.seek(0)
    statement = sql.SQL(_text("copy_rows")).format(
        table=sql.Identifier(f"staged_{name}"), columns=sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    cursor.copy_expert(statement, lines)


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(value: object) -> str:
    """Return a value in COPY's text format."""
    if type(value) is int:  # most are
        return str(value)
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return "\\N"
    if isinstance(value, bytes | memoryview):
        return "\\\\x" + bytes(value).hex()
    return _literal(value).translate(_ESCAPES)


def _literal(value: object) -> str:
    """Return a value as Postgres reads it from text; sequences become array literals."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | tuple):
        return "{" + ",".join(map(_element, value)) + "}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _element(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if value is None else _literal(value)


# --- captures ------------------------------------------------------------------------------------------------


def save_captures(cursor: Cursor, captures: pd.DataFrame, contents: pd.DataFrame) -> int:
    """Store captures that are not yet there, with their bytes, and queue them to be read; return how many were new."""
    _stage(cursor, "content", contents)
    _stage(cursor, "capture", captures)
    _run(cursor, "save_contents")
    _run(cursor, "save_captures")
    row = cursor.fetchone()
    _drop_staged(cursor, "content", "capture")
    return int(row[0]) if row else 0


def known_captures(cursor: Cursor, ids: Sequence[int]) -> list[int]:
    """Return which of these captures are stored."""
    return _ids(cursor, "known_captures", ids=list(ids))


def load_captures(cursor: Cursor, ids: Sequence[int]) -> pd.DataFrame:
    """Return captures with their compressed bytes, by id."""
    return query(cursor, "load_captures", ids=list(ids))


# --- watching ------------------------------------------------------------------------------------------------


def count_outlets(cursor: Cursor, since: datetime, until: datetime) -> pd.DataFrame:
    """Count the articles of captures from `since` until before `until` by outlet: parts, copies, attributed ones, languages, age."""
    return query(cursor, "count_outlets", since=since, until=until)


def count_feeds(cursor: Cursor, since: datetime, until: datetime) -> pd.DataFrame:
    """Count what each feed announced from `since` until before `until`, what was read of its captures, and what was refused."""
    return query(cursor, "count_feeds", since=since, until=until)


def load_outlet_days(cursor: Cursor, since: date, until: date) -> pd.DataFrame:
    """Return what was counted per outlet from one day to another, in order of days."""
    return query(cursor, "load_outlet_days", since=since, until=until)


def load_feed_days(cursor: Cursor, since: date, until: date) -> pd.DataFrame:
    """Return what was counted per feed from one day to another, in order of days."""
    return query(cursor, "load_feed_days", since=since, until=until)


def replace_days(cursor: Cursor, day: date, outlets: pd.DataFrame, feeds: pd.DataFrame, run: str) -> None:
    """Make these the rows of `day` in `core.outlet_day` and `core.feed_day`."""
    _stage(cursor, "outlet_day", outlets)
    _stage(cursor, "feed_day", feeds)
    for name in ("outlet_days", "feed_days"):
        _run(cursor, f"clear_{name}", day=day)
        _run(cursor, f"save_{name}", day=day, run=run)


# --- polling -------------------------------------------------------------------------------------------------


def load_feed_states(cursor: Cursor) -> pd.DataFrame:
    """Return the polling state of every feed that was polled or paused, and of the sitemaps that they list."""
    return query(cursor, "load_feed_states")


def save_feed_states(cursor: Cursor, states: pd.DataFrame) -> None:
    """Store what polling found of feeds; pauses stay as they are."""
    _stage(cursor, "feed_state", states)
    _run(cursor, "save_feed_states")
    _drop_staged(cursor, "feed_state")


def replace_listed_sitemaps(cursor: Cursor, index: str, urls: Sequence[str], at: datetime) -> None:
    """Make `urls` the sitemaps that are polled for an index: new ones are due at `at`, those that it lists no more are forgotten."""
    _run(cursor, "forget_sitemaps", index=index, urls=list(urls))
    _run(cursor, "save_listed_sitemaps", index=index, urls=list(urls), at=at)


def pause_feed(cursor: Cursor, url: str, by: str, reason: str, at: datetime) -> None:
    """Take a feed out of polling."""
    _run(cursor, "pause_feed", url=url, by=by, reason=reason, at=at)


def resume_feed(cursor: Cursor, url: str, at: datetime) -> bool:
    """Take a feed back into polling, due at once; return whether it was paused."""
    return _run(cursor, "resume_feed", url=url, at=at) == 1


def save_feed_entries(cursor: Cursor, entries: pd.DataFrame) -> int:
    """Store pages that feeds announced; return how many are new or were announced anew with a later time."""
    _stage(cursor, "feed_entry", entries)
    number = _run(cursor, "save_feed_entries")
    _drop_staged(cursor, "feed_entry")
    return number


def take_feed_entries(cursor: Cursor, at: datetime, until: datetime, most: int) -> pd.DataFrame:
    """Take at most `most` pages that are due, the longest waiting first, out of others' reach until `until`."""
    return query(cursor, "take_feed_entries", at=at, until=until, most=most)


def free_feed_entries(cursor: Cursor, urls: Sequence[str], at: datetime) -> None:
    """Make pages that were taken due again."""
    _run(cursor, "free_feed_entries", urls=list(urls), at=at)


def save_fetched_entries(cursor: Cursor, entries: pd.DataFrame) -> None:
    """Store what fetching found of pages."""
    _stage(cursor, "fetched_entry", entries)
    _run(cursor, "save_fetched_entries")
    _drop_staged(cursor, "fetched_entry")


def save_fetches(cursor: Cursor, fetches: pd.DataFrame, run: str) -> None:
    """Store attempts to fetch."""
    _stage(cursor, "fetch", fetches)
    _run(cursor, "save_fetches", run=run)
    _drop_staged(cursor, "fetch")


def load_host_states(cursor: Cursor) -> pd.DataFrame:
    """Return what is remembered of hosts."""
    return query(cursor, "load_host_states")


def save_host_states(cursor: Cursor, states: pd.DataFrame) -> None:
    """Store what is remembered of hosts."""
    _stage(cursor, "host_state", states)
    _run(cursor, "save_host_states")
    _drop_staged(cursor, "host_state")


# --- pending work --------------------------------------------------------------------------------------------


def enqueue(cursor: Cursor, step: str, ids: Iterable[int]) -> None:
    """Make items pending for a step, in the transaction that writes the reason for it."""
    _run(cursor, "queue", step=step, ids=sorted(set(ids)))


def requeue(cursor: Cursor, step: str, since: datetime | None = None, until: datetime | None = None, outlet: str | None = None) -> int:
    """Make articles pending again: those published from `since` until before `until`, of one outlet, or all; return how many."""
    return _run(cursor, "requeue", step=step, since=since, until=until, outlet=outlet)


def lease(cursor: Cursor, step: str, owner: str, size: int) -> list[int]:
    """Lease what is pending for a step in batches of at most `size` items; return the batches' ids.

    The batches that `owner` holds already come back first, their leases renewed. Items whose attempts keep failing come in ever smaller
    batches and at last alone, so that one bad item cannot hold up the rest; after nine attempts an item is refused (`given_up`).
    """
    batches = _ids(cursor, "renew_leases", step=step, owner=owner, minutes=LEASE_MINUTES)
    free = query(cursor, "free_items", step=step, most=MAX_LEASED)
    rows: list[tuple[int, int]] = []
    by_size: dict[int, list[int]] = {}
    hopeless = []
    for item, attempts in free.itertuples(index=False, name=None):
        if attempts >= MAX_ATTEMPTS:
            hopeless.append(item)
        else:
            by_size.setdefault(size if attempts < 3 else max(1, size // 40) if attempts < 6 else 1, []).append(item)
    for most, items in sorted(by_size.items(), reverse=True):
        for start in range(0, len(items), most):
            members = items[start : start + most]
            batch = identity.of("batch", step, owner, most, *members)
            batches.append(batch)
            rows += [(item, batch) for item in members]
    if hopeless:
        _run(cursor, "give_up", step=step, ids=hopeless, run=owner)
        log.warning("%s: %d items are given up after %d attempts each; core.rejection has why", step, len(hopeless), MAX_ATTEMPTS)
    if rows:
        _stage(cursor, "lease", pd.DataFrame(rows, columns=["item_id", "batch_id"], dtype=object))
        _run(cursor, "lease_items", step=step, owner=owner, minutes=LEASE_MINUTES)
    return batches


def begin(cursor: Cursor, step: str, batch: int) -> list[int]:
    """Count an attempt at a batch and return its items; none where it was settled or given to somebody else. Commit before working."""
    return _ids(cursor, "begin_batch", step=step, batch=batch)


def settle(cursor: Cursor, step: str, batch: int, items: Sequence[int]) -> None:
    """Take a batch's items out of the queue, in the transaction that writes their output. Raises LeaseLostError.

    Items that were asked for again meanwhile stay pending.
    """
    held = _ids(cursor, "hold_batch", step=step, batch=batch)
    if held != sorted(items):
        raise LeaseLostError(f"batch {batch} of step {step} is no longer held: {len(items)} items were begun, {len(held)} are left")
    _run(cursor, "settle_batch", step=step, batch=batch)
    _run(cursor, "free_batch", step=step, batch=batch)


def note_failure(cursor: Cursor, step: str, batch: int, failure: str) -> None:
    """Write down why an attempt at a batch failed."""
    _run(cursor, "note_failure", step=step, batch=batch, failure=failure.replace("\0", "\\x00")[:2000])


def count_pending(cursor: Cursor) -> dict[str, int]:
    """Return how many items are pending for each step."""
    return {str(step): int(items) for step, items in query(cursor, "count_pending").itertuples(index=False, name=None)}


# --- refusals and the ledger ---------------------------------------------------------------------------------


def save_rejections(cursor: Cursor, step: str, rejections: pd.DataFrame, captures: Sequence[int], run: str) -> None:
    """Store refused records, and close those of `captures` that this step refuses no longer."""
    _stage(cursor, "rejection", rejections)
    _run(cursor, "save_rejections", run=run)
    _run(cursor, "close_rejections", step=step, captures=list(captures))
    _drop_staged(cursor, "rejection")


def rejected_items(
    cursor: Cursor, rule: str | None, step: str | None, outlet: str | None, since: datetime | None, until: datetime | None
) -> pd.DataFrame:
    """Return step, capture and item behind each open rejection that is chosen; no item where nothing can be worked on again."""
    return query(cursor, "rejected_items", rule=rule, step=step, outlet=outlet, since=since, until=until)


def replayed_items(cursor: Cursor, step: str, items: Sequence[int], captures: Sequence[int], run: str) -> tuple[int, int, int]:
    """Return how many of these items `step` refuses no longer, how many `run` refused anew, and how many neither holds for."""
    found = query(cursor, "replayed_items", step=step, items=list(items), captures=list(captures), run=run)
    accepted, refused, remaining = next(found.itertuples(index=False, name=None))
    return int(accepted), int(refused), int(remaining)


def close_given_up(cursor: Cursor, articles: Sequence[int]) -> None:
    """Close the rejections of articles that were given up by tracing and are traced now."""
    _run(cursor, "close_given_up", articles=list(articles))


def save_step_run(cursor: Cursor, row: Mapping[str, object]) -> None:
    """Write one line of the ledger, in the transaction that writes the step's output."""
    _run(cursor, "save_step_run", **row)


# --- what was read -------------------------------------------------------------------------------------------


def replace_articles(cursor: Cursor, captures: Sequence[int], articles: pd.DataFrame, media_credits: pd.DataFrame, run: str) -> list[int]:
    """Make `articles` the open readings of `captures`; return the ids of the articles that changed.

    A reading that is no longer produced is closed. What is the same as before stays untouched.
    """
    _stage(cursor, "worked", pd.DataFrame({"item_id": list(captures)}, dtype=object))
    _stage(cursor, "article", articles, [column for column in articles.columns if column not in ("sha256", "captured_at")])
    _stage(cursor, "media_credit", media_credits)
    _run(cursor, "lock_articles_of_captures")
    closed = _ids(cursor, "close_articles")
    opened = _ids(cursor, "open_articles", run=run)
    return sorted({*closed, *opened})


def load_articles(cursor: Cursor, ids: Sequence[int]) -> pd.DataFrame:
    """Return the open readings of articles, with the capture's SHA-256."""
    return query(cursor, "load_articles", ids=list(ids))


# --- sources -------------------------------------------------------------------------------------------------


def save_sources(cursor: Cursor, sources: pd.DataFrame) -> None:
    """Store sources that attributions name; the registry's words for its own sources stay."""
    _stage(cursor, "source", sources)
    _run(cursor, "save_sources")
    _drop_staged(cursor, "source")


def save_registry(cursor: Cursor, sources: pd.DataFrame, aliases: pd.DataFrame, relations: pd.DataFrame) -> list[int]:
    """Bring the registry's sources, aliases and relations up to date; return the sources that changed, or whose names or relations did."""
    _run(cursor, "lock_registry")
    _stage(cursor, "source", sources)
    _stage(cursor, "source_alias", aliases)
    _stage(cursor, "source_relation", relations)
    changed = _ids(cursor, "changed_registry")
    if changed:
        _run(cursor, "save_sources")
        _run(cursor, "save_source_aliases")
        _run(cursor, "save_source_relations")
    _drop_staged(cursor, "source", "source_alias", "source_relation")
    return changed


def articles_naming(cursor: Cursor, sources: Sequence[int]) -> list[int]:
    """Return the attributed articles that name one of these sources, by an attribution or by an alias in their text."""
    return _ids(cursor, "articles_naming", sources=list(sources)) if sources else []


def refresh_statistics(cursor: Cursor) -> None:
    """Renew the planner's statistics of tables that grew or changed by more than half: what follows would be planned for what they were."""
    _run(cursor, "refresh_statistics")


# --- what was attributed -------------------------------------------------------------------------------------


def open_months(cursor: Cursor, articles: Sequence[int]) -> None:
    """Make the partitions that these articles' children need. In a transaction of its own, so that its locks are short."""
    _run(cursor, "open_months", articles=list(articles))


def replace_attributed(
    cursor: Cursor, items: Sequence[int], attributed: pd.DataFrame, appearances: pd.DataFrame, attributions: pd.DataFrame, run: str
) -> list[int]:
    """Make this the open attributing of the articles `items`; return the ids of those that changed. Sources must be stored."""
    _stage(cursor, "worked", pd.DataFrame({"item_id": list(items)}, dtype=object))
    _stage(cursor, "attributed", attributed)
    _stage(cursor, "appearance", appearances)
    _stage(cursor, "attribution", attributions, [name for name in attributions.columns if name not in ("content", "content_text", "text")])
    _run(cursor, "lock_attributed")
    closed = _ids(cursor, "close_attributed")
    opened = _ids(cursor, "open_attributed", run=run)
    return sorted({*closed, *opened})


def load_attributed(cursor: Cursor, ids: Iterable[int]) -> dict[int, int]:
    """Return article id -> generation of the open attributings of articles."""
    return _generations(query(cursor, "load_attributed", ids=sorted(ids)))


def load_traced(cursor: Cursor, ids: Iterable[int]) -> dict[int, int]:
    """Return article id -> generation of the attributings that the open tracings of articles rest on."""
    return _generations(query(cursor, "load_traced", ids=sorted(ids)))


def _generations(table: pd.DataFrame) -> dict[int, int]:
    return dict(zip(table["article_id"], table["generation"], strict=True))


def load_readings(cursor: Cursor, generations: Mapping[int, int]) -> pd.DataFrame:
    """Return the readings on which attributings (article id -> generation) rest."""
    return query(cursor, "load_readings", ids=list(generations), generations=list(generations.values()))


def load_appearances(cursor: Cursor, generations: Mapping[int, int], months: Mapping[int, date]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the appearances of attributings (article id -> generation), and their hops with their sources.

    `months` are those in which the readings were captured on which they rest (`load_readings`), by article id.
    """
    ids = sorted(generations)
    wanted = {"ids": ids, "generations": [generations[number] for number in ids], "months": [months[number] for number in ids]}
    return query(cursor, "load_appearances", **wanted), query(cursor, "load_attributions", **wanted)


# --- what was traced -----------------------------------------------------------------------------------------


def lock_grouping(cursor: Cursor) -> None:
    """Wait until nobody else groups claims: two groupings at once would each miss the other's articles."""
    _run(cursor, "lock_grouping")


def replace_traced(
    cursor: Cursor,
    items: Sequence[int],
    traced: pd.DataFrame,
    chains: pd.DataFrame,
    dependencies: pd.DataFrame,
    resolved: pd.DataFrame,
    utterances: pd.DataFrame,
    claims: pd.DataFrame,
    run: str,
) -> list[int]:
    """Make this the open tracing of the articles `items`; return the ids of those that changed.

    `utterances` and `claims` may hold other articles' too: of those only what a merge writes is updated.
    """
    _stage(cursor, "worked", pd.DataFrame({"item_id": list(items)}, dtype=object))
    _stage(cursor, "traced", traced)
    _stage(cursor, "chain", chains)
    _stage(cursor, "chain_dependency", dependencies)
    _stage(cursor, "resolved_hop", resolved)
    _stage(cursor, "utterance", utterances)
    _stage(cursor, "claim", claims)
    _run(cursor, "lock_traced")
    before = _ids(cursor, "canonical_claims")
    closed = _ids(cursor, "close_traced")
    merged = _run(cursor, "merge_utterances") + _run(cursor, "merge_claims")  # before others are opened, which have what was merged
    opened = _ids(cursor, "open_traced", run=run)
    if closed or opened or merged:
        _run(cursor, "replace_root_claims", claims=sorted({*before, *claims["canonical_id"]}))
    return sorted({*closed, *opened}) if not merged else sorted({*closed, *opened, *items})


Row = tuple[Any, ...]

FILED = {
    "article_band": {"article_id": ">i8", "band": ">i8", "day": ">i4", "is_dated": "?"},
    "article_key": {"article_id": ">i8", "key": ">i8", "day": ">i4", "is_one_of_few": "?"},
    "passage_key": {"article_id": ">i8", "key": ">i8", "day": ">i4", "ordinal": ">i4", "needed": ">i4"},
}
"""Columns of the tables in which articles are filed."""

FILED_ARTICLE = ("article_id", "day", "is_dated", "bands", "is_one_of_few", "keys", "ordinals", "passage_keys", "needed")
"""Columns of a row that says all under which one article is filed."""

FIRST_DATE = date(2000, 1, 1).toordinal()  # from which COPY's binary format counts dates


def refile(cursor: Cursor, items: Sequence[int], articles: Iterable[Row]) -> dict[str, tuple[set[Row], set[Row]]]:
    """Make `articles`, rows of FILED_ARTICLE, all under which the articles `items` are filed.

    Returns for each table of FILED the rows that went and those that came. Days are counted as `date.toordinal` does.
    """
    rows = _rows(cursor, "load_filed_articles", ids=list(items))
    before, after = {tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in rows}, set(articles)
    left, arrived = before - after, after - before
    if left:
        _run(cursor, "forget_filed_articles", ids=sorted(row[0] for row in left))
    _stage_rows(cursor, "filed_article", FILED_ARTICLE, arrived)
    _run(cursor, "file_articles")
    _drop_staged(cursor, "filed_article")
    changes = {}
    was, becomes = _spread(left), _spread(arrived)
    for table in FILED:
        gone, new = was[table] - becomes[table], becomes[table] - was[table]
        _unfile(cursor, table, sorted(gone))
        _file(cursor, table, list(new))
        changes[table] = gone, new
    return changes


def _spread(articles: Iterable[Row]) -> dict[str, set[Row]]:
    """Return the rows of the tables of FILED that rows of FILED_ARTICLE stand for."""
    rows: dict[str, set[Row]] = {table: set() for table in FILED}
    for number, day, is_dated, bands, is_one_of_few, keys, ordinals, passage_keys, needed in articles:
        rows["article_band"].update((number, band, day, is_dated) for band in bands)
        rows["article_key"].update((number, key, day, is_one_of_few) for key in keys)
        some = zip(ordinals, passage_keys, needed, strict=True)
        rows["passage_key"].update((number, key, day, ordinal, enough) for ordinal, key, enough in some)
    return rows


def _unfile(cursor: Cursor, table: str, rows: Sequence[Row]) -> None:
    """Take rows out of a table of FILED."""
    if rows:
        ids, keys, days, *ordinals = ([row[place] for row in rows] for place in range(4 if table == "passage_key" else 3))
        _run(cursor, f"forget_{table}s", ids=ids, keys=keys, days=days, ordinals=ordinals[0] if ordinals else [])


def _file(cursor: Cursor, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows to a table of FILED, in the order of its keys."""
    columns = FILED[table]
    filed = np.zeros(len(rows), _binary_row(columns))
    filed["fields"] = len(columns)
    for place, (column, kind) in enumerate(columns.items()):
        filed[f"size of {column}"] = np.dtype(kind).itemsize
        filed[column] = np.array([row[place] for row in rows], dtype=np.dtype(kind).newbyteorder("="))
    filed["day"] -= FIRST_DATE
    ordered = filed[np.argsort(filed["band" if "band" in columns else "key"])]
    statement = sql.SQL(_text("copy_filed")).format(
        table=sql.Identifier("core", table), columns=sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    cursor.copy_expert(statement, io.BytesIO(_BINARY_HEAD + ordered.tobytes() + _BINARY_END))


BANDED = {"band": ">i8", "day": ">i4", "article_id": ">i8", "is_dated": "?"}
"""Columns of what is found under bands."""


def find_bands(cursor: Cursor, places: Mapping[int, tuple[int, int, int, int]], neighbours: int) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of BANDED for bands; `places` are the first and last (day, article id) sought in each."""
    bands = sorted(places)
    columns = zip(*(places[band] for band in bands), strict=True) if bands else ((), (), (), ())
    names = ("first_days", "first_ids", "last_days", "last_ids")
    values = {name: list(column) for name, column in zip(names, columns, strict=True)}
    return _arrays(cursor, "find_bands", BANDED, bands=bands, neighbours=neighbours, **values)


FOUND = {
    "article_key": {"key": ">i8", "day": ">i4", "article_id": ">i8", "is_one_of_few": "?"},
    "passage_key": {"key": ">i8", "day": ">i4", "article_id": ">i8", "ordinal": ">i4", "needed": ">i4"},
}
"""Columns of what is found under keys."""


def find_keys(cursor: Cursor, table: str, places: Mapping[int, tuple[int, int]]) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of FOUND for keys, from the first day to the last of each in `places`."""
    keys = sorted(places)
    first, last = [places[key][0] for key in keys], [places[key][1] for key in keys]
    return _arrays(cursor, f"find_{table}s", FOUND[table], keys=keys, first_days=first, last_days=last)


def articles_under(cursor: Cursor, table: str, cells: Iterable[tuple[int, int]]) -> list[int]:
    """Return the articles that a table of keys holds under (key, day)."""
    some = sorted(cells)
    return _ids(cursor, f"articles_under_{table}s", keys=[key for key, _ in some], days=[day for _, day in some]) if some else []


def replace_derivations(cursor: Cursor, items: Sequence[int], derivations: pd.DataFrame, run: str) -> int:
    """Make these the open derivations that touch the articles `items`; return how many changed."""
    _stage(cursor, "derivation", derivations)
    return _run(cursor, "close_derivations", ids=list(items)) + _run(cursor, "open_derivations", run=run)


def load_derivations(cursor: Cursor, ids: Iterable[int]) -> pd.DataFrame:
    """Return the open derivations that articles reach over any number of steps."""
    return query(cursor, "load_derivations", ids=sorted(ids))


def load_chain_paths(cursor: Cursor, ids: Iterable[int]) -> pd.DataFrame:
    """Return the paths of the open chains of articles, each with the articles that named a vague source in it."""
    return query(cursor, "load_chain_paths", ids=sorted(ids))


def check_chains(cursor: Cursor, stories: Mapping[int, int]) -> dict[str, Any]:
    """Compare the stored chains of articles with what walking their edges gives; `stories` is article id -> story.

    Returns how many `chains` are stored and how many the edges gave (`walked`), how many of all that were `compared` are `differing`, and
    up to five `examples`, as (article id, ordinal).
    """
    table = query(cursor, "check_chains", ids=list(stories), stories=list(stories.values()))
    row = {str(name): table[name][0] for name in table.columns}
    return {**row, "examples": [tuple(map(int, one.split("#"))) for one in row["examples"]]}


def traced_articles(cursor: Cursor) -> list[int]:
    """Return the articles with an open tracing."""
    return _ids(cursor, "traced_articles")


def traced_since(cursor: Cursor, since: datetime) -> list[int]:
    """Return the articles that were traced, or lost or gained a derivation, at or after a time."""
    return _ids(cursor, "traced_since", since=since)


def waiting(cursor: Cursor, step: str, ids: Sequence[int]) -> list[int]:
    """Return which of these items are pending for a step."""
    return _ids(cursor, "waiting", step=step, ids=list(ids))


def last_check(cursor: Cursor) -> datetime | None:
    """Return when the last check of chains began that covered all it had to and found nothing wrong; None where there was none."""
    began: datetime | None = query(cursor, "last_check")["began"][0]
    return began


def grouped_articles(cursor: Cursor, ids: Sequence[int]) -> list[int]:
    """Return the other articles whose claims were grouped with, or related to, those of these articles."""
    return _ids(cursor, "grouped_articles", ids=list(ids))


def claims_of_articles(cursor: Cursor, ids: Iterable[int]) -> list[int]:
    """Return the ids of the open claims of articles."""
    return _ids(cursor, "claims_of_articles", ids=sorted(ids))


def replace_claim_relations(cursor: Cursor, claims: Iterable[int], relations: pd.DataFrame, run: str) -> int:
    """Make these the open relations that touch `claims`; return how many changed."""
    _stage(cursor, "claim_relation", relations)
    return _run(cursor, "close_claim_relations", claims=sorted(claims)) + _run(cursor, "open_claim_relations", run=run)


# --- scores and the mart -------------------------------------------------------------------------------------


def load_scored_sources(cursor: Cursor, known_at: datetime) -> pd.DataFrame:
    """Return every source at the end of a chain and every news organisation on one, among what was known at a time."""
    return query(cursor, "load_scored_sources", known_at=known_at)


def load_testimonies(cursor: Cursor, since: date, day: date, known_at: datetime) -> pd.DataFrame:
    """Return the positions of sources on checkable claims from `since` to the end of `day`, with their sources."""
    return query(cursor, "load_testimonies", since=since, day=day, known_at=known_at)


def load_bearings(cursor: Cursor, day: date, known_at: datetime) -> pd.DataFrame:
    """Return which claims deny or take back which, up to the end of `day`."""
    return query(cursor, "load_bearings", day=day, known_at=known_at)


def load_outcomes(cursor: Cursor, day: date, known_at: datetime) -> pd.DataFrame:
    """Return the checks from outside that were made by the end of `day` and held at a time, each with the texts that it may be about."""
    return query(cursor, "load_outcomes", day=day, known_at=known_at)


def load_claimed_passages(cursor: Cursor, articles: Iterable[int]) -> pd.DataFrame:
    """Return the spans of the traced passages of articles, with their claims."""
    return query(cursor, "load_claimed_passages", ids=sorted(articles))


def load_notes(cursor: Cursor, day: date, known_at: datetime) -> pd.DataFrame:
    """Return the overrides and replies that held at a time, oldest first."""
    return query(cursor, "load_notes", day=day, known_at=known_at)


def uncompared_copies(cursor: Cursor) -> pd.DataFrame:
    """Return the pairs of articles, one made from the other, whose passages were not compared as they are attributed now."""
    return query(cursor, "uncompared_copies")


def save_relays(cursor: Cursor, compared: pd.DataFrame, relays: pd.DataFrame, method_version: str, run: str) -> None:
    """Store that pairs were compared, and what was found; what is stored already stays."""
    _stage(cursor, "compared_copy", compared)
    _stage(cursor, "relay", relays)
    _run(cursor, "save_compared_copies", method_version=method_version, run=run)
    _run(cursor, "save_relays")
    _drop_staged(cursor, "compared_copy", "relay")


def load_relays(cursor: Cursor, since: date, day: date, known_at: datetime) -> pd.DataFrame:
    """Return the relayed passages, from `since` to the end of `day`, that were compared with the text of the outlet that they credit."""
    return query(cursor, "load_relays", since=since, day=day, known_at=known_at)


def load_practices(cursor: Cursor, day: date, known_at: datetime) -> pd.DataFrame:
    """Return how outlets work, counted over their chains up to the end of `day`."""
    return query(cursor, "load_practices", day=day, known_at=known_at)


def replace_scores(
    cursor: Cursor,
    day: date,
    known_on: date,
    scores: pd.DataFrame,
    evidence: pd.DataFrame,
    slices: pd.DataFrame,
    corroborations: pd.DataFrame,
    run: str,
) -> int | None:
    """Make these the scores of a day as known on a day; return how many changed, or None where they are closed and stay.

    Claims keep the corroboration of the latest day only. Days before `known_on` that are still provisional are closed first.
    """
    _run(cursor, "lock_scores")
    _run(cursor, "close_days", today=known_on)
    key = {"day": day, "known_on": known_on}
    if query(cursor, "is_closed_day", **key)["is_closed"][0]:
        return None
    _stage(cursor, "source_score", scores)
    _stage(cursor, "score_evidence", evidence)
    changed = _run(cursor, "clear_scores", **key)
    _run(cursor, "clear_evidence", **key)
    _run(cursor, "clear_slices", **key)
    changed += _run(cursor, "save_scores", **key, is_provisional=day == known_on, run=run)
    _run(cursor, "save_evidence", **key)
    _stage(cursor, "score_slice", slices)
    _run(cursor, "save_slices", **key)
    if query(cursor, "is_latest_day", **key)["is_latest"][0]:
        _stage(cursor, "claim_corroboration", corroborations)
        changed += _run(cursor, "clear_corroborations") + _run(cursor, "save_corroborations", **key)
        _drop_staged(cursor, "claim_corroboration")
    _drop_staged(cursor, "source_score", "score_evidence", "score_slice")
    return changed


def unexplained_scores(cursor: Cursor, day: date, known_on: date) -> list[str]:
    """Return the sources whose score of a day is not the sum of its evidence rows: none, ever."""
    return list(query(cursor, "unexplained_scores", day=day, known_on=known_on)["source_key"])


STAGED_FOR_MART = ("appearance", "article", "claim", "source_score", "source", "outlet")
MART = ("dim_source", "dim_outlet", "dim_article", "fct_appearance", "fct_claim", "fct_source_score")


def publish(cursor: Cursor) -> tuple[int, int, int]:
    """Bring the mart up to date; return chains in core, rows of `mart.fct_appearance`, and rows of the mart that changed."""
    _run(cursor, "publish/lock")
    for name in STAGED_FOR_MART:
        _run(cursor, f"publish/stage_{name}")
    _run(cursor, "publish/dim_date")
    changed = sum(_run(cursor, f"publish/{name}") for name in MART)
    # Facts before the members that they name.
    changed += sum(_run(cursor, f"publish/clear_{name}") for name in reversed(MART))
    _run(cursor, "publish/freshness")
    counted = query(cursor, "publish/count")
    return int(counted["chains"][0]), int(counted["published"][0]), changed


# --- for readers -----------------------------------------------------------------------------------------------


def report(cursor: Cursor) -> dict[str, pd.DataFrame]:
    """Return the report's tables: claims (one row per branch of an appearance on a page's last version), scores, steps and rejections."""
    return {name: query(cursor, f"report/{name}") for name in ("claims", "scores", "steps", "rejections")}


def fingerprint(cursor: Cursor) -> pd.DataFrame:
    """Return one row per table: its name, its number of rows and a hash over their business columns."""
    return query(cursor, "fingerprint")


def find_appearances(cursor: Cursor, number: int) -> pd.DataFrame:
    """Return every state of an appearance that readers have seen, the earliest first; none where there is no such appearance."""
    return query(cursor, "find_appearances", id=number)


def list_appearances(
    cursor: Cursor, most: int, place: str | None = None, words: Sequence[str] = (), ordinal: int | None = None, claim: int | None = None
) -> pd.DataFrame:
    """Return up to `most` passages that readers see; of a page that was changed, those of its last version among what is meant.

    Those of the articles at `place` (file name, record id, URL or SHA-256), of one `ordinal`, of one `claim`, that hold all of `words`.
    """
    wanted = [f"%{_ESCAPED.sub(_escaped, word)}%" for word in words] or None
    return query(cursor, "list_appearances", most=most, place=place, patterns=wanted, ordinal=ordinal, claim=claim)


_ESCAPED = re.compile(r"[%_\\]")


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"


def load_chains(cursor: Cursor, month: date, article: int, generation: int, ordinal: int) -> pd.DataFrame:
    """Return the chains of one appearance in one tracing of its article, a row per branch. `month` is that of the article's capture."""
    return query(cursor, "load_chains", month=month, article=article, generation=generation, ordinal=ordinal)


def load_resolved_hops(cursor: Cursor, article: int, generation: int, ordinal: int) -> pd.DataFrame:
    """Return the hops that other articles' naming, or a person, put into the branches of an appearance, with their sources."""
    return query(cursor, "load_resolved_hops", article=article, generation=generation, ordinal=ordinal)


def load_naming_articles(cursor: Cursor, article: int, generation: int, ordinal: int) -> pd.DataFrame:
    """Return the other articles on whose naming the chains of an appearance rest, branch by branch."""
    return query(cursor, "load_naming_articles", article=article, generation=generation, ordinal=ordinal)


def load_neighbours(cursor: Cursor, article: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Return the derivations that touch an article now, or did at a time, with the id and name of the other one."""
    return query(cursor, "load_neighbours", article=article, as_of=as_of or "infinity")


def load_relations(cursor: Cursor, claim: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Return what bears on a claim, and on what it bears, now or at a time."""
    return query(cursor, "load_relations", claim=claim, as_of=as_of or "infinity")


def find_sources(cursor: Cursor, name: str) -> pd.DataFrame:
    """Return the sources with this key, name or alias; those of the registry first."""
    return query(cursor, "find_sources", name=name)


def load_source(cursor: Cursor, number: int, key: str, as_of: date | None) -> dict[str, pd.DataFrame]:
    """Return what is known of a source: its use in chains, its relations, its latest scores up to `as_of`."""
    return {
        "uses": query(cursor, "source_uses", id=number),
        "relations": query(cursor, "source_relations", id=number),
        "scores": query(cursor, "source_scores", key=key, as_of=as_of),
    }


def claims_under_root(cursor: Cursor, root: int) -> list[int]:
    """Return the claims of which some passage's chain ends at a root, each by the id that its passages share."""
    return _ids(cursor, "claims_under_root", root=root)


def load_evidence(cursor: Cursor, key: str, ledger: str, day: date, known_at: date) -> pd.DataFrame:
    """Return the evidence rows of one score."""
    return query(cursor, "source_evidence", key=key, ledger=ledger, day=day, known_at=known_at)


def load_slices(cursor: Cursor, key: str, ledger: str, day: date, known_at: date) -> pd.DataFrame:
    """Return a score by topic and language."""
    return query(cursor, "source_slices", key=key, ledger=ledger, day=day, known_at=known_at)


def find_captures(cursor: Cursor, place: str) -> pd.DataFrame:
    """Return SHA-256, name and time of the captures with an article that a person means by SHA-256, name or URL, the oldest first."""
    return query(cursor, "find_captures", place=place)


# --- reviews -------------------------------------------------------------------------------------------------


def reviewed_texts(cursor: Cursor, sha256: str) -> dict[int, str]:
    """Return article id -> text of the open readings of the captures with these bytes."""
    table = query(cursor, "reviewed_texts", sha256=sha256)
    return dict(zip(table["id"], table["text"], strict=True))


def save_review(cursor: Cursor, row: Mapping[str, object]) -> None:
    """Store a verdict; the articles that it concerns become pending."""
    _run(cursor, "save_review", **row)


def withdraw_review(cursor: Cursor, number: int, by: str, reason: str, at: datetime) -> bool:
    """Withdraw a verdict; return whether there was one that held."""
    return _run(cursor, "withdraw_review", id=number, by=by, reason=reason, at=at) == 1


def load_reviews(cursor: Cursor) -> pd.DataFrame:
    """Return every verdict, newest first."""
    return query(cursor, "load_reviews")


def load_standing_reviews(cursor: Cursor, hashes: Iterable[str]) -> pd.DataFrame:
    """Return the verdicts on attributions that hold for captures with these SHA-256, oldest first."""
    return query(cursor, "load_standing_reviews", hashes=sorted(set(hashes)))


def load_reviews_for_tracing(cursor: Cursor) -> pd.DataFrame:
    """Return the verdicts on merges and vague sources that hold, oldest first, a row for each article or pair that they concern."""
    return query(cursor, "load_reviews_for_tracing")


# --- outcomes and notes --------------------------------------------------------------------------------------


def save_outcome(cursor: Cursor, row: Mapping[str, object]) -> int:
    """Store a check of a claim; return its id, or that of the same one that holds already."""
    number = row["id"]
    standing = query(cursor, "standing_outcome", **{name: value for name, value in row.items() if name not in ("id", "submitted_at")})
    if not standing.empty:
        return int(standing["id"][0])
    _run(cursor, "save_outcome", **row)
    return int(str(number))


def load_checked_passages(cursor: Cursor, sha256: str) -> pd.DataFrame:
    """Return the traced passages of the captures with these bytes: the article's text, their spans and their claims."""
    return query(cursor, "load_checked_passages", sha256=sha256)


def withdraw_outcome(cursor: Cursor, number: int, by: str, reason: str, at: datetime) -> bool:
    """Withdraw a check; return whether there was one that held."""
    return _run(cursor, "withdraw_outcome", id=number, by=by, reason=reason, at=at) == 1


def list_outcomes(cursor: Cursor) -> pd.DataFrame:
    """Return every check, newest first."""
    return query(cursor, "list_outcomes")


def save_note(cursor: Cursor, row: Mapping[str, object]) -> None:
    """Store an override or a reply."""
    _run(cursor, "save_note", **row)


def withdraw_note(cursor: Cursor, number: int, by: str, reason: str, at: datetime) -> bool:
    """Withdraw a note; return whether there was one that held."""
    return _run(cursor, "withdraw_note", id=number, by=by, reason=reason, at=at) == 1


def list_notes(cursor: Cursor, key: str | None) -> pd.DataFrame:
    """Return the notes on a source, or all, newest first."""
    return query(cursor, "list_notes", key=key)


def _drop_staged(cursor: Cursor, *names: str) -> None:
    for name in names:
        cursor.execute(sql.SQL(_text("drop_staged")).format(table=sql.Identifier(f"staged_{name}")))
