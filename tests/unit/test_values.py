"""Figures, times and places: what is read of a passage, and which of two passages' values can both hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import KNOWLEDGE

from sumber.sourcing import values
from sumber.sourcing.model import Bound, Span, Value, ValueKind
from sumber.sourcing.values import Aspect

WEDNESDAY = date(2023, 9, 6)


def read(text: str, lang: str = "en", at: date | None = WEDNESDAY) -> tuple[Value, ...]:
    return values.read(text, Span(0, len(text)), lang, KNOWLEDGE, at)


def given_by(text: str, lang: str = "en", at: date | None = WEDNESDAY) -> values.Given:
    places = values.places(text, Span(0, len(text)), lang, KNOWLEDGE)
    return values.given(read(text, lang, at), places, KNOWLEDGE.places)


def differing(a: str, b: str, *langs: str) -> frozenset[Aspect]:
    first, second = langs or ("en", "en")
    return values.differing(given_by(a, first), given_by(b, second), KNOWLEDGE.places)


def test_values_keep_their_units_and_places() -> None:
    text = "Before. Tax of Rp 1,5 triliun fell 7,83% on 12 rumah in 2023, pada 4 September. After 99."
    inside = Span(text.index("Tax"), text.index(" After"))
    found = values.read(text, inside, "id", KNOWLEDGE)
    assert [(value.kind, value.value, value.unit) for value in found] == [
        (ValueKind.MONEY, "1500000000000", "IDR"),
        (ValueKind.PERCENT, "7.83", "%"),
        (ValueKind.COUNT, "12", "rumah"),
        (ValueKind.DATE, "2023", None),
        (ValueKind.DATE, "--09-04", None),
    ]
    assert [value.span.of(text) for value in found] == ["1,5 triliun", "7,83", "12", "2023", "4 September"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "since last year", [("2022", Bound.SINCE)]),
        ("en", "in September 2021 and until May", [("2021-09", None), ("--05", Bound.UNTIL)]),
        ("en", "on September 4, 2022", [("2022-09-04", None)]),
        ("en", "they may march in the street", []),
        ("en", "last month", [("2023-08", None)]),
        ("en", "next week", [("2023-W37", None)]),
        ("en", "in 2019", [("2019", None)]),
        ("id", "memasok roket sejak tahun lalu", [("2022", Bound.SINCE)]),
        ("id", "pada bulan September", [("--09", None)]),
        ("id", "pada 4 September 2023", [("2023-09-04", None)]),
        ("vi", "từ tháng 9 năm 2021", [("2021-09", Bound.SINCE)]),
        ("vi", "năm ngoái", [("2022", None)]),
        ("de", "im vergangenen Jahr", [("2022", None)]),
        ("ru", "в прошлом году", [("2022", None)]),
        ("ja", "昨年から", [("2022", Bound.SINCE)]),
        ("ja", "2021年9月4日", [("2021-09-04", None)]),
    ],
)
def test_times_are_counted_from_the_day_of_publication(lang: str, text: str, expected: list[tuple[str, Bound | None]]) -> None:
    assert [(value.value, value.bound) for value in read(text, lang) if value.kind is ValueKind.DATE] == expected


def test_what_a_page_without_a_date_calls_last_year_stays_relative() -> None:
    (value,) = read("last year", at=None)
    assert (value.value, value.relative) == ("year-1", "year-1")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "about 200 houses", ("200", Bound.ABOUT, "0")),
        ("en", "more than US$1.5 million", ("1500000", Bound.AT_LEAST, "100000")),
        ("en", "fewer than 30 boats", ("30", Bound.AT_MOST, "0")),
        ("en", "41 houses", ("41", None, "0")),
        ("id", "sekitar 200 rumah", ("200", Bound.ABOUT, "0")),
        ("vi", "khoảng 200 ngôi nhà", ("200", Bound.ABOUT, "0")),
        ("ja", "約3億円", ("300000000", Bound.ABOUT, "100000000")),
        ("en", "2000 houses", ("2000", None, "0")),
    ],
)
def test_figures_keep_how_exact_they_are(lang: str, text: str, expected: tuple[str, Bound | None, str]) -> None:
    (value,) = read(text, lang)
    assert (value.value, value.bound, value.step) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "talks were held in Hanoi, Vietnam", ["VN/Hanoi"]),
        ("en", "Vietnam said that talks were held", []),
        ("en", "fled from the northern city of Surabaya", ["ID/Surabaya"]),
        ("id", "bertemu di ibu kota Hanoi", ["VN/Hanoi"]),
        ("vi", "gặp nhau tại thành phố Hà Nội", ["VN/Hanoi"]),
        ("de", "in Moskau", ["RU/Moscow"]),
        ("ru", "встреча в Москве", ["RU/Moscow"]),
        ("ja", "ハノイで会談した", ["VN/Hanoi"]),
        ("zh", "在河內会谈", ["VN/Hanoi"]),
        ("ko", "하노이에서 만났다", ["VN/Hanoi"]),
        ("en", "ein nice day in november", []),
    ],
)
def test_a_place_counts_where_something_is(lang: str, text: str, expected: list[str]) -> None:
    assert [value.value for value in read(text, lang) if value.kind is ValueKind.PLACE] == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("talks in Hanoi", "talks in Vietnam", set()),
        ("talks in Hanoi", "talks in Asia", set()),
        ("talks in Hanoi", "talks in Surabaya", {Aspect.PLACE}),
        ("talks in Hanoi", "talks", set()),
        # Whoever names the place in another role may mean it too.
        ("talks in Hanoi", "Vietnam hosted talks in Surabaya", set()),
        ("about 200 houses", "198 houses", set()),
        ("about 200 houses", "257 houses", {Aspect.FIGURE}),
        ("more than 40 houses", "41 houses", set()),
        ("more than 40 houses", "140 houses", {Aspect.FIGURE}),
        ("1.5 million people", "1,512,000 people", set()),
        ("1.5 million people", "1.6 million people", {Aspect.FIGURE}),
        ("3 million dollars", "3 million euros", {Aspect.FIGURE}),
        ("41 houses", "57 houses", {Aspect.FIGURE}),
        ("opened in 2022", "opened on September 4, 2022", set()),
        ("opened in 2022", "opened last year", set()),
        ("opened on September 4", "opened in September", set()),
        ("opened on September 4", "opened on September 5", {Aspect.TIME}),
        ("opened on 4 September", "opened in 2021", set()),
        ("opened in 2021", "opened last year", {Aspect.TIME}),
    ],
)
def test_coarser_values_contradict_no_finer_ones(a: str, b: str, expected: set[Aspect]) -> None:
    assert differing(a, b) == differing(b, a) == expected


def test_places_and_times_agree_across_languages() -> None:
    assert not differing("talks in Hanoi last year", "pembicaraan di Vietnam pada tahun 2022", "en", "id")
    assert differing("talks in Hanoi", "pembicaraan di Surabaya", "en", "id") == {Aspect.PLACE}


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("Belmora sent rockets to Ostavia since last year, and added more.", "Belmora sent rockets to Ostavia", ("2022", Bound.SINCE)),
        ("Belmora sent rockets to Ostavia in 2021.", "Belmora sent rockets to Ostavia", ("2021", None)),
        # That is when it was said.
        ("The bridge is closed, he said last year.", "The bridge is closed", None),
        ("The bridge is closed he said last year.", "The bridge is closed", None),
    ],
)
def test_a_time_behind_a_passage_belongs_to_it_where_nothing_stands_between(
    text: str, content: str, expected: tuple[str, Bound | None] | None
) -> None:
    found = values.time_behind(text, Span(0, len(content)), "en", KNOWLEDGE, WEDNESDAY)
    assert (found and (found.value, found.bound)) == expected


def test_every_place_lies_in_one_that_the_table_holds() -> None:
    for key, outer in KNOWLEDGE.places.items():
        assert outer == "001" or outer in KNOWLEDGE.places, key
        assert values.outside(key, KNOWLEDGE.places)[-1] == "001"


FIGURES = ["4", "41", "57", "200", "1.5 million", "September", "2021", "2022", "last year", "Hanoi", "Vietnam", "Surabaya", "Asia"]
WORDS = st.sampled_from(FIGURES) | st.sampled_from(["in", "since", "until", "about", "more than", "the", ",", "%"])


@given(st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14))
@settings(max_examples=200, deadline=None)
def test_whether_values_can_both_hold_does_not_depend_on_the_order(first: list[str], second: list[str]) -> None:
    a, b = " ".join(first), " ".join(second)
    assert differing(a, b) == differing(b, a)
    assert not differing(a, a)
    for value in read(a):
        assert value.span.of(a).strip() == value.span.of(a) != ""


@given(
    st.text(alphabet="0123456789.,  \u00a0\u202f$%千万億兆 milion年月日/", max_size=60),
    st.sampled_from(["en", "id", "ru", "ja", "ko", "xx"]),
)
@settings(max_examples=300, deadline=None)
def test_any_figures_can_be_read(text: str, lang: str) -> None:
    for value in read(text, lang):
        assert text[value.span.start : value.span.end] == value.span.of(text) != ""
