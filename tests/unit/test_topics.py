"""Topics of articles, from the sections that their addresses name. Hosts and pages are invented."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest

from sumber.pipeline import frames, seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing.topics import Topic, plain, topic_of

SECTIONS = seeds.sections(Settings().seeds)


@pytest.mark.parametrize(
    ("url", "topic"),
    [
        ("https://www.kabarteluk.example/berita-ekonomi-bisnis/harga-cabai-naik", Topic.ECONOMY),
        ("https://finance.example.com/infrastruktur/d-123/jembatan-baru", Topic.ECONOMY),
        ("https://baovinh.example/the-thao/doi-tuyen-thang-4711.html", Topic.SPORT),
        ("https://baovinh.example/th%E1%BB%83-thao/%C4%91%E1%BB%99i-tuy%E1%BB%83n.html", Topic.SPORT),
        ("https://www.buchtbote.example/politik/ausland/gipfel-vertagt-99.html", Topic.POLITICS),
        ("https://www.buchtbote.example/sport/fußball/derby-faellt-aus", Topic.SPORT),
        ("https://lebaie.example/économie/2031/04/le-port-ferme", Topic.ECONOMY),
        ("https://thebay.example/world/climate-environment/reef-survey/", Topic.ENVIRONMENT),
        ("https://thebay.example/sport/business/club-sold/", Topic.ECONOMY),  # the nearer folder says more
        ("https://thebay.example/politics-business/budget", None),  # which of the two?
        ("https://thebay.example/business/politics-business/budget", Topic.ECONOMY),
        ("https://thebay.example/sport", None),  # a page called so, filed nowhere
        ("https://thebay.example/news/2031/sport-minister-resigns", None),  # what the text is about is not guessed
        ("https://thebay.example/transport/ferry", None),  # whole words only
        ("https://sport.example/a/b", None),  # an outlet's own name is no section
        ("https://sport.co.uk/a/b", None),
        ("https://money.example.co.id/a/b", Topic.ECONOMY),
        ("ferry.txt", None),
        ("", None),
        (None, None),
    ],
)
def test_the_section_of_an_address_is_the_topic(url: str | None, topic: Topic | None) -> None:
    assert topic_of(url, SECTIONS) == topic


def test_every_topic_has_a_section_and_names_are_as_addresses_write_them() -> None:
    assert set(SECTIONS.values()) == set(Topic)
    with (Settings().seeds / "sections.csv").open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines)]
    assert [plain(name) for name in names] == names
    assert [plain("Giáo-Dục"), plain("Đời sống"), plain("Fußball"), plain("climate_environment")] == [
        "giao duc",
        "doi song",
        "fussball",
        "climate environment",
    ]


def test_testimonies_carry_the_topic_of_their_article() -> None:
    columns = (
        "claim",
        "slot",
        "value",
        "unit",
        "is_affirmed",
        "root_key",
        "confidence",
        "key",
        "url",
        "lang",
        "said_on",
        "known_at",
        "is_reviewed",
        "answers_accusation",
    )
    known_at = datetime(2031, 5, 2, tzinfo=UTC)
    table = frames.frame(
        (
            dict(
                zip(
                    columns,
                    (n, 7, "12", None, True, "principal:port", 0.9, "port", url, "en", date(2031, 5, 1), known_at, False, False),
                    strict=True,
                )
            )
            for n, url in enumerate(("https://thebay.example/sport/regatta", None, "https://thebay.example/news/regatta"))
        ),
        columns,
    )
    told = frames.testimonies(table, {}, SECTIONS)
    assert [one.topic for one in told] == [Topic.SPORT, None, None]
    assert frames.testimonies(table.iloc[:0], {}, SECTIONS) == []
