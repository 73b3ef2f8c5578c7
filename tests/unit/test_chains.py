"""From attributions to chains: who got it first-hand, how a chain ends, and how vague sources are named by other articles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import KNOWLEDGE, REGISTRY, appearance, article, credit, hop, known, page, person, unnamed, vague

from sumber.sourcing import chains, claims
from sumber.sourcing.model import (
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    Chain,
    Derivation,
    DerivationKind,
    Form,
    HopRelation,
    Origin,
    SourceKind,
    Terminus,
)

TEXT = "The harbour of Karsten will be closed for repairs until the spring, and ferries will sail from Dunmarrow instead."
STORY = article(TEXT, "story")


def trace(*hops: Attribution, form: Form = Form.INDIRECT, of: Article = STORY) -> Chain:
    (chain,) = chains.trace(of, appearance(of, TEXT, hops, form=form), REGISTRY)
    return chain


def names(chain: Chain) -> list[str]:
    return [node.name for node in chain.nodes]


def test_an_agency_story_has_the_agency_as_originating_outlet() -> None:
    chain = trace(page("gazette"), credit("meridian"), hop(person("Milena Dravic")))
    assert names(chain) == ["Harbour Gazette", "Meridian News", "Milena Dravic"]
    assert (chain.originating_outlet, chain.supplying_agency, chain.ultimate_source) == (
        known("meridian"),
        known("meridian"),
        person("Milena Dravic"),
    )
    assert chain.terminus is Terminus.PRIMARY


def test_the_outlet_nearest_the_end_got_it_first_hand_and_the_first_agency_supplied_it() -> None:
    chain = trace(page("gazette"), credit("meridian"), hop(known("osta")), hop(person("Milena Dravic")))
    assert chain.originating_outlet == known("osta")
    assert chain.supplying_agency == known("meridian")


def test_a_page_without_an_agency_got_it_itself() -> None:
    chain = trace(page("gazette"), hop(person("Milena Dravic")))
    assert chain.originating_outlet == known("gazette")
    assert chain.supplying_agency is None


def test_an_agency_as_page_is_no_supplier_to_itself() -> None:
    assert trace(page("meridian"), hop(person("Milena Dravic"))).supplying_agency is None


def test_a_claim_that_only_the_credits_carry_is_the_outlets_own() -> None:
    chain = trace(page("gazette"), credit("meridian"))
    assert chain.terminus is Terminus.UNATTRIBUTED
    assert chain.ultimate_source is None
    assert chain.originating_outlet == known("meridian")


def test_an_agentless_claim_is_missing_its_source() -> None:
    assert trace(page("gazette"), form=Form.AGENTLESS).terminus is Terminus.MISSING


def test_unnamed_and_vague_ends() -> None:
    assert trace(page("gazette"), hop(unnamed("officials", 1))).terminus is Terminus.ANONYMOUS
    assert trace(page("gazette"), hop(vague("local media", 1))).terminus is Terminus.MISSING


def test_an_outlet_that_cites_its_own_report_is_one_node() -> None:
    chain = trace(page("gazette"), hop(known("herald")), hop(known("herald")), hop(person("Milena Dravic")))
    assert names(chain) == ["Harbour Gazette", "Belmora Herald", "Milena Dravic"]
    assert chain.terminus is Terminus.PRIMARY


def test_a_credit_that_the_text_repeats_is_one_node_and_a_source_of_its_own_claim() -> None:
    chain = trace(page("gazette"), credit("meridian"), hop(known("meridian")))
    assert names(chain) == ["Harbour Gazette", "Meridian News"]
    assert chain.ultimate_source == known("meridian")


def test_a_cycle_ends_visibly() -> None:
    chain = trace(page("gazette"), hop(known("herald")), hop(known("gazette")), hop(person("Milena Dravic")))
    assert chain.terminus is Terminus.CYCLE
    assert names(chain) == ["Harbour Gazette", "Belmora Herald"]


def test_every_branch_has_its_chain() -> None:
    one = appearance(STORY, TEXT, [page("gazette"), hop(person("A Horvat"))], [page("gazette"), hop(person("B Welk"))])
    found = chains.trace(STORY, one, REGISTRY)
    assert [(chain.branch, chain.ultimate_source) for chain in found] == [(0, person("A Horvat")), (1, person("B Welk"))]


def test_an_appearance_without_any_hop_still_has_a_chain() -> None:
    (chain,) = chains.trace(STORY, appearance(STORY, TEXT), REGISTRY)
    assert chain.nodes == () and chain.terminus is Terminus.UNATTRIBUTED and chain.confidence == 0


def test_mechanisms_multiply_and_one_sentence_counts_once() -> None:
    hops = [credit("meridian"), hop(known("herald"), confidence=0.8), hop(person("Milena Dravic"), confidence=0.7)]
    assert chains.confidence(hops) == pytest.approx(0.9 * 0.7)


# --- roots ---------------------------------------------------------------------------------------------------


def test_spokesperson_ministry_and_state_media_are_one_root() -> None:
    found = [trace(page("gazette"), hop(known(key))) for key in ("gov-os", "mfa-os", "osta")]
    assert {chain.root_key for chain in found} == {"named:gov-os"}
    assert chains.roots(found) == chains.Roots(1, 1, False)


def test_forty_copies_are_one_voice() -> None:
    copies = [article(TEXT, f"copy {number}") for number in range(40)]
    edges = [Derivation(copies[n].id, copies[n + 1].id, DerivationKind.NEAR_DUPLICATE, False, 1.0, ()) for n in range(39)]
    told_in = chains.stories(edges)
    hops = [[page("gazette"), credit("meridian"), hop(unnamed("officials", one.id))] for one in copies]
    found = [
        chain
        for one, own in zip(copies, hops, strict=True)
        for chain in chains.trace(one, appearance(one, TEXT, own), REGISTRY, told_in[one.id])
    ]
    assert chains.roots(found) == chains.Roots(1, 1, True)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda pair: pair[0] != pair[1]), max_size=20))
def test_a_story_is_named_by_its_smallest_article_whatever_the_order_of_its_edges(pairs: list[tuple[int, int]]) -> None:
    edges = [Derivation(a, b, DerivationKind.SAME_WIRE, False, 0.8, ()) for a, b in pairs]
    told_in = chains.stories(edges)
    assert told_in == chains.stories(edges[::-1])
    assert all(told_in[a] == told_in[b] <= min(a, b) for a, b in pairs)
    assert set(told_in) == {number for pair in pairs for number in pair}
    assert all(told_in[number] == number for number in told_in.values())


def test_unnamed_sources_of_two_outlets_are_never_pooled() -> None:
    found = [trace(page(key), hop(unnamed("officials", 1))) for key in ("gazette", "herald")]
    assert chains.roots(found) == chains.Roots(2, 2, False)


def test_unnamed_sources_of_one_outlet_in_two_stories_are_one_or_two() -> None:
    other = article(TEXT, "another story")
    found = [trace(page("gazette"), hop(unnamed("officials", of.id)), of=of) for of in (STORY, other)]
    assert chains.roots(found) == chains.Roots(1, 2, False)


def test_what_nobody_is_named_for_counts_at_most() -> None:
    found = [trace(page("gazette"), hop(person("Milena Dravic"))), trace(page("mirror"), hop(vague("local media", 1)))]
    assert chains.roots(found) == chains.Roots(1, 2, False)


def test_no_chain_no_root() -> None:
    assert chains.roots([]) == chains.Roots(0, 0, False)


# --- vague sources -------------------------------------------------------------------------------------------

VISIT = "the president of Ostavia will travel to Karsten by train this month to discuss a loan for the shipyard"
VISIT_AGAIN = "the Ostavian president plans a train journey to Karsten this month and will discuss a loan for the shipyard"
LOAN = "the shipyard hopes to receive ninety million and a new dry dock in return for guarding the strait"


def vague_story(name: str, label: str = "Belmoran media", country: str | None = "BE", day: int = 5) -> list[tuple[Article, Appearance]]:
    one = article(f"{label} reported that {VISIT}. They said that {LOAN}.", name, day=day)
    through = [page("gazette"), credit("meridian"), hop(vague(label, one.id, country)), hop(unnamed("officials", one.id))]
    return [(one, appearance(one, VISIT, through)), (one, appearance(one, LOAN, through, ordinal=1))]


def naming_story(name: str, outlet: str = "herald", day: int = 5, on: str = "mirror") -> list[tuple[Article, Appearance]]:
    one = article(f"The paper said {VISIT_AGAIN}.", name, day=day)
    return [(one, appearance(one, VISIT_AGAIN, [page(on), hop(known(outlet)), hop(unnamed("people", one.id))]))]


def resolve(told: Sequence[tuple[Article, Appearance]], derivations: Sequence[Derivation] = ()) -> tuple[chains.Resolution, ...]:
    articles = {one.id: one for one, _ in told}
    appearances = [two for _, two in told]
    grouping = claims.group(articles, appearances, REGISTRY, KNOWLEDGE, derivations)
    return chains.resolutions(articles, appearances, grouping, derivations)


def test_a_vague_source_is_named_through_another_article_for_the_whole_story() -> None:
    told = [*vague_story("vague"), *naming_story("naming")]
    (found,) = resolve(told)
    assert (found.named, found.ordinals, found.evidence) == (known("herald"), (0, 1), ((told[2][0].id, 0),))
    for of, one in told[:2]:
        after = chains.resolved(one, [found])
        (chain,) = chains.trace(of, after, REGISTRY)
        assert names(chain) == ["Harbour Gazette", "Meridian News", "Belmoran media", "Belmora Herald", "officials"]
        assert chain.originating_outlet == known("herald")
        assert chain.supplying_agency == known("meridian")
        assert chain.confidence < chains.trace(of, one, REGISTRY)[0].confidence
        added = after.attributions[3]
        assert (added.relation, added.origin, added.hop) == (HopRelation.RESOLVED_AS, Origin.OTHER_ARTICLE, 3)
        assert [hop.hop for hop in after.attributions] == list(range(5))


def test_the_resolution_goes_when_its_evidence_goes() -> None:
    told = vague_story("vague")
    assert resolve(told) == ()
    assert chains.resolved(told[0][1], []) == told[0][1]


def test_two_names_with_equal_evidence_leave_the_source_vague() -> None:
    assert resolve([*vague_story("vague"), *naming_story("one"), *naming_story("two", "courier")]) == ()


def test_more_evidence_wins() -> None:
    told = [*vague_story("vague"), *naming_story("one"), *naming_story("two", "courier"), *naming_story("three", "courier", on="osta")]
    (found,) = resolve(told)
    assert found.named == known("courier")
    assert len(found.evidence) == 2


def test_five_copies_are_one_voice_and_two_newsrooms_outvote_them() -> None:
    copies = [naming_story(f"copy {number}", on=page_key) for number, page_key in enumerate(("mirror", "gazette", "osta", "meridian"))]
    edges = [Derivation(copies[n][0][0].id, copies[n + 1][0][0].id, DerivationKind.NEAR_DUPLICATE, False, 1.0, ()) for n in range(3)]
    told = [*vague_story("vague"), *(one for copy in copies for one in copy), *naming_story("two", "courier", on="courier")]
    assert resolve(told, edges) == ()
    (found,) = resolve([*told, *naming_story("three", "courier", on="osta")], edges)
    assert found.named == known("courier")


def test_an_outlet_that_names_somebody_twice_has_one_vote() -> None:
    told = [*vague_story("vague"), *naming_story("one"), *naming_story("two", "courier", on="osta")]
    assert resolve([*told, *naming_story("three", "courier", on="osta")]) == ()


def test_a_name_of_another_country_does_not_fit() -> None:
    assert resolve([*vague_story("vague", "Ostavian media", "OS"), *naming_story("naming")]) == ()


def test_an_article_with_another_claim_names_nothing() -> None:
    other = article("The paper said the ferry company was fined for its broken lifeboats after an inspection.", "other")
    told = [*vague_story("vague"), (other, appearance(other, other.text, [page("mirror"), hop(known("herald"))]))]
    assert resolve(told) == ()


def test_the_page_of_a_younger_article_is_not_where_the_older_one_had_it_from() -> None:
    def own_report(day: int) -> list[tuple[Article, Appearance]]:
        one = article(f"Officials say {VISIT_AGAIN}.", f"own {day}", day=day)
        return [(one, appearance(one, VISIT_AGAIN, [page("herald"), hop(unnamed("officials", one.id))]))]

    assert resolve([*vague_story("vague", day=5), *own_report(8)]) == ()
    (found,) = resolve([*vague_story("vague", day=5), *own_report(4)])
    assert found.named == known("herald")


def test_a_claim_without_any_source_is_named_too() -> None:
    one = article(f"Reportedly {VISIT}.", "agentless")
    told = [(one, appearance(one, VISIT, [page("gazette")], form=Form.AGENTLESS)), *naming_story("naming")]
    (found,) = resolve(told)
    (chain,) = chains.trace(one, chains.resolved(told[0][1], [found]), REGISTRY)
    assert names(chain) == ["Harbour Gazette", "Belmora Herald"]
    assert chain.originating_outlet == known("herald")


@given(st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    told = [*vague_story("vague"), *naming_story("one"), *naming_story("two", "courier"), *naming_story("three", "courier")]
    assert len(told) == 5
    assert resolve([told[place] for place in order]) == resolve(told)


def test_the_visit_is_one_root_once_the_vague_source_is_named() -> None:
    told = [*vague_story("vague"), *naming_story("naming")]
    kin = [Derivation(told[0][0].id, told[2][0].id, DerivationKind.SAME_WIRE, False, 0.8, ())]
    found = resolve(told, kin)
    told_in = chains.stories(kin)
    traced = [chain for of, one in (told[0], told[2]) for chain in chains.trace(of, chains.resolved(one, found), REGISTRY, told_in[of.id])]
    assert {chain.originating_outlet for chain in traced} == {known("herald")}
    assert chains.roots(traced) == chains.Roots(1, 1, True)


def test_a_typed_anonymous_medium_counts_as_news() -> None:
    assert chains.is_news(unnamed("US media", 1, AnonymousType.MEDIA))
    assert not chains.is_news(unnamed("officials", 1))
    assert known("osta").kind is SourceKind.AGENCY and chains.is_news(known("osta"))
