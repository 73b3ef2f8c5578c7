"""Tracing across articles: which articles carry one copy, which appearances make one claim, and who is meant by "US media".

Both look up candidates in an index in Postgres and judge pairs by the two alone, so that the order in which articles arrive does not
matter. The caller holds the grouping lock, in the transaction that writes what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, reviews, store
from sumber.sourcing import chains, claims, wire
from sumber.sourcing.model import Appearance, Article, Derivation
from sumber.sourcing.sources import Registry

Key = tuple[int, int]  # article id, ordinal


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a batch's appearances and all that belongs together with them make up.

    `resolutions` name vague sources in the batch and elsewhere; `shaken` are the articles elsewhere whose stored chains say otherwise.
    """

    grouping: claims.Grouping
    resolutions: tuple[chains.Resolution, ...]
    shaken: frozenset[int]


def derive(
    cursor: Cursor, items: Sequence[int], articles: Mapping[int, Article], knowledge: wire.Knowledge, method_version: str, run: str
) -> tuple[list[Derivation], set[int]]:
    """Find which articles carry the same copy as those of a batch, and store it.

    `items` are the batch's article ids, `articles` those of them that still have an open attributing. Returns every derivation that the
    batch's articles reach, and the articles outside the batch whose chains rest on a derivation that changed.
    """
    signatures = {number: wire.signature(article, knowledge) for number, article in sorted(articles.items())}
    store.index_articles(cursor, items, frames.of_bands(signatures.values()), *frames.of_keys(signatures.values()))
    pairs = store.similar_articles(cursor, wire.SHARED_KEYS, knowledge.windows.same_copy.days)
    others = load(cursor, store.load_traced(cursor, {number for pair in pairs for number in pair} - set(items)))[0]
    signatures.update({number: wire.signature(article, knowledge) for number, article in others.items()})
    found = [wire.compare(signatures[a], signatures[b]) for a, b in pairs if a in signatures and b in signatures]
    before = store.load_derivations(cursor, items)
    changed = store.replace_derivations(
        cursor, items, frames.of_derivations((one for one in found if one is not None), method_version), run
    )
    after = store.load_derivations(cursor, items)
    touched: set[int] = set()
    if changed:
        for table in (before, after):
            touched.update(table["derived_id"], table["original_id"])
    return frames.derivations(after), touched - set(items)


def group(
    cursor: Cursor,
    items: Sequence[int],
    articles: Mapping[int, Article],
    appearances: Iterable[Appearance],
    registry: Registry,
    knowledge: wire.Knowledge,
) -> Grouped:
    """Group the appearances of a batch with all that belong together with them, in whatever articles.

    The grouping holds whole components: articles that were grouped with the batch's before, those that carry the same story, and all that
    are reached from there over pairs of passages that are alike.
    """
    known_articles = dict(articles)
    known_appearances = list(appearances)
    read = (claims.passage(articles[one.article_id], one, registry, knowledge) for one in known_appearances)
    passages = {(one.article.id, one.appearance.ordinal): one for one in read}
    store.index_passages(cursor, items, frames.of_passage_keys(passages.values()))
    days = max(knowledge.windows.utterance, knowledge.windows.claim).days
    frontier = set(articles)
    reached = set(items)
    said = reviews.for_tracing(cursor)
    waiting = set(store.grouped_articles(cursor, items)) | _story(cursor, items) | said.partners(items)
    while frontier or waiting:
        more, their_appearances = load(cursor, store.load_traced(cursor, waiting - reached))
        known_articles.update(more)
        known_appearances += their_appearances
        for one in their_appearances:
            passages[one.article_id, one.ordinal] = claims.passage(more[one.article_id], one, registry, knowledge)
        reached |= waiting
        frontier |= set(more)
        pairs = store.similar_passages(cursor, frontier, reached, days)
        waiting, frontier = (_story(cursor, more) | said.partners(more)) - reached, set()
        # Candidates are judged before they are admitted: sharing two words joins nothing.
        candidates: dict[Key, claims.Passage] = {}
        some = {other[0] for _, other in pairs}
        some_articles, some_appearances = load(cursor, store.load_traced(cursor, some))
        for one in some_appearances:
            candidates[one.article_id, one.ordinal] = claims.passage(some_articles[one.article_id], one, registry, knowledge)
        for mine, other in pairs:
            if mine in passages and other in candidates and claims.may_join(passages[mine], candidates[other]):
                waiting.add(other[0])
    derivations = frames.derivations(store.load_derivations(cursor, known_articles))
    grouping = claims.group(
        known_articles, known_appearances, registry, knowledge, derivations, *said.on_merges(known_articles, known_appearances)
    )
    rulings = said.on_vague(known_articles, known_appearances, registry)
    resolutions = chains.resolutions(known_articles, known_appearances, grouping, derivations, rulings)
    return Grouped(grouping, resolutions, _shaken(cursor, set(known_articles) - set(items), resolutions))


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
    articles = {one.id: one for one in frames.articles(store.load_readings(cursor, generations))}
    return articles, frames.appearances(*store.load_appearances(cursor, generations))
