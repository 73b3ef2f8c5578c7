"""Which passages are one utterance or one claim, and which deny, update or contradict another."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import KNOWLEDGE, REGISTRY, appearance, article, credit, hop, known, page, person, unnamed

from sumber.sourcing import claims, model
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
    # Without a translation, one shared figure is too little, and two are enough for one named speaker only.
    assert claim_of(group(told), told[1]) != claim_of(group(told), told[3])
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


# --- places, times and rounded figures -------------------------------------------------------------------------


def relations_of(grouping: claims.Grouping) -> list[tuple[str, str, str]]:
    """Return (relation, text, other text), sorted."""
    return sorted((str(one.relation), *one.evidence) for one in grouping.relations)


HOUSES = "the landslide buried {} houses and the only road to the quarry during the night"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOUSES.format("about 200"), HOUSES.format("198")),
        (HOUSES.format("41") + " in Vietnam", HOUSES.format("41") + " in Hanoi"),
        ("the ferry company replaced its oldest ships in 2022", "the ferry company replaced its oldest ships on September 4, 2022"),
        ("the ferry company replaced its oldest ships in Hanoi", "the ferry company replaced its oldest ships in Vietnam"),
    ],
)
def test_coarser_values_are_the_same_claim_and_contradict_nothing(one: str, other: str) -> None:
    told = [said("a", one), said("b", other, speaker="Tomas Welk")]
    grouping = group(told)
    assert not grouping.relations
    assert claim_of(grouping, told[0]) == claim_of(grouping, told[1])
    # One answer of one claim, the finer one.
    assert len({(claim.slot, claim.value) for claim in grouping.claims}) == 1


def test_figures_for_two_places_or_times_answer_two_questions() -> None:
    for here, there in ((" in Hanoi", " in Surabaya"), (" on September 3", " on September 4")):
        told = [said("a", HOUSES.format("41") + here), said("b", HOUSES.format("57") + there, speaker="Tomas Welk")]
        grouping = group(told)
        assert not grouping.relations
        assert len({claim.slot for claim in grouping.claims}) == 2


def test_a_passage_without_a_place_brings_no_two_places_into_one_question() -> None:
    told = [
        said("a", HOUSES.format("41") + " in Hanoi"),
        said("b", HOUSES.format("57") + " in Surabaya", speaker="Tomas Welk"),
        said("c", HOUSES.format("63"), speaker="Petra Lindqvist"),
    ]
    slots = {claim.value: claim.slot for claim in group(told).claims}
    assert slots["41"] != slots["57"]


def test_two_places_of_one_event_contradict_within_a_story_only() -> None:
    told = [
        said("a", "the ministers will sign the fishing agreement in Hanoi after years of quarrel"),
        said("b", "the ministers will sign the fishing agreement in Surabaya after years of quarrel", speaker="Tomas Welk"),
    ]
    kin = Derivation(told[0][0].id, told[1][0].id, DerivationKind.SAME_WIRE, False, 0.8, ())
    assert not group(told).relations
    grouping = group(told, [kin])
    assert [one.relation for one in grouping.relations] == [ClaimRelationKind.CONTRADICTS]
    assert {(claim.value, claim.places) for claim in grouping.claims} == {
        ("VN/Hanoi", ("VN/Hanoi",)),
        ("ID/Surabaya", ("ID/Surabaya",)),
    }


def test_a_later_day_of_one_speaker_updates_the_earlier_one() -> None:
    told = [
        said("a", "the lock gates of the old harbour will open again on September 14", day=5),
        said("b", "the lock gates of the old harbour will open again on September 21", day=7),
    ]
    (relation,) = group(told).relations
    assert (relation.relation, relation.evidence) == (
        ClaimRelationKind.UPDATES,
        (told[1][1].content[0].of(told[1][0].text), relation.evidence[1]),
    )
    assert relation.evidence[1].endswith("September 14")


def test_two_figures_of_one_moment_are_no_update() -> None:
    told = [said("a", HOUSES.format("41")), said("b", HOUSES.format("57"))]
    assert [one.relation for one in group(told).relations] == [ClaimRelationKind.CONTRADICTS]


def test_a_claim_keeps_its_times_and_what_follows_it() -> None:
    one = article("Dravic said that the mines were laid in front of the harbour since last year, and warned the fleet.", "a")
    told = [(one, appearance(one, "the mines were laid in front of the harbour", [page("gazette"), hop(person("Milena Dravic"))]))]
    (claim,) = group(told).claims
    assert claim.valid_times == ("2022/..",)


# --- denials and withdrawals across articles ---------------------------------------------------------------------

MINES = "the Ostavian navy laid sea mines in front of the fishing harbour last winter"


@pytest.mark.parametrize(("days", "is_linked"), [((5, 6), True), ((6, 5), True), ((8, 5), False)])
def test_a_denial_answers_what_another_article_said_no_later(days: tuple[int, int], is_linked: bool) -> None:
    told = [
        said("a", MINES, speaker="Tomas Welk", day=days[0], act=Act.ACCUSE),
        said("b", "the Ostavian navy laid mines in front of the fishing harbour", day=days[1], position=Position.DENIES),
    ]
    assert [one[0] for one in relations_of(group(told))] == ["denies"] * is_linked


def test_a_speaker_takes_back_what_that_speaker_said() -> None:
    own = said("a", MINES, day=5)
    others = said("b", MINES, speaker="Tomas Welk", day=5)
    withdrawal = said("c", "the Ostavian navy laid mines in front of the fishing harbour", day=7, position=Position.RETRACTS)
    grouping = group([own, others, withdrawal])
    (relation,) = grouping.relations
    ids = {claim.article_id: claim.id for claim in grouping.claims}
    assert (relation.relation, relation.claim_id, relation.other_id) == (ClaimRelationKind.RETRACTS, ids[withdrawal[0].id], ids[own[0].id])
    # A withdrawal joins neither the claim nor its denials, and answers no question.
    assert claim_of(grouping, withdrawal) not in (claim_of(grouping, own), claim_of(grouping, others))
    assert next(claim for claim in grouping.claims if claim.article_id == withdrawal[0].id).value is None
    # Nobody takes back what is said later.
    assert not group([said("a", MINES, day=7), said("c", MINES, day=4, position=Position.RETRACTS)]).relations


def test_a_withdrawal_without_content_refers_to_what_its_speaker_said_last() -> None:
    one = article(f"Welk said {OTHER}. Dravic said {FERRY}. Later Dravic withdrew the remark.", "a")
    told = [
        (one, appearance(one, OTHER, [page("gazette"), hop(person("Tomas Welk"))])),
        (one, appearance(one, FERRY, [page("gazette"), hop(person("Milena Dravic"))], ordinal=1)),
        (one, appearance(one, "the remark", [page("gazette"), hop(person("Milena Dravic"))], ordinal=2, position=Position.RETRACTS)),
    ]
    assert relations_of(group(told)) == [("retracts", "the remark", FERRY)]


RESIGNED = "the mayor of Karsten had resigned over the broken ferries"


def test_the_note_of_a_correction_takes_back_a_statement_without_a_figure() -> None:
    old = article(f"Dravic said {RESIGNED}. She said that {FERRY}.", "old", day=5, url="https://gazette.example/mayor")
    text = f"Dravic said that {FERRY}.\nCorrection: the page had said that {RESIGNED}.\n"
    new = article(text, "new", day=6, url="https://gazette.example/mayor")
    speaker = [page("gazette"), hop(person("Milena Dravic"))]
    told = [
        (old, appearance(old, RESIGNED, speaker)),
        (old, appearance(old, FERRY, speaker, ordinal=1)),
        (new, appearance(new, FERRY, speaker)),
        (new, appearance(new, RESIGNED, [page("gazette")], ordinal=1)),
    ]
    edge = Derivation(new.id, old.id, DerivationKind.REVISION, True, 1.0, ())
    grouping = group(told, [edge])
    assert relations_of(grouping) == [("retracts", RESIGNED, RESIGNED)]
    # What the note repeats is not said again.
    assert claim_of(grouping, told[0]) != claim_of(grouping, told[3])
    assert claim_of(grouping, told[1]) == claim_of(grouping, told[2])


def test_relations_cite_the_characters_that_they_rest_on() -> None:
    told = [*accused("x"), said("a", HOUSES.format("41")), said("b", HOUSES.format("57"), speaker="Tomas Welk")]
    texts = {one.id: one.text for one, _ in told}
    found = {one.relation: one for one in group(told).relations}
    for relation in found.values():
        quoted = [place.span.of(texts[place.article_id]) for place in relation.cited]
        assert set(relation.evidence) <= set(quoted)
    figures = [place.span.of(texts[place.article_id]) for place in found[ClaimRelationKind.CONTRADICTS].cited][2:]
    assert sorted(figures) == ["41", "57"]


DAYS = st.integers(3, 9)
SPEAKERS = st.sampled_from(["Milena Dravic", "Tomas Welk"])
STANDS = st.sampled_from([None, None, Position.DENIES, Position.RETRACTS])
CONTENTS = st.sampled_from([FERRY, FERRY_AGAIN, MINES, HOUSES.format("41"), HOUSES.format("57"), HOUSES.format("about 40") + " in Hanoi"])


@given(st.lists(st.tuples(CONTENTS, SPEAKERS, DAYS, STANDS), min_size=2, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_relations_respect_time_and_never_run_in_circles(drawn: list[tuple[str, str, int, Position | None]], chance: Random) -> None:
    told = [said(f"article {n}", content, speaker, day, position=position) for n, (content, speaker, day, position) in enumerate(drawn)]
    grouping = group(told)
    assert group(chance.sample(told, len(told))) == grouping
    published = {claim.id: next(one.published_at for one, _ in told if one.id == claim.article_id) for claim in grouping.claims}
    ordered = {one for one in grouping.relations if one.relation is not ClaimRelationKind.CONTRADICTS}
    for one in ordered:
        now, before = published[one.claim_id], published[one.other_id]
        assert now and before and (before < now if one.relation is ClaimRelationKind.UPDATES else before <= now + model.DATE_TOLERANCE)
    left = {(one.claim_id, one.other_id) for one in ordered}
    while True:
        ends = {claim for _, claim in left} - {claim for claim, _ in left}
        if not ends:
            break
        left = {(claim, other) for claim, other in left if other not in ends}
    assert not left, "relations run in a circle"
    by_canonical: dict[int, set[str]] = {}
    for claim in grouping.claims:
        by_canonical.setdefault(claim.canonical_id, set()).add(
            f"{claim.is_affirmed} {claim.value if claim.value in ('41', '57') else ''}".strip()
        )
    assert all(not {"True 41", "True 57"} <= values for values in by_canonical.values())


# --- across languages ----------------------------------------------------------------------------------------


def abroad(
    english: str, indonesian: str, speakers: tuple[str, str] = ("Milena Dravic", "Milena Dravic"), days: tuple[int, int] = (5, 6)
) -> bool:
    """Whether what two people said in two languages is one utterance, their articles being no translations of each other."""
    first = article(f"{speakers[0]} said that {english}.", "en", day=days[0])
    second = article(f"{speakers[1]} mengatakan bahwa {indonesian}.", "id", "id", day=days[1])
    told = [
        (first, appearance(first, english, [page("gazette"), hop(person(speakers[0]))])),
        (second, appearance(second, indonesian, [page("mirror"), hop(person(speakers[1]))])),
    ]
    grouping = group(told)
    return utterance_of(grouping, told[0]) == utterance_of(grouping, told[1])


NURSES = "640 nurses would be sent to Hanoi by September 24", "640 perawat akan dikirim ke Hanoi pada 24 September"


def test_one_speakers_words_are_found_in_another_language() -> None:
    assert abroad(*NURSES)


@pytest.mark.parametrize(
    "more",
    [
        {"speakers": ("Milena Dravic", "Tomas Welk")},
        {"days": (5, 12)},
    ],
)
def test_another_speaker_or_another_week_is_another_utterance(more: dict[str, Any]) -> None:
    assert not abroad(*NURSES, **more)


@pytest.mark.parametrize(
    "indonesian",
    [
        "640 perawat tidak akan dikirim ke Hanoi pada 24 September",
        "640 perawat akan dikirim ke Surabaya pada 24 September",
        "650 perawat akan dikirim ke Hanoi pada 24 September",
        "kapal baru akan tiba pada 24 September",
    ],
)
def test_other_polarity_figures_places_or_too_little_stay_apart(indonesian: str) -> None:
    assert not abroad(NURSES[0], indonesian)
