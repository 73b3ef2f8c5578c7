"""Which passages are one utterance or one claim, and which deny, update or contradict another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import KNOWLEDGE, REGISTRY, appearance, article, credit, hop, known, page, person, unnamed

from sumber.sourcing import claims
from sumber.sourcing.model import Act, Appearance, Article, ClaimRelationKind, Derivation, DerivationKind, Position

Told = tuple[Article, Appearance]


def group(told: Sequence[Told], derivations: Sequence[Derivation] = ()) -> claims.Grouping:
    return claims.group({one.id: one for one, _ in told}, [two for _, two in told], REGISTRY, KNOWLEDGE, derivations)


def claim_of(grouping: claims.Grouping, told: Told) -> int:
    return next(c.canonical_id for c in grouping.claims if (c.article_id, c.ordinal) == (told[1].article_id, told[1].ordinal))


def utterance_of(grouping: claims.Grouping, told: Told) -> int:
    return next(u.canonical_id for u in grouping.utterances if (u.article_id, u.ordinal) == (told[1].article_id, told[1].ordinal))


def said(name: str, content: str, speaker: str = "Milena Dravic", day: int = 5, **more: object) -> Told:
    one = article(f"{speaker} said that {content}.", name, day=day)
    return one, appearance(one, content, [page("gazette"), hop(person(speaker))], **more)  # type: ignore[arg-type]


FERRY = "the ferry company will replace its oldest ships before the summer season begins"
FERRY_AGAIN = "before the summer season begins, the oldest ships of the ferry company will be replaced"
OTHER = "the ferry company paid its summer staff too little and was fined by inspectors"


def test_one_quotation_in_two_wordings_is_one_utterance_and_one_claim() -> None:
    told = [said("a", FERRY), said("b", FERRY_AGAIN, day=6)]
    grouping = group(told)
    assert utterance_of(grouping, told[0]) == utterance_of(grouping, told[1])
    assert claim_of(grouping, told[0]) == claim_of(grouping, told[1])


def test_two_speakers_make_one_claim_in_two_utterances() -> None:
    told = [said("a", FERRY), said("b", FERRY, speaker="Tomas Welk")]
    grouping = group(told)
    assert utterance_of(grouping, told[0]) != utterance_of(grouping, told[1])
    assert claim_of(grouping, told[0]) == claim_of(grouping, told[1])


def test_the_same_words_weeks_later_are_another_utterance() -> None:
    told = [said("a", FERRY, day=1), said("b", FERRY, day=20)]
    grouping = group(told)
    assert utterance_of(grouping, told[0]) != utterance_of(grouping, told[1])


def test_one_topic_is_not_one_claim() -> None:
    told = [said("a", FERRY), said("b", OTHER)]
    assert claim_of(group(told), told[0]) != claim_of(group(told), told[1])


def test_names_alone_make_no_claim() -> None:
    told = [
        said("a", "Milena Dravic will meet Tomas Welk in Karsten"),
        said("b", "Tomas Welk has insulted Milena Dravic in Karsten"),
    ]
    assert claim_of(group(told), told[0]) != claim_of(group(told), told[1])


def test_different_figures_never_merge_but_answer_one_question() -> None:
    told = [
        said("a", "the landslide above the quarry village buried 41 houses during the night"),
        said("b", "the landslide above the quarry village buried 57 houses during the night", speaker="Tomas Welk"),
    ]
    grouping = group(told)
    assert claim_of(grouping, told[0]) != claim_of(grouping, told[1])
    first, second = sorted(grouping.claims, key=lambda claim: claim.value or "")
    assert (first.value, second.value) == ("41", "57")
    assert first.slot == second.slot is not None
    (relation,) = grouping.relations
    assert relation.relation is ClaimRelationKind.CONTRADICTS


def test_a_later_figure_of_one_speaker_updates_the_earlier_one() -> None:
    earlier = said("a", "the landslide above the quarry village buried 41 houses during the night", day=5)
    later = said("b", "the landslide above the quarry village buried 57 houses during the night", day=6)
    grouping = group([later, earlier])
    (relation,) = grouping.relations
    ids = {(claim.article_id): claim.id for claim in grouping.claims}
    assert relation.relation is ClaimRelationKind.UPDATES
    assert (relation.claim_id, relation.other_id) == (ids[later[0].id], ids[earlier[0].id])


def accused(name: str = "a") -> list[Told]:
    accusation = "the Ostavian navy laid sea mines in front of the fishing harbour last winter"
    denied = "its navy laid mines in front of any harbour"
    one = article(f"Belmora accuses Ostavia: {accusation}. Ostavia denied that {denied}. Officials called it a fairy tale.", name)
    return [
        (one, appearance(one, accusation, [page("gazette"), hop(person("Tomas Welk"))], act=Act.ACCUSE)),
        (one, appearance(one, denied, [page("gazette"), hop(known("gov-os"))], ordinal=1, position=Position.DENIES)),
        (
            one,
            appearance(
                one,
                "a fairy tale",
                [page("gazette"), hop(unnamed("officials", one.id))],
                ordinal=2,
                position=Position.DENIES,
                denied=denied,
            ),
        ),
    ]


def test_a_denial_is_linked_to_the_accusation_and_never_merged_with_it() -> None:
    told = accused()
    grouping = group(told)
    by_ordinal = {claim.ordinal: claim for claim in grouping.claims}
    links = {(relation.claim_id, relation.other_id) for relation in grouping.relations if relation.relation is ClaimRelationKind.DENIES}
    assert links == {(by_ordinal[1].id, by_ordinal[0].id), (by_ordinal[2].id, by_ordinal[0].id)}
    assert by_ordinal[0].canonical_id != by_ordinal[1].canonical_id
    assert [(by_ordinal[n].value, by_ordinal[n].slot == by_ordinal[0].slot) for n in (0, 1, 2)] == [
        ("yes", True),
        ("no", True),
        ("no", True),
    ]


def test_who_denies_that_it_was_not_done_denies_nobody_who_says_that_it_was() -> None:
    said_so, denied = "the ferry line paid the harbour tax for its island ships", "the ferry line had not paid the harbour tax"
    one = article(f"Tomas Welk said {said_so}. The office denied that {denied}.", "a")
    told = [
        (one, appearance(one, said_so, [page("gazette"), hop(person("Tomas Welk"))])),
        (one, appearance(one, denied, [page("gazette"), hop(known("gov-os"))], ordinal=1, position=Position.DENIES)),
    ]
    assert not group(told).relations


def test_the_claim_of_a_denial_is_what_is_denied() -> None:
    told = accused()
    texts = {claim.ordinal: (claim.text, claim.is_affirmed) for claim in group(told).claims}
    assert texts[2] == ("its navy laid mines in front of any harbour", False)


def test_a_denial_in_another_article_does_not_join_the_claim() -> None:
    told = [said("a", FERRY), said("b", FERRY, speaker="Tomas Welk", position=Position.DENIES)]
    assert claim_of(group(told), told[0]) != claim_of(group(told), told[1])


def test_articles_of_one_story_need_fewer_common_words() -> None:
    short = "travellers may expect newer ships from the ferry line"
    told = [said("a", FERRY), said("b", short)]
    kin = Derivation(told[0][0].id, told[1][0].id, DerivationKind.SAME_WIRE, False, 0.8, ())
    apart, together = group(told), group(told, [kin])
    assert claim_of(apart, told[0]) != claim_of(apart, told[1])
    assert claim_of(together, told[0]) == claim_of(together, told[1])


def test_a_claim_and_its_translation_are_one_and_its_neighbours_are_not() -> None:
    english = article("Nwosu said 640 nurses would visit Besharu by February 24. She said Halden paid 3.8 million dollars.", "en")
    russian = article("Нвосу сообщила, что 640 медсестёр посетят Бешару до 24 февраля. Фонд Халден заплатил 3,8 млн долларов.", "ru", "ru")
    speaker = [hop(person("Amara Nwosu"))]
    told = [
        (english, appearance(english, "640 nurses would visit Besharu by February 24", speaker)),
        (english, appearance(english, "Halden paid 3.8 million dollars", speaker, ordinal=1)),
        (russian, appearance(russian, "640 медсестёр посетят Бешару до 24 февраля", speaker)),
        (russian, appearance(russian, "Фонд Халден заплатил 3,8 млн долларов", speaker, ordinal=1)),
    ]
    assert len({claim_of(group(told), one) for one in told}) == 4
    together = group(told, [Derivation(english.id, russian.id, DerivationKind.TRANSLATION, False, 0.8, ())])
    nurses, dollars, nurses_again, dollars_again = (claim_of(together, one) for one in told)
    assert (nurses, dollars) == (nurses_again, dollars_again)
    assert nurses != dollars
    assert utterance_of(together, told[0]) == utterance_of(together, told[2])


def test_what_one_article_says_apart_is_not_joined_through_another() -> None:
    one = article(f"Dravic said that {FERRY}. She added that {OTHER}.", "one")
    both = article(f"{FERRY_AGAIN}, although {OTHER}", "both")
    told = [
        (one, appearance(one, FERRY, [hop(person("Milena Dravic"))])),
        (one, appearance(one, OTHER, [hop(person("Milena Dravic"))], ordinal=1)),
        (both, appearance(both, both.text, [hop(person("Milena Dravic"))])),
    ]
    grouping = group(told, [Derivation(one.id, both.id, DerivationKind.SAME_WIRE, False, 0.8, ())])
    assert claim_of(grouping, told[0]) != claim_of(grouping, told[1])


def a_news_day() -> list[Told]:
    return [
        said("a", FERRY),
        said("b", FERRY_AGAIN, day=6),
        said("c", FERRY, speaker="Tomas Welk"),
        said("d", OTHER),
        said("e", "the landslide above the quarry village buried 41 houses during the night"),
        said("f", "the landslide above the quarry village buried 57 houses during the night", speaker="Tomas Welk"),
        said("g", "the landslide above the quarry village buried many houses during the night", speaker="Petra Lindqvist"),
        *accused("h"),
    ]


@given(st.permutations(range(10)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    told = a_news_day()
    assert group([told[place] for place in order]) == group(told)


def test_a_claim_between_two_figures_joins_only_one_side() -> None:
    told = a_news_day()
    grouping = group(told)
    low, high, open_ = (claim_of(grouping, told[place]) for place in (4, 5, 6))
    assert low != high
    assert open_ in (low, high)


def reached_from(start: str, told: Sequence[Told]) -> list[Told]:
    """Return what has to be grouped again when the article `start` comes or goes: all that `may_join` links, whole articles."""
    passages = [claims.passage(*one, REGISTRY, KNOWLEDGE) for one in told]
    reached, size = {start}, 0
    while len(reached) > size:
        size = len(reached)
        for a in passages:
            for b in passages:
                if a.article.name in reached and claims.may_join(a, b):
                    reached.add(b.article.name or "")
    return [one for one in told if one[0].name in reached]


@pytest.mark.parametrize("newcomer", "abcdefgh")
def test_one_article_more_or_less_changes_only_what_it_reaches(newcomer: str) -> None:
    told = a_news_day()
    before = group([one for one in told if one[0].name != newcomer])
    affected = reached_from(newcomer, told)
    again = group(affected)
    names = {one[0].id for one in affected}
    untouched = tuple(claim for claim in before.claims if claim.article_id not in names)
    assert tuple(sorted((*untouched, *again.claims), key=lambda claim: claim.id)) == group(told).claims
    # And back: without the newcomer, grouping what it had reached gives the state before it came.
    withdrawn = group([one for one in affected if one[0].name != newcomer])
    assert tuple(sorted((*untouched, *withdrawn.claims), key=lambda claim: claim.id)) == before.claims


def test_ids_do_not_depend_on_what_else_is_grouped() -> None:
    told = a_news_day()
    alone = {claim.id for one in told for claim in group([one]).claims}
    assert {claim.id for claim in group(told).claims} == alone


def test_a_canonical_id_is_the_smallest_of_its_members() -> None:
    grouping = group(a_news_day())
    for rows in (grouping.claims, grouping.utterances):
        members: dict[int, list[int]] = {}
        for row in rows:
            members.setdefault(row.canonical_id, []).append(row.id)
        assert all(min(ids) == canonical for canonical, ids in members.items())
        assert any(len(ids) > 1 for ids in members.values())


def test_credits_are_no_speakers() -> None:
    one = article("The ferry sails at noon from the northern quay of the harbour.", "a")
    narration = appearance(one, one.text, [page("gazette"), credit("meridian")])
    assert claims.passage(one, narration, REGISTRY, KNOWLEDGE).speakers == {"unnamed"}
