"""Small articles and appearances for the tests of matching, claims and chains: invented outlets, people and events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sumber.pipeline import matching
from sumber.sourcing import identity
from sumber.sourcing.model import (
    Act,
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
    Position,
    RelationKind,
    Scope,
    Source,
    SourceKind,
    SourceRelation,
    Span,
)
from sumber.sourcing.sources import Record, Registry

KNOWLEDGE = matching.knowledge(Path(__file__).resolve().parents[2] / "seeds")

REGISTRY = Registry(
    [
        Record("gov-os", "Ostavia", SourceKind.GOVERNMENT, "OS", "government"),
        Record("mfa-os", "Foreign Ministry of Ostavia", SourceKind.GOVERNMENT, "OS", "foreign-ministry"),
        Record("osta", "Osta News Agency", SourceKind.AGENCY, "OS", is_state_controlled=True),
        Record("meridian", "Meridian News", SourceKind.AGENCY, "BE", is_wire=True),
        Record("herald", "Belmora Herald", SourceKind.OUTLET, "BE"),
        Record("courier", "Belmora Courier", SourceKind.OUTLET, "BE"),
        Record("gazette", "Harbour Gazette", SourceKind.OUTLET, "KA"),
        Record("mirror", "Upland Mirror", SourceKind.OUTLET, "KA"),
    ],
    [],
    [
        SourceRelation("mfa-os", RelationKind.SPEAKS_FOR, "gov-os"),
        SourceRelation("osta", RelationKind.CONTROLLED_BY, "gov-os"),
    ],
)


def known(key: str) -> Source:
    """Return a source of the small registry."""
    return REGISTRY.get(key)


def person(name: str) -> Source:
    """Return a named person whom the registry does not know."""
    return Source(identity.of("source", identity.fold(name)), identity.fold(name), name, SourceKind.PERSON)


def unnamed(name: str, article_id: int, kind: AnonymousType = AnonymousType.OFFICIAL) -> Source:
    """Return an unnamed source of one article."""
    key = f"anonymous {article_id} {name}"
    return Source(identity.of("source", key), key, name, SourceKind.ANONYMOUS, anonymous_type=kind)


def vague(name: str, article_id: int, country: str | None = None) -> Source:
    """Return a vague outlet of one article: "Belmoran media"."""
    key = f"vague {article_id} {name}"
    return Source(identity.of("source", key), key, name, SourceKind.OUTLET, country=country, is_vague=True)


def hop(source: Source, origin: Origin = Origin.TEXT, confidence: float = 0.9, branch: int = 0) -> Attribution:
    """Return a hop; `appearance` numbers it."""
    scope = Scope.ARTICLE if origin.is_credit else Scope.SPAN
    return Attribution(branch, 0, source, HopRelation.QUOTES, origin, scope, "test", confidence)


def page(key: str) -> Attribution:
    """Return the hop to the page that the reader sees."""
    return hop(known(key), Origin.OUTLET, 1.0)


def credit(key: str) -> Attribution:
    """Return the hop to the agency that an article credits as a whole."""
    return hop(known(key), Origin.CREDIT_LINE)


def article(text: str, name: str, lang: str = "en", day: int | None = 5, credits: Sequence[Credit] = (), url: str | None = None) -> Article:
    """Return an article of September 2023 whose text is all body."""
    return Article(
        id=identity.of("article", name),
        capture_id=identity.of("capture", name),
        text=text,
        lang=lang,
        blocks=(Block(Span(0, len(text)), BlockRole.BODY),),
        credits=tuple(credits),
        url=url,
        published_at=datetime(2023, 9, day, 12, tzinfo=UTC) if day else None,
        name=name,
    )


def credited(role: CreditRole, name: str) -> Credit:
    """Return a credit that no span holds."""
    return Credit(role, name, None, Origin.CREDIT_LINE)


def appearance(
    of: Article,
    content: str,
    *branches: Sequence[Attribution],
    ordinal: int = 0,
    act: Act = Act.ASSERT,
    position: Position | None = None,
    form: Form = Form.INDIRECT,
    denied: str | None = None,
) -> Appearance:
    """Return the appearance of `content` in an article, with its hops numbered by branch."""
    start = of.text.index(content)
    claim = Span(of.text.index(denied), of.text.index(denied) + len(denied)) if denied else None
    hops = [
        Attribution(number, place, one.source, one.relation, one.origin, one.scope, one.rule, one.confidence)
        for number, branch in enumerate(branches)
        for place, one in enumerate(branch)
    ]
    return Appearance(of.id, ordinal, (Span(start, start + len(content)),), form, tuple(hops), act, position, denied=claim)
