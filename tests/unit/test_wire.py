"""What survives a rewrite or a translation, and the verdicts that rest on it."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import KNOWLEDGE, article, credited

from sumber.sourcing import wire
from sumber.sourcing.model import Article, Block, BlockRole, CreditRole, DerivationKind, Span

SENTENCES = [
    "The harbour council of Karsten voted on Tuesday to raise the sea wall by 2.4 metres before the winter storms arrive.",
    "Engineer Milena Dravic told members that waves had passed over the old wall on 17 days since January.",
    "The work will cost 38 million euros, of which the province pays two thirds and the port the rest.",
    "Fishermen asked for the northern gate to stay open while the cranes are at work.",
    "Councillor Tomas Welk voted against the plan because it leaves the market street without protection.",
    "A similar wall in Dunmarrow held back the flood of 2019, although several cellars filled with water.",
    "Building starts in March and is to end within fourteen months, the council's calendar says.",
    "The shipyard, which employs 640 people, welcomed the decision and offered its dry dock for the cranes.",
    "Residents may look at the drawings in the town library until the end of the month.",
    "The council meets again on 3 October to choose a builder from a list of five companies.",
]


def signature(text: str, name: str, lang: str = "en", **more: object) -> wire.Signature:
    return wire.signature(article(text, name, lang, **more), KNOWLEDGE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "1,250 people and 7.83 percent", ["1250", "7.83"]),
        ("id", "1.250 orang dan 7,83 persen", ["1250", "7.83"]),
        ("id", "naik 2,5 menjadi 12.5", ["2.5", "12.5"]),
        ("ru", "215 000 детей и 3,8 млн", ["215000", "3800000"]),
        ("en", "$1.5 billion and 20 million", ["1500000000", "20000000"]),
        ("ja", "159億円と1億2000万人、２４日", ["15900000000", "120000000", "24"]),
        ("zh", "200 亿美元", ["20000000000"]),
        ("vi", "1,5 tỷ đồng", ["1500000000"]),
        ("en", "version 1.234.567 of 1,234,567.89", ["1234567", "1234567.89"]),
        ("en", "no figures", []),
    ],
)
def test_numbers_mean_the_same_in_every_notation(lang: str, text: str, expected: list[str]) -> None:
    assert [number.value for number in wire.numbers(text, lang, KNOWLEDGE)] == [Decimal(value) for value in expected]


def test_number_spans_hold_their_magnitude() -> None:
    text = "about 1.5 billion dollars"
    (number,) = wire.numbers(text, "en", KNOWLEDGE)
    assert text[number.start : number.end] == "1.5 billion"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on 4 September"),
        ("en", "on September 4th, 2023"),
        ("id", "pada 4 September"),
        ("vi", "ngày 4 tháng 9"),
        ("ru", "4 сентября"),
        ("uk", "4 вересня"),
        ("ja", "9月4日"),
        ("ko", "9월 4일"),
        ("id", "Senin (4/9/2023)"),
    ],
)
def test_a_day_is_the_same_day_in_every_language(lang: str, text: str) -> None:
    assert [day for _, _, day in wire.days_of(text, lang, KNOWLEDGE)] == ["--09-04"]


def test_a_day_that_may_be_a_month_is_left_open_in_english() -> None:
    assert not list(wire.days_of("on 4/9/2023", "en", KNOWLEDGE))
    assert [day for _, _, day in wire.days_of("on 9/14/2023", "en", KNOWLEDGE)] == ["--09-14"]


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Сидоренко", "Sydorenko"),
        ("Зеленским", "Zelensky"),
        ("Вашингтоне", "Washington"),
        ("Белгорода", "Belgorod"),
        ("Джонсон", "Johnson"),
    ],
)
def test_cyrillic_names_meet_their_latin_spelling(cyrillic: str, latin: str) -> None:
    assert wire.cyrillic_skeleton(cyrillic) == wire.latin_skeleton(latin)


@pytest.mark.parametrize(
    ("katakana", "latin"),
    [("ガイドライン", "guideline"), ("セキュリティ", "security"), ("バイデン", "Biden"), ("スミス", "Smith"), ("ハーバート", "Herbert")],
)
def test_katakana_words_meet_their_latin_spelling(katakana: str, latin: str) -> None:
    assert wire.katakana_skeleton(katakana) == wire.latin_katakana_skeleton(latin)


@pytest.mark.parametrize("spelling", [wire.latin_skeleton, wire.latin_katakana_skeleton])
def test_other_names_stay_apart(spelling: object) -> None:
    names = ["Dravic", "Lindqvist", "Horvat", "Reddick", "Parasetyo", "Okafor", "Nwosu", "Kusumawardani"]
    assert len({spelling(name) for name in names}) == len(names)  # type: ignore[operator]


def test_a_copy_with_a_footer_and_one_with_sentences_dropped_are_near_duplicates() -> None:
    whole = signature(" ".join(SENTENCES), "whole")
    with_footer = signature(" ".join(SENTENCES) + " Read more in our app. All rights reserved.", "footer")
    shorter = signature(" ".join(SENTENCES[:4] + SENTENCES[6:]), "shorter")
    for other in (with_footer, shorter):
        verdict = wire.compare(whole, other)
        assert verdict is not None and verdict.kind is DerivationKind.NEAR_DUPLICATE
        assert set(whole.wording.bands) & set(other.wording.bands)


def test_a_tenth_of_the_words_changed_is_still_a_near_duplicate() -> None:
    chance = random.Random(7)  # noqa: S311 - words to replace, not secrets
    words = " ".join(SENTENCES).split()
    for place in chance.sample(range(len(words)), len(words) // 10):
        words[place] = f"other{place}"
    verdict = wire.compare(signature(" ".join(SENTENCES), "a"), signature(" ".join(words), "b"))
    assert verdict is not None and verdict.kind is DerivationKind.NEAR_DUPLICATE


def test_two_halves_of_one_text_are_not_the_same_copy() -> None:
    assert wire.compare(signature(" ".join(SENTENCES[:5]), "a"), signature(" ".join(SENTENCES[5:]), "b")) is None


def test_a_text_that_leaves_figures_out_and_adds_none_is_the_story_told_again() -> None:
    whole = signature(" ".join(SENTENCES), "whole", day=5)
    again = signature(
        "Karsten's harbour council wants its sea wall 2.4 metres higher, at a price of 38 million euros, before storms arrive in winter. "
        "Waves went over the wall on 17 days this year, members heard from Milena Dravic. The shipyard with its 640 people is content; "
        "Tomas Welk was against it, since the market street stays without protection. Five companies wait for 3 October.",
        "again",
        day=6,
    )
    verdict = wire.compare(whole, again)
    assert verdict is not None and verdict.kind is DerivationKind.SAME_WIRE


def test_a_page_full_of_figures_holds_those_of_any_text() -> None:
    whole = signature(" ".join(SENTENCES), "whole")
    listing = signature("Milena Dravic in Karsten: " + ", ".join(f"{n / 10} {n} {n} million" for n in range(1, 700)), "listing")
    assert wire.compare(whole, listing) is None


@pytest.mark.parametrize(("day", "weekday", "found"), [(5, "Tuesday", True), (6, "Tuesday", True), (8, "Friday", False), (9, "", False)])
def test_the_same_people_do_the_like_on_another_day(day: int, weekday: str, found: bool) -> None:
    told = (
        "The minister Siti Halimah summoned ambassador Viktor Lemarin of Ostavia on {} over the arrest of fishermen in Serang bay. "
        "Halimah handed him a letter; Lemarin promised to pass the message on and declined to answer reporters in Vodrena."
    )
    again = (
        "A protest against the arrest of fishermen in Serang bay was handed to Viktor Lemarin {}: minister Siti Halimah had summoned the "
        "ambassador. He would pass the letter on to Vodrena, the message said. Reporters got no answer from Ostavia's man. Halimah spoke."
    )
    first = signature(told.format("Tuesday"), "first", day=5)
    second = signature(again.format(weekday and f"on {weekday}"), "second", day=day)
    assert (wire.compare(first, second) is not None) == found


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On Monday, and Fridays", {0}),
        ("vi", "hôm thứ hai tại Hà Nội", {0}),
        ("id", "pada Jumat (6/2)", {4}),
        ("ja", "火曜日に", {1}),
    ],
)
def test_weekdays_are_read_as_whole_words(lang: str, text: str, expected: set[int]) -> None:
    assert wire.weekdays(text, lang, KNOWLEDGE) == expected


def test_one_page_read_twice_is_a_revision() -> None:
    first = signature(" ".join(SENTENCES), "first", url="https://gazette.example/wall", day=5)
    second = signature(" ".join(SENTENCES).replace("38 million", "41 million"), "second", url="https://gazette.example/wall", day=6)
    verdict = wire.compare(first, second)
    assert verdict is not None and verdict.kind is DerivationKind.REVISION
    assert (verdict.derived_id, verdict.original_id, verdict.is_directed) == (second.article.id, first.article.id, True)


def test_copies_that_are_months_apart_are_no_derivation() -> None:
    early = signature(" ".join(SENTENCES), "early", day=1)
    late = signature(" ".join(SENTENCES), "late", day=30)
    assert wire.compare(early, late) is None


def test_a_credit_decides_the_direction_against_the_times() -> None:
    original = signature(" ".join(SENTENCES), "o", day=6, credits=[credited(CreditRole.OUTLET, "Harbour Gazette")])
    copy = signature(" ".join(SENTENCES), "c", day=5, credits=[credited(CreditRole.ORIGINAL_OUTLET, "Harbour Gazette")])
    verdict = wire.compare(original, copy)
    assert verdict is not None
    assert (verdict.derived_id, verdict.original_id, verdict.is_directed) == (copy.article.id, original.article.id, True)


def test_two_customers_of_one_agency_have_no_direction() -> None:
    customers = [
        signature(" ".join(SENTENCES), name, day=day, credits=[credited(CreditRole.AGENCY, "Nusawire")])
        for name, day in (("a", 5), ("b", 6))
    ]
    verdict = wire.compare(*customers)
    assert verdict is not None and not verdict.is_directed


def test_furniture_is_not_carried() -> None:
    menu = "Home World Sport Weather Subscribe now for two euros a week"
    whole = article(f"{menu}\n{SENTENCES[0]}", "page")
    cut = len(menu) + 1
    page = replace(whole, blocks=(Block(Span(0, cut), BlockRole.FURNITURE), Block(Span(cut, len(whole.text)), BlockRole.BODY)))
    assert wire.carried_text(page) == SENTENCES[0]


def wall_articles() -> list[Article]:
    return [
        article(" ".join(SENTENCES), "a"),
        article(" ".join(SENTENCES[1:]), "b"),
        article(" ".join(SENTENCES[:5]), "c"),
        article(" ".join(reversed(SENTENCES)), "d"),
        article("Тем временем в порту Карстен начались работы.", "e", "ru"),
    ]


@given(st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    articles = wall_articles()
    assert wire.recognise([articles[place] for place in order], KNOWLEDGE) == wire.recognise(articles, KNOWLEDGE)


def test_a_verdict_does_not_depend_on_the_other_articles() -> None:
    articles = wall_articles()
    by_pair = [wire.recognise(pair, KNOWLEDGE) for pair in combinations(articles, 2)]
    together = wire.recognise(articles, KNOWLEDGE)
    assert sorted(together, key=str) == sorted((one for found in by_pair for one in found), key=str)
    assert together


@given(st.text(max_size=400), st.sampled_from(["en", "id", "vi", "ru", "uk", "ja", "zh", "ko", "xx"]))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_signature(text: str, lang: str) -> None:
    one = signature(text, "any", lang)
    assert len(one.wording.bands) == wire.BANDS
    assert all(0 <= anchor.position <= 1 and anchor.weight >= 0 for anchor in one.wording.anchors)
    assert wire.compare(one, signature(" ".join(SENTENCES), "wall")) is None


@given(st.lists(st.tuples(st.integers(1, 4), st.one_of(st.just(wire.NO_DAY), st.integers(738_000, 738_040)))), st.integers(0, 31))
def test_loads_count_what_is_filed_under_one_key_within_the_window(filed: list[tuple[int, int]], window: int) -> None:
    rows = sorted(filed)
    keys, days = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1))

    counted = [sum(other == key and day - window <= on <= day for other, on in rows) for key, day in rows]

    assert wire.loads(keys, days, window).tolist() == counted
