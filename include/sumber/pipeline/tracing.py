"""Tracing across articles: which articles carry one copy, which appearances make one claim, and who is meant by "US media".

Both look up candidates in an index in Postgres and judge pairs by the two alone, so that the order in which articles arrive does not
matter. A batch is read and filed before; for `derive` and `group` the caller holds the grouping lock, in the transaction that filed the
batch and writes what is found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, reviews, store
from sumber.sourcing import chains, claims, wire
from sumber.sourcing.model import Appearance, Article, Derivation
from sumber.sourcing.sources import Registry

Key = tuple[int, int]  # article id, ordinal
Cell = tuple[int, int]  # a key of an index, and a day


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch's articles and appearances, and what they give to compare: which takes no other article, and is read before others wait.

    `attributed` is article id -> generation of the open attributings that they come from; `filed` are the rows that say under what they are
    filed.
    """

    attributed: Mapping[int, int]
    articles: Mapping[int, Article]
    appearances: Sequence[Appearance]
    signatures: Mapping[int, wire.Signature]
    passages: Mapping[Key, claims.Passage]
    filed: Sequence[store.Row]


@dataclass(frozen=True, slots=True)
class Changes:
    """What came to be filed (or, less than 0, is so no more) by a batch: by band the (day, article id), and how many by key and day."""

    bands: dict[int, set[tuple[int, int]]]
    keys: Counter[Cell]
    passage_keys: Counter[Cell]

    def add(self, more: Changes) -> None:
        """Add what a later filing in the same transaction changed."""
        for band, places in more.bands.items():
            self.bands[band] = self.bands.get(band, set()) | places
        self.keys.update(more.keys)
        self.passage_keys.update(more.passage_keys)


@dataclass(frozen=True, slots=True)
class Opened:
    """An article that a batch meets, with its appearances, and the passages that were read of them so far, by ordinal."""

    article: Article
    appearances: dict[int, Appearance]
    passages: dict[int, claims.Passage]


class Shelf:
    """The traced articles elsewhere that a batch meets, each looked up, loaded and read once.

    They stay as they are while the caller holds the grouping lock, until it writes what it found.
    """

    def __init__(self, registry: Registry, knowledge: wire.Knowledge) -> None:
        self.registry, self.knowledge = registry, knowledge
        self._asked: set[int] = set()
        self._generations: dict[int, int] = {}  # of the attributings, by article id
        self._months: dict[int, date] = {}
        self._articles: dict[int, Article] = {}
        self._opened: dict[int, Opened] = {}

    def articles(self, cursor: Cursor, ids: Iterable[int]) -> dict[int, Article]:
        """Return those of some articles that have been traced."""
        wanted = set(ids)
        traced = store.load_traced(cursor, wanted - self._asked)
        self._asked |= wanted
        readings = store.load_readings(cursor, traced)
        self._generations |= traced
        self._months |= frames.months(readings)
        self._articles.update((one.id, one) for one in frames.articles(readings))
        return {number: self._articles[number] for number in sorted(wanted & self._articles.keys())}

    def signatures(self, cursor: Cursor, ids: Iterable[int]) -> dict[int, wire.Signature]:
        """Return the signatures of those of some articles that have been traced."""
        return {number: wire.signature(one, self.knowledge) for number, one in self.articles(cursor, ids).items()}

    def open(self, cursor: Cursor, ids: Iterable[int]) -> dict[int, Opened]:
        """Return those of some articles that have been traced, with their appearances."""
        articles = self.articles(cursor, ids)
        lacking = {number: self._generations[number] for number in articles if number not in self._opened}
        self._opened.update((number, Opened(articles[number], {}, {})) for number in lacking)
        for one in frames.appearances(*store.load_appearances(cursor, lacking, self._months)):
            self._opened[one.article_id].appearances[one.ordinal] = one
        return {number: self._opened[number] for number in articles}

    def passages(self, opened: Iterable[Opened]) -> dict[Key, claims.Passage]:
        """Return all passages of some articles."""
        every = [(one, ordinal) for one in opened for ordinal in one.appearances]
        return {(one.article.id, ordinal): self.passage(one, ordinal) for one, ordinal in every}

    def passage(self, opened: Opened, ordinal: int) -> claims.Passage:
        """Return one passage of an article."""
        if ordinal not in opened.passages:
            opened.passages[ordinal] = claims.passage(opened.article, opened.appearances[ordinal], self.registry, self.knowledge)
        return opened.passages[ordinal]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a batch's appearances and all that belongs together with them make up.

    `resolutions` name vague sources in the batch and elsewhere; `shaken` are the articles elsewhere whose stored chains say otherwise.
    """

    grouping: claims.Grouping
    resolutions: tuple[chains.Resolution, ...]
    shaken: frozenset[int]


class _Ranges:
    """From which day to which each key is looked up: so many `days` around the days that are added."""

    def __init__(self, days: int) -> None:
        self.days = days
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def add(self, key: int, day: int) -> None:
        """Look a key up around a day."""
        if day < self._first.setdefault(key, day):
            self._first[key] = day
        if day > self._last.setdefault(key, day):
            self._last[key] = day

    def around(self) -> dict[int, tuple[int, int]]:
        """Return the first and last day for each key."""
        return {key: (first - self.days, self._last[key] + self.days) for key, first in self._first.items()}


def read(cursor: Cursor, items: Sequence[int], registry: Registry, knowledge: wire.Knowledge) -> Batch:
    """Read the articles `items`, those that still have an open attributing."""
    attributed = store.load_attributed(cursor, items)
    articles, appearances = load(cursor, attributed)
    signatures = {number: wire.signature(article, knowledge) for number, article in sorted(articles.items())}
    passages = {one.place: one for one in claims.passages(articles, appearances, registry, knowledge)}
    return Batch(attributed, articles, appearances, signatures, passages, frames.of_filed(signatures.values(), passages.values()))


def file(cursor: Cursor, items: Sequence[int], batch: Batch) -> Changes:
    """File a batch under its bands and keys, for others to find once it is committed; `items` without an open attributing under none."""
    changes = store.refile(cursor, items, batch.filed)
    bands: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for rows in changes["article_band"]:
        for article_id, band, day, _ in rows:
            bands[band].add((day, article_id))
    return Changes(bands, _cells(*changes["article_key"]), _cells(*changes["passage_key"]))


def _cells(gone: Iterable[store.Row], new: Iterable[store.Row]) -> Counter[Cell]:
    """Return how many rows more there are, or fewer, under each key and day."""
    changes = Counter((key, day) for _, key, day, *_ in new)
    changes.subtract(Counter((key, day) for _, key, day, *_ in gone))
    return changes


def derive(
    cursor: Cursor, items: Sequence[int], batch: Batch, changes: Changes, shelf: Shelf, method_version: str, run: str
) -> tuple[list[Derivation], set[int]]:
    """Find which articles carry the same copy as those of a batch, and store it.

    `items` are the batch's article ids, also of those that have no open attributing any more. Returns every derivation that the batch's
    articles reach, and the articles outside the batch whose chains rest on a derivation that changed.
    """
    scope, found = _find(cursor, items, batch, changes, shelf)
    before = store.load_derivations(cursor, scope)
    if not store.replace_derivations(cursor, scope, frames.of_derivations(found, method_version), run):
        return frames.derivations(before), set()
    after = frames.derivations(store.load_derivations(cursor, scope))
    told_in = chains.stories(frames.derivations(before)), chains.stories(after)
    changed = {number for number in {*told_in[0], *told_in[1]} if told_in[0].get(number, number) != told_in[1].get(number, number)}
    return after, changed - set(items)


def _find(cursor: Cursor, items: Sequence[int], batch: Batch, changes: Changes, shelf: Shelf) -> tuple[list[int], list[Derivation]]:
    """Return which articles' derivations are to be found anew, the batch's and others' that meet others now, and all of them."""
    knowledge = shelf.knowledge
    days = knowledge.windows.same_copy.days
    signatures = dict(batch.signatures)
    filed, loads = _look_up(cursor, batch.signatures.values(), changes.bands, changes.keys, knowledge)
    pairs = set(wire.candidates(signatures.values(), filed, days))
    # What arrived stands between them, or left room: whom they meet is looked up anew.
    turned = wire.turned(loads, changes.keys, days, wire.CROWD)
    moved = wire.moved(filed.bands, changes.bands) | set(store.articles_under(cursor, "article_key", turned))
    again = shelf.signatures(cursor, moved - set(items))
    if again:
        pairs.update(wire.candidates(again.values(), _look_up(cursor, again.values(), {}, {}, knowledge)[0], days))
    scope = sorted({*items, *again})
    signatures |= again
    signatures |= shelf.signatures(cursor, {number for pair in pairs for number in pair} - set(scope))
    known = ((signatures[a], signatures[b]) for a, b in pairs if a in signatures and b in signatures)
    return scope, wire.compared(known)


def _look_up(
    cursor: Cursor,
    signatures: Iterable[wire.Signature],
    bands: Mapping[int, Iterable[tuple[int, int]]],
    keys: Mapping[Cell, int],
    knowledge: wire.Knowledge,
) -> tuple[wire.Index, dict[Cell, int]]:
    """Return what is filed near some articles, and near places in `bands` and `keys` besides; and how many under each key and day."""
    # Copies lie under the same bands and keys.
    days_of: dict[wire.Wording, set[int]] = defaultdict(set)
    places: dict[wire.Wording, list[tuple[int, int]]] = defaultdict(list)
    for one in signatures:
        days_of[one.wording].add(one.day)
        places[one.wording].append((one.day, one.article.id))
    ends = {band: [(*min(some), *max(some))] for band, some in bands.items()}
    for wording, some in places.items():
        for band in set(wording.bands):
            ends.setdefault(band, []).append((*min(some), *max(some)))
    sought = {band: (*min(some)[:2], *max(place[2:] for place in some)) for band, some in ends.items()}
    ranges = _Ranges(knowledge.windows.same_copy.days)
    for wording, its_days in days_of.items():
        first, last = min(its_days), max(its_days)
        for key in {key for link in wording.links for key in link}:
            ranges.add(key, first)
            ranges.add(key, last)
    for key, day in keys:
        ranges.add(key, day)
    rows, loads = _find_keys(cursor, "article_key", ranges, keys, wire.CROWD)
    articles, owners = np.unique(rows["article_id"], return_inverse=True)
    is_few = np.zeros(len(articles), dtype=bool)
    is_few[owners] = rows["is_one_of_few"]
    crowded = frozenset(cell for cell, load in loads.items() if load > wire.CROWD)
    banded = _banded(store.find_bands(cursor, sought, wire.NEIGHBOURS))
    return wire.Index(banded, wire.Filed(rows["key"], rows["day"], owners), articles.tolist(), is_few, crowded), loads


def _banded(rows: Mapping[str, npt.NDArray[Any]]) -> dict[int, tuple[wire.Banded, ...]]:
    """Return what was found under bands, in order, by band; copies of one text lie under many, which then have one and the same tuple."""
    order = np.lexsort((rows["article_id"], rows["day"], rows["band"]))
    table = np.column_stack([rows[name][order].astype(np.int64) for name in ("day", "article_id", "is_dated")])
    bands, starts = np.unique(rows["band"][order], return_index=True)
    known: dict[bytes, tuple[wire.Banded, ...]] = {}
    found = {}
    for band, some in zip(bands.tolist(), np.split(table, starts[1:]) if len(bands) else (), strict=True):
        same = some.tobytes()
        if same not in known:
            known[same] = tuple(wire.Banded(day, article_id, bool(is_dated)) for day, article_id, is_dated in some.tolist())
        found[band] = known[same]
    return found


def _find_keys(
    cursor: Cursor, table: str, ranges: _Ranges, changes: Mapping[Cell, int], most: int
) -> tuple[dict[str, npt.NDArray[Any]], dict[Cell, int]]:
    """Return what a table of keys holds within ranges under keys that are not crowded on the day (`most`), as columns.

    And how many are filed under a key up to a day, for all where that is more, and for all that may have been more before `changes`.
    """
    around = ranges.around()
    found = store.find_keys(cursor, table, {key: (first - ranges.days, last) for key, (first, last) in around.items()})
    order = np.lexsort((found["day"], found["key"]))
    found = {name: column[order] for name, column in found.items()}
    load = wire.loads(found["key"], found["day"], ranges.days)
    keys = np.array(sorted(around), dtype=np.int64)
    first = np.array([around[key][0] for key in keys.tolist()], dtype=np.int64)
    is_sought = found["day"] >= first[np.searchsorted(keys, found["key"])]
    emptied = np.array([key for (key, _), more in changes.items() if more < 0], dtype=np.int64)
    is_told = is_sought & ((load > most) | np.isin(found["key"], emptied))
    told = zip(found["key"][is_told].tolist(), found["day"][is_told].tolist(), load[is_told].tolist(), strict=True)
    is_shown = is_sought & (load <= most)
    return {name: column[is_shown] for name, column in found.items()}, {(key, day): number for key, day, number in told}


def group(
    cursor: Cursor,
    items: Sequence[int],
    batch: Batch,
    changes: Changes,
    derived: Sequence[Derivation],
    shelf: Shelf,
) -> Grouped:
    """Group the appearances of a batch with all that belong together with them, in whatever articles.

    `derived` are the derivations that the batch's articles reach (`derive`).
    """
    said = reviews.for_tracing(cursor)
    told_in = chains.stories(derived)
    own = {told_in[number] for number in items if number in told_in}
    kin = {number for number, story in told_in.items() if story in own}
    together = _gather(cursor, items, batch, changes, kin, shelf, said)
    articles, appearances = together.articles, together.appearances
    derivations = frames.derivations(store.load_derivations(cursor, articles))
    grouping = claims.group_passages(
        together.passages.values(), shelf.knowledge, derivations, frozenset(together.crowded), *said.on_merges(articles, appearances)
    )
    rulings = said.on_vague(articles, appearances, shelf.registry)
    resolutions = chains.resolutions(articles, appearances, grouping, derivations, rulings)
    return Grouped(grouping, resolutions, _shaken(cursor, set(articles) - set(items), resolutions))


@dataclass(frozen=True, slots=True)
class _Together:
    """What is grouped with a batch, and itself; `crowded` are the keys on days that tell nothing."""

    articles: dict[int, Article]
    appearances: list[Appearance]
    passages: dict[Key, claims.Passage]
    crowded: set[Cell]


def _gather(
    cursor: Cursor, items: Sequence[int], batch: Batch, changes: Changes, kin: set[int], shelf: Shelf, said: reviews.Traced
) -> _Together:
    """Gather what is to be grouped with a batch: whole components.

    They hold the articles that were grouped with the batch's before, those that carry the same story (`kin`), and all that are reached from
    there over pairs of passages that are alike.
    """
    together = _Together(dict(batch.articles), list(batch.appearances), dict(batch.passages), set())
    passages = together.passages
    days = max(shelf.knowledge.windows.utterance, shelf.knowledge.windows.claim).days
    turning: Mapping[Cell, int] = changes.passage_keys
    frontier = list(passages.values())
    reached = set(items)
    waiting = set(store.grouped_articles(cursor, items)) | kin | said.partners(items)
    while frontier or waiting - reached:
        waiting -= reached
        more = shelf.open(cursor, waiting)
        reached |= waiting
        together.articles.update((number, one.article) for number, one in more.items())
        together.appearances.extend(appearance for one in more.values() for appearance in one.appearances.values())
        admitted = shelf.passages(more.values())
        passages.update(admitted)
        frontier += admitted.values()
        filed, loads = _find_passages(cursor, frontier, turning, days)
        together.crowded.update(cell for cell, load in loads.items() if load > claims.CROWD)
        # Those who met under a key that is crowded now, or meet under one that is so no more, are grouped anew.
        turned = store.articles_under(cursor, "passage_key", wire.turned(loads, turning, days, claims.CROWD))
        waiting = _story(cursor, more) | said.partners(more) | {*turned, *store.grouped_articles(cursor, turned)}
        # Candidates are judged before they are admitted: sharing two words joins nothing.
        pairs = list(claims.meetings(frontier, _filed_passages(filed, frozenset(together.crowded), reached)))
        candidates = shelf.open(cursor, {other[0] for _, other in pairs})
        for mine, (article_id, ordinal) in pairs:
            if article_id in waiting or article_id not in candidates or ordinal not in candidates[article_id].appearances:
                continue
            if claims.may_join(passages[mine], shelf.passage(candidates[article_id], ordinal)):
                waiting.add(article_id)
        frontier, turning = [], Counter()
    return together


def _find_passages(
    cursor: Cursor, passages: Iterable[claims.Passage], keys: Mapping[Cell, int], window: int
) -> tuple[dict[str, npt.NDArray[Any]], dict[Cell, int]]:
    """Return the passages filed near some, and near `keys` besides, as `_find_keys` does."""
    ranges = _Ranges(window)
    for key, day in {(key, one.day) for one in passages for key in one.keys} | keys.keys():
        ranges.add(key, day)
    return _find_keys(cursor, "passage_key", ranges, keys, claims.CROWD)


def _filed_passages(rows: Mapping[str, npt.NDArray[Any]], crowded: frozenset[Cell], reached: Iterable[int]) -> claims.Index:
    """Return the index of what was found under the keys of passages, those of the articles that are `reached` left out."""
    is_elsewhere = ~np.isin(rows["article_id"], np.fromiter(reached, np.int64))
    rows = {name: column[is_elsewhere] for name, column in rows.items()}
    order = np.lexsort((rows["ordinal"], rows["article_id"]))
    articles, ordinals = rows["article_id"][order], rows["ordinal"][order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (articles[1:] != articles[:-1]) | (ordinals[1:] != ordinals[:-1])
    owners = np.empty(len(order), dtype=np.int64)
    owners[order] = np.cumsum(is_first) - 1
    places = list(zip(articles[is_first].tolist(), ordinals[is_first].tolist(), strict=True))
    needed = rows["needed"][order][is_first].astype(np.int64)
    return claims.Index(wire.Filed(rows["key"], rows["day"], owners), places, needed, crowded)


def _story(cursor: Cursor, ids: Iterable[int]) -> set[int]:
    """Return the articles that carry the same story as some of these, over any number of derivations."""
    table = store.load_derivations(cursor, ids)
    return {*table["derived_id"], *table["original_id"]}


def _shaken(cursor: Cursor, ids: set[int], resolutions: Iterable[chains.Resolution]) -> frozenset[int]:
    """Return those of the articles whose stored chains name other outlets for their vague sources, or on other evidence."""
    named: dict[Key, tuple[set[int], set[int]]] = {}
    for one in resolutions:
        for ordinal in one.ordinals:
            outlets, evidence = named.setdefault((one.article_id, ordinal), (set(), set()))
            outlets.add(one.named.id)
            evidence.update(article_id for article_id, _ in one.evidence)
    stored: dict[Key, tuple[set[int], set[int]]] = {}
    for row in frames.records(store.load_chain_paths(cursor, ids)):
        nodes, evidence = stored.setdefault((row["article_id"], row["ordinal"]), (set(), set()))
        nodes.update(row["path"])
        evidence.update(row["named_by"])
    shaken = set()
    for key, (nodes, named_by) in stored.items():
        outlets, evidence = named.get(key, (set(), set()))
        if evidence != named_by or not outlets <= nodes:
            shaken.add(key[0])
    return frozenset(shaken)


def load(cursor: Cursor, generations: Mapping[int, int]) -> tuple[dict[int, Article], list[Appearance]]:
    """Return articles and appearances of the given attributings: article id -> generation."""
    readings = store.load_readings(cursor, generations)
    articles = {one.id: one for one in frames.articles(readings)}
    return articles, frames.appearances(*store.load_appearances(cursor, generations, frames.months(readings)))
