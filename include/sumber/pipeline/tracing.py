"""Tracing across articles: which articles carry one copy, and which appearances make one claim.

Both look up candidates in an index in Postgres and judge pairs by the two alone, so that the order in which articles arrive does not
matter. The caller holds the grouping lock, in the transaction that writes what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import frames, store
from sumber.sourcing import claims, wire
from sumber.sourcing.model import Appearance, Article, Derivation
from sumber.sourcing.sources import Registry

Key = tuple[int, int]  # article id, ordinal


def derive(
    cursor: Cursor, items: Sequence[int], articles: Mapping[int, Article], knowledge: wire.Knowledge, method_version: str, run: str
) -> tuple[list[Derivation], set[int]]:
    """Find which articles carry the same copy as those of a batch, and store it.

    `items` are the batch's article ids, `articles` those of them that still have an open attributing. Returns every derivation that the
    batch's articles reach, and the articles outside the batch whose chains rest on a derivation that changed.
    """
    signatures = {number: wire.signature(article, knowledge) for number, article in sorted(articles.items())}
    store.index_articles(cursor, items, frames.of_bands(signatures.values()), *frames.of_keys(signatures.values()))
    pairs = store.similar_articles(cursor, wire.SHARED_KEYS)
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
) -> claims.Grouping:
    """Group the appearances of a batch with all that belong together with them, in whatever articles.

    The grouping holds whole components: articles that were grouped with the batch's before, and all that are reached from there over pairs
    of passages that are alike.
    """
    known_articles = dict(articles)
    passages = {(one.article_id, one.ordinal): claims.passage(articles[one.article_id], one, registry, knowledge) for one in appearances}
    store.index_passages(cursor, items, frames.of_passage_keys(passages.values()))
    frontier = set(articles)
    reached = set(items)
    waiting = set(store.grouped_articles(cursor, items))
    while frontier or waiting:
        more, their_appearances = load(cursor, store.load_traced(cursor, waiting - reached))
        known_articles.update(more)
        for one in their_appearances:
            passages[one.article_id, one.ordinal] = claims.passage(more[one.article_id], one, registry, knowledge)
        reached |= waiting
        frontier |= set(more)
        pairs = store.similar_passages(cursor, frontier, reached)
        waiting, frontier = set(), set()
        # Candidates are judged before they are admitted: sharing two words joins nothing.
        candidates: dict[Key, claims.Passage] = {}
        some = {other[0] for _, other in pairs}
        some_articles, some_appearances = load(cursor, store.load_traced(cursor, some))
        for one in some_appearances:
            candidates[one.article_id, one.ordinal] = claims.passage(some_articles[one.article_id], one, registry, knowledge)
        for mine, other in pairs:
            if mine in passages and other in candidates and _belong_together(passages[mine], candidates[other]):
                waiting.add(other[0])
    return claims.group(known_articles, (one.appearance for one in passages.values()), registry, knowledge)


def _belong_together(a: claims.Passage, b: claims.Passage) -> bool:
    return bool(claims.same_utterance(a, b) or claims.same_claim(a, b) or claims.same_question(a, b))


def load(cursor: Cursor, generations: Mapping[int, int]) -> tuple[dict[int, Article], list[Appearance]]:
    """Return articles and appearances of the given attributings: article id -> generation."""
    articles = {one.id: one for one in frames.articles(store.load_readings(cursor, generations))}
    return articles, frames.appearances(*store.load_appearances(cursor, generations))
