"""A synthetic archive of news: outlets of very different size, wire copy in cascades, revisions, vague and named sources. Seeded.

Texts are made of common short English words and invented names, so that the real signatures, keys and chains can be made of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from sumber.sourcing import identity
from sumber.sourcing.model import (
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    Block,
    BlockRole,
    Credit,
    CreditRole,
    Form,
    HopRelation,
    Origin,
    Scope,
    Source,
    SourceKind,
    Span,
)

LAST = datetime(2026, 3, 31, tzinfo=UTC)
OUTLETS, SPEAKERS, NAMES, RARE_WORDS = 2_000, 20_000, 20_000, 20_000
LARGEST_CASCADE = 30

NAME_RANK = 5
"""The commonest name stands in 7% of stories, the 20th in 1.5%. Among 400 English articles of the shared development pairs, which are of
many topics and years, the commonest names that the index would file stand in 7.2%, 6.2% and 4.3%, the 20th in 1.8%."""

WORD_RANK = 3_000
"""Telling words (at most ten in a million, `Knowledge.rarity`) begin at about this rank of English; the commonest is 1 in 6,000."""
STORIES_A_DAY, ARTICLES_A_DAY = 95, 300  # with cascades and revisions


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a story. Copies with one `wording` have one text."""

    article: Article
    appearances: tuple[Appearance, ...]
    story: str
    wording: tuple[str, int]
    published_at: datetime


def _source(key: str, name: str, kind: SourceKind, **more: object) -> Source:
    return Source(id=identity.of("synthetic", key), key=key, name=name, kind=kind, **more)  # type: ignore[arg-type]


def _invented(number: int) -> str:
    """Return an invented name of three or four syllables."""
    syllables = (
        "ba",
        "du",
        "fe",
        "go",
        "ha",
        "ji",
        "ka",
        "lo",
        "mi",
        "ne",
        "pu",
        "ro",
        "sa",
        "ti",
        "vu",
        "zo",
        "bre",
        "kli",
        "sto",
        "dran",
    )
    name = ""
    for _ in range(3 if number < 8000 else 4):
        number, part = divmod(number, len(syllables))
        name += syllables[part]
    return name.capitalize()


class Newsroom:
    """Everybody who appears in the archive, and the words that they use; draws from them with long tails."""

    def __init__(self, words: Sequence[str], seed: int) -> None:
        self.seed, self.random = seed, Random(seed)  # noqa: S311 - a simulation
        self.words = words
        self.outlets = [_source(f"outlet:paper {n}", f"The {_invented(n * 7 + 11)} Paper", SourceKind.OUTLET) for n in range(OUTLETS)]
        self.agencies = [_source(f"agency:wire {n}", f"{_invented(n * 13 + 5)} Wire", SourceKind.AGENCY) for n in range(8)]
        self.speakers = [_source(f"person:{n}", f"{_invented(n)} {_invented(n * 3 + 1)}", SourceKind.PERSON) for n in range(SPEAKERS)]
        self.vague = _source("media", "local media", SourceKind.ANONYMOUS, anonymous_type=AnonymousType.MEDIA, is_vague=True)
        self.official = _source("official", "an official", SourceKind.ANONYMOUS, anonymous_type=AnonymousType.OFFICIAL)

    @property
    def sources(self) -> list[Source]:
        """Return all of them."""
        return [*self.outlets, *self.agencies, *self.speakers, self.vague, self.official]

    def draw(self, size: int, exponent: float = 1.0, rank: float = 1.0) -> int:
        """Return a position under `size`, by a power law: a few are drawn often, most of them rarely.

        With exponent 1, the first position has the frequency of `rank` in Zipf's law.
        """
        u = self.random.random()
        if exponent == 1.0:
            return int(rank * ((size + rank) / rank) ** u - rank)
        low, high = 1.0, float(size + 1) ** (1 - exponent)
        return min(size, int((low + u * (high - low)) ** (1 / (1 - exponent)))) - 1


def days(newsroom: Newsroom, statements: int, before: int) -> Iterator[list[Copy]]:
    """Yield the articles of one day after the other, `before` days up to LAST and then LAST itself; about `statements` appearances each.

    What happens on a day depends on the seed and that day alone: archives of every size end in the same days.
    """
    waiting: list[tuple[datetime, int, Copy]] = []
    order = count()
    for day in range(-before, 1):
        newsroom.random = Random(f"{newsroom.seed} {day}")  # noqa: S311 - a simulation
        morning = LAST + timedelta(days=day)
        for number in range(STORIES_A_DAY):
            for copy in _story(newsroom, morning, f"{day} {number}", statements):
                heapq.heappush(waiting, (copy.published_at, next(order), copy))
        due = []
        while waiting and waiting[0][0] < morning + timedelta(days=1):
            due.append(heapq.heappop(waiting)[2])
        yield due


def template(newsroom: Newsroom, number: int, is_filled: bool) -> list[Copy]:
    """Return so many articles of two days that are made from one template, with figures and a town of their own where `is_filled`."""
    draw = newsroom.random = Random(newsroom.seed)  # noqa: S311 - a simulation
    station, office = newsroom.speakers[3], newsroom.official
    made = []
    for place in range(number):
        town, degrees = (_invented(draw.randrange(NAMES)), draw.randrange(10, 40)) if is_filled else (_invented(0), 25)
        written: list[tuple[str, Source, tuple[Source, ...]]] = [
            (f"the station in {town} expects {degrees} degrees and light rain along the northern coast until the evening", station, ()),
            ("drivers should slow down on wet roads around the harbour and keep their distance from lorries", station, ()),
            ("the next forecast will be published tomorrow morning before the markets open", office, ()),
        ]
        at = LAST + timedelta(minutes=place * 37 % 2880)
        made.append(_copy(newsroom, f"template {place}", 0, 0, newsroom.outlets[place % OUTLETS], None, at, written))
    return made


def _story(newsroom: Newsroom, morning: datetime, number: str, statements: int) -> Iterator[Copy]:
    draw = newsroom.random
    topic = [_invented(newsroom.draw(NAMES, rank=NAME_RANK)) for _ in range(3)] + [_invented(draw.randrange(NAMES)) for _ in range(3)]
    agency = newsroom.agencies[newsroom.draw(len(newsroom.agencies))]
    written = [_statement(newsroom, topic) for _ in range(max(1, round(draw.gauss(statements, 1))))]
    size = newsroom.draw(LARGEST_CASCADE, 2.0) + 1
    first = morning + timedelta(seconds=draw.randrange(80_000))
    for place in range(size):
        outlet = newsroom.outlets[newsroom.draw(OUTLETS)]
        at = first + timedelta(hours=draw.expovariate(1 / 18) if place else 0)
        carried = agency if size > 1 else None
        yield _copy(newsroom, number, place, 0, outlet, carried, at, written)
        if draw.random() < 0.05:
            content, speaker, via = written[0]
            revised = [(content.replace(" people", " families"), speaker, via), *written[1:]]
            yield _copy(newsroom, number, place, 1, outlet, carried, at + timedelta(hours=3), revised)


def _statement(newsroom: Newsroom, topic: Sequence[str]) -> tuple[str, Source, tuple[Source, ...]]:
    """Return a statement's words, its speaker, and who stands between the page and the speaker."""
    draw = newsroom.random
    # Two words in five are none of the few hundred that everybody uses.
    said = [
        newsroom.words[newsroom.draw(len(newsroom.words), 0.7)]
        if draw.random() < 0.6
        else _invented(newsroom.draw(RARE_WORDS, rank=WORD_RANK) * 7 + 3).lower()
        for _ in range(draw.randrange(9, 18))
    ]
    for name in draw.sample(topic, 2):
        said.insert(draw.randrange(len(said)), name)
    said.insert(draw.randrange(len(said)), f"{draw.randrange(3, 4000)} people")
    chance = draw.random()
    speaker = newsroom.official if chance < 0.15 else newsroom.speakers[newsroom.draw(SPEAKERS, rank=NAME_RANK)]
    via = (newsroom.outlets[newsroom.draw(OUTLETS)],) if chance > 0.85 else (newsroom.vague,) if chance > 0.82 else ()
    return " ".join(said), speaker, via


def _copy(
    newsroom: Newsroom,
    story: str,
    place: int,
    version: int,
    outlet: Source,
    agency: Source | None,
    at: datetime,
    written: Sequence[tuple[str, Source, tuple[Source, ...]]],
) -> Copy:
    number = identity.of("synthetic article", story, place, version)
    text, found = "", []
    page = [(outlet, HopRelation.PUBLISHES, Origin.OUTLET)]
    if agency:
        page.append((agency, HopRelation.SUPPLIED_BY, Origin.CREDIT_LINE))
    for ordinal, (content, speaker, via) in enumerate(written):
        start = len(text)
        text += content
        nodes = [*page, *((one, HopRelation.QUOTES, Origin.TEXT) for one in via), (speaker, HopRelation.TOLD, Origin.TEXT)]
        hops = tuple(
            Attribution(0, hop, source, relation, origin, Scope.SPAN if origin is Origin.TEXT else Scope.ARTICLE, "synthetic", 0.9)
            for hop, (source, relation, origin) in enumerate(nodes)
        )
        found.append(Appearance(number, ordinal, (Span(start, len(text)),), Form.INDIRECT, hops, confidence=0.9))
        text += f", {speaker.name} said.\n\n"
    article = Article(
        id=number,
        capture_id=number,
        text=text,
        lang="en",
        blocks=(Block(Span(0, len(text)), BlockRole.BODY),),
        credits=tuple(
            Credit(role, source.name, None, origin)
            for role, (source, _, origin) in zip((CreditRole.OUTLET, CreditRole.AGENCY), page, strict=False)
        ),
        url=f"https://{outlet.id}.example/{story.replace(' ', '/')}/{place}",
        published_at=at,
        captured_at=at,
    )
    return Copy(article, tuple(found), story, (story, version), at)
