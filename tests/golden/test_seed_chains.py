"""The five articles that the project grew from: what only the articles together can tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sumber.commands import exchange
from sumber.pipeline import matching, seeds
from sumber.sourcing import articles, attribution, chains, claims, wire
from sumber.sourcing.model import Appearance, Article, Chain, ClaimRelationKind, Derivation, DerivationKind

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT.parent / "shared" / "benchmarks" / "dev" / "seeds-dev" / "articles.jsonl"

pytestmark = pytest.mark.skipif(
    not SEEDS.exists(), reason="the five seed articles belong to their publishers and are not in this repository"
)


@dataclass(frozen=True)
class Traced:
    """The seeds, read, attributed, grouped and traced together."""

    articles: dict[str, Article]
    derivations: tuple[Derivation, ...]
    grouping: claims.Grouping
    appearances: dict[tuple[str, int], Appearance]
    chains: dict[tuple[str, int], tuple[Chain, ...]]

    def saying(self, name: str, words: str) -> list[tuple[str, int]]:
        """Return the appearances of an article that hold some words."""
        text = self.articles[name].text
        return [key for key, one in self.appearances.items() if key[0] == name and words in " ".join(span.of(text) for span in one.content)]


@cache
def traced() -> Traced:
    loaded, knowledge = seeds.load(PROJECT / "seeds"), matching.knowledge(PROJECT / "seeds")
    read = [articles.read(exchange.capture(record), loaded.layout, loaded.registry) for record in exchange.read_articles(SEEDS)]
    known = {one.id: one for one in read if isinstance(one, Article)}
    names = {one.id: (one.name or "")[:3] for one in known.values()}
    appearances = [found for one in known.values() for found in attribution.resolve(one, loaded.registry, loaded.lexicons)[0]]
    derivations = wire.recognise(known.values(), knowledge)
    grouping = claims.group(known, appearances, loaded.registry, knowledge, derivations)
    told_in = chains.stories(derivations)
    named = chains.resolutions(known, appearances, grouping, derivations)
    return Traced(
        articles={names[one.id]: one for one in known.values()},
        derivations=derivations,
        grouping=grouping,
        appearances={(names[one.article_id], one.ordinal): one for one in appearances},
        chains={
            (names[one.article_id], one.ordinal): chains.trace(
                known[one.article_id], chains.resolved(one, named), loaded.registry, told_in.get(one.article_id)
            )
            for one in appearances
        },
    )


def canonical(kind: str, name: str, ordinal: int) -> int:
    one = traced()
    rows = one.grouping.claims if kind == "claim" else one.grouping.utterances
    return next(row.canonical_id for row in rows if (row.article_id, row.ordinal) == (one.articles[name].id, ordinal))


def test_three_articles_carry_one_story_and_two_do_not() -> None:
    one = traced()
    names = {article.id: name for name, article in one.articles.items()}
    assert {frozenset((names[d.derived_id], names[d.original_id])) for d in one.derivations} == {
        frozenset(pair) for pair in (("000", "001"), ("000", "002"), ("001", "002"))
    }


def test_the_visit_is_one_claim_with_one_root_and_one_originating_outlet() -> None:
    one = traced()
    visit = [one.saying(name, "senjata")[0] for name in ("000", "001", "002")]
    assert len({canonical("claim", *key) for key in visit}) == 1
    found = [chain for key in visit for chain in one.chains[key]]
    assert {chain.originating_outlet.name for chain in found if chain.originating_outlet} == {"The New York Times"}
    roots = chains.roots(found)
    assert (roots.minimum, roots.maximum) == (1, 1)


def test_one_quotation_in_three_wordings_is_one_utterance_through_interfax() -> None:
    one = traced()
    quoted = [one.saying(name, "tetangga")[0] for name in ("000", "001", "002")]
    assert len({canonical("utterance", *key) for key in quoted}) == 1
    assert {chain.originating_outlet.name for key in quoted for chain in one.chains[key] if chain.originating_outlet} == {"Interfax"}


@pytest.mark.parametrize("name", ["000", "002"])
def test_the_denial_is_linked_to_what_it_denies(name: str) -> None:
    one = traced()
    (denial,) = one.saying(name, "mentransfer senjata ke Wagner")
    own = {claim.ordinal: claim.id for claim in one.grouping.claims if claim.article_id == one.articles[name].id}
    targets = {r.other_id for r in one.grouping.relations if r.relation is ClaimRelationKind.DENIES and r.claim_id == own[denial[1]]}
    accusations = {own[key[1]] for words in ("memasok rudal dan roket", "Grup Wagner") for key in one.saying(name, words)}
    assert targets and targets <= accusations


def test_two_translations_are_one_copy() -> None:
    one = traced()
    ids = {one.articles[name].id for name in ("000", "002")}
    (edge,) = [edge for edge in one.derivations if {edge.derived_id, edge.original_id} == ids]
    assert edge.kind in (DerivationKind.NEAR_DUPLICATE, DerivationKind.SAME_WIRE)


# What the articles say of one topic, and is not one claim: in the words of each, by article.
DIFFERENT = {
    "000": (
        "kereta api",
        "peluru artileri",
        "satelit canggih",
        "latihan militer gabungan",
        "tetangga",
        "angkatan laut",
        "amunisi",
        "Wagner",
    ),
    "002": ("kereta api", "peluru artileri", "satelit canggih", "latihan militer bersama dengan P", "tetangga", "angkatan laut", "amunisi"),
    "001": ("berencana melakukan", "khawatir bahwa negosiasi", "meningkatnya hubungan", "tentu saja", "tetangga"),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_no_two_claims_of_one_article_are_merged(name: str) -> None:
    one = traced()
    found = [canonical("claim", *one.saying(name, words)[0]) for words in DIFFERENT[name]]
    assert len(set(found)) == len(found)


def test_the_same_claim_has_one_number_in_both_translations() -> None:
    one = traced()
    for words in ("kereta api", "artileri", "satelit canggih", "latihan militer", "angkatan laut", "amunisi", "Semenanjung"):
        assert canonical("claim", *one.saying("000", words)[0]) == canonical("claim", *one.saying("002", words)[0]), words


def test_a_time_that_the_translation_changed_is_kept_apart_from_the_claim() -> None:
    """ "Tahun lalu" became "sejak tahun lalu": one claim, of other times."""
    one = traced()
    told = {}
    for name in ("000", "002"):
        (key,) = one.saying(name, "memasok rudal dan roket")
        (told[name],) = [claim for claim in one.grouping.claims if (claim.article_id, claim.ordinal) == (one.articles[name].id, key[1])]
    assert told["000"].canonical_id == told["002"].canonical_id
    # 002 gives no date of its own: what "last year" is of, stays open.
    assert (told["000"].valid_times, told["002"].valid_times) == (("2022",), ("year-1/..",))


def test_nothing_contradicts_itself_between_translations() -> None:
    assert {relation.relation for relation in traced().grouping.relations} == {ClaimRelationKind.DENIES}


def test_the_supplying_agency_is_reuters_throughout() -> None:
    one = traced()
    agencies = {
        chain.supplying_agency.name
        for (name, _), found in one.chains.items()
        for chain in found
        if name in ("000", "001", "002") and chain.supplying_agency
    }
    assert agencies == {"Reuters"}
