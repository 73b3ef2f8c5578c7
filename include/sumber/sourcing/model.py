"""The frozen records and closed enumerations that every other module speaks.

All spans are offsets in code points into `Article.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol


class Span(NamedTuple):
    """A half-open range of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of `text` that this span covers."""
        return text[self.start : self.end]


# --- captures and articles -----------------------------------------------------------------------------------

DATE_TOLERANCE = timedelta(days=1)
"""Pages carry wrong dates and time zones; a source may seem younger by this much than those who had it from there."""


class MediaType(StrEnum):
    """What the bytes of a capture are."""

    HTML = "text/html"
    PLAIN = "text/plain"
    JSON = "application/json"  # one article of the benchmark contract: id, lang, text, …
    NINJS = "application/ninjs+json"  # an agency's item in JSON (IPTC ninjs)
    NEWSML = "application/vnd.iptc.g2.newsitem+xml"  # an agency's item in XML (IPTC NewsML-G2), or a message of one


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes received, with what was known of them on arrival; never edited.

    `outlet`, `lang`, `published_at` and `headline` are hints from a feed entry or a record, None where unknown.
    """

    id: int
    content: bytes
    media_type: MediaType
    captured_at: datetime
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published_at: datetime | None = None
    headline: str | None = None
    name: str | None = None  # file name or record id: what a person calls it


class BlockRole(StrEnum):
    """What a line or element of a page is. Only headline, lead and body may hold claims."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT_LINE = "credit_line"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like stretch of the text and its role."""

    span: Span
    role: BlockRole


class CreditRole(StrEnum):
    """In which capacity a credit names somebody for the whole article."""

    OUTLET = "outlet"  # the page that the reader sees
    ORIGINAL_OUTLET = "original_outlet"  # whom an aggregator reposts or translates
    AGENCY = "agency"  # supplied the copy: "(Reuters)", "Sumber: Reuters", dateline signature
    BYLINE = "byline"  # a person: reporter, author, translator
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Credit:
    """A name credited for the whole article, as printed (scanned signatures as the registry spells them). `span` is None for metadata."""

    role: CreditRole
    name: str
    span: Span | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class MediaCredit:
    """A photo, video or graphic credit: recorded, never evidence for a claim."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One reading of a capture.

    `text` is the whole decoded text, furniture included; `blocks` cover what was recognised in it, in order and without overlap.
    `credits` are ordered from the page towards the origin. `modified_at` and `tags` are what the page says of itself.
    """

    id: int
    capture_id: int
    text: str
    lang: str
    blocks: tuple[Block, ...]
    credits: tuple[Credit, ...] = ()
    media_credits: tuple[MediaCredit, ...] = ()
    headline: str | None = None
    dateline: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    name: str | None = None
    captured_at: datetime | None = None  # when the bytes were received, where that is known: it dates pages that do not say
    modified_at: datetime | None = None
    tags: tuple[str, ...] = ()

    @property
    def dated(self) -> datetime | None:
        """Return when the article counts as published: its own time, else that of its capture, else None."""
        return self.published_at or self.captured_at

    def may_precede(self, other: Article) -> bool:
        """Whether another article can have it from this one: nobody is the source of what was published before them, nearly."""
        return self.published_at is None or other.published_at is None or self.published_at <= other.published_at + DATE_TOLERANCE

    def credited(self, role: CreditRole) -> Credit | None:
        """Return the first credit with `role`, or None."""
        return next((credit for credit in self.credits if credit.role is role), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record was not accepted: the rule, the raw value that broke it, and a sentence for people."""

    rule: str
    value: str
    reason: str


# --- sources -------------------------------------------------------------------------------------------------


class SourceKind(StrEnum):
    """What a source is."""

    PERSON = "person"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    OUTLET = "outlet"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"

    @property
    def is_news(self) -> bool:
        """Whether the source is a news organisation."""
        return self in (SourceKind.AGENCY, SourceKind.OUTLET)


class AnonymousType(StrEnum):
    """The types of unnamed sources (`seeds/anonymous_types.csv` holds their wording per language)."""

    OFFICIAL = "official"
    INTELLIGENCE = "intelligence"
    MILITARY = "military"
    POLICE = "police"
    DIPLOMAT = "diplomat"
    INSIDER = "insider"
    WITNESS = "witness"
    EXPERT = "expert"
    MEDIA = "media"
    DOCUMENT = "document"
    PUBLIC = "public"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """A person, agency, outlet, government, organisation, document or typed anonymous group.

    `key` is the registry's slug for known sources and a folded name otherwise; for an anonymous group it holds the story too, so
    that two stories' "officials" are never one. `is_known` tells whether the registry holds it.
    """

    id: int
    key: str
    name: str
    kind: SourceKind
    is_known: bool = False
    country: str | None = None  # ISO 3166-1 alpha-2
    role: str | None = None  # "Russian defence minister": as printed, apart from the name
    anonymous_type: AnonymousType | None = None
    count: int | None = None  # how many unnamed people, where the text says so
    anonymity_reason: str | None = None  # "syarat anonim", "not authorised to speak", as printed
    is_vague: bool = False  # "US media", "a newspaper", "reports": to be resolved through another article


class RelationKind(StrEnum):
    """Relations between sources (`core.source_relation`)."""

    SPEAKS_FOR = "speaks_for"
    MEMBER_OF = "member_of"
    OWNED_BY = "owned_by"
    CONTROLLED_BY = "controlled_by"


@dataclass(frozen=True, slots=True)
class SourceRelation:
    """A dated relation between two registry sources, by key, with its evidence."""

    subject: str
    relation: RelationKind
    object: str
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    evidence: str = ""
    capacity: str | None = None  # in which a person speaks for a body: "head", "spokesperson"


class NameHit(NamedTuple):
    """A registry alias found in a text: where, and which source's key."""

    span: Span
    key: str


class Gazetteer(Protocol):
    """Finds registry names in running text. `sources.Registry` is one; `articles` only knows this much of it."""

    def find(self, text: str, lang: str) -> tuple[NameHit, ...]:
        """Return whole-word, longest, non-overlapping hits in order; ambiguous short names only where context allows."""
        ...

    def get(self, key: str) -> Source:
        """Return the source with this registry key. Raises KeyError."""
        ...

    def named(self, name: str, lang: str) -> Source | None:
        """Return the source that `name` as a whole stands for in `lang`, or None."""
        ...


class Principals(Protocol):
    """Knows for whom a source speaks. `sources.Registry` is one."""

    def principal(self, source: Source, at: datetime | None = None) -> Source:
        """Return the source at the top of `speaks_for` and `controlled_by` as of `at`: `source` itself where it speaks for nobody else."""
        ...


# --- attribution ---------------------------------------------------------------------------------------------


class HopRelation(StrEnum):
    """How a node got it from the next node towards the origin."""

    TOLD = "told"
    QUOTES = "quotes"
    PUBLISHES = "publishes"
    CITES_DOCUMENT = "cites_document"
    OBSERVED = "observed"
    POOLED = "pooled"
    REPOSTS = "reposts"
    TRANSLATES = "translates"
    SUPPLIED_BY = "supplied_by"
    RESOLVED_AS = "resolved_as"


class Origin(StrEnum):
    """Which mechanism asserted a row."""

    OUTLET = "outlet"
    BYLINE = "byline"
    CREDIT_LINE = "credit_line"
    TEXT = "text"
    CONTEXT = "context"
    OTHER_ARTICLE = "other_article"
    REVIEW = "review"

    @property
    def is_credit(self) -> bool:
        """Whether the hop is owed to the article's credits as a whole: such a node carries a claim, and did not make it."""
        return self in (Origin.OUTLET, Origin.BYLINE, Origin.CREDIT_LINE)


class Scope(StrEnum):
    """How far an attribution reaches."""

    SPAN = "span"
    PARAGRAPH = "paragraph"
    ARTICLE = "article"


class Form(StrEnum):
    """How speech is reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    AGENTLESS = "agentless"  # "reportedly", "dikabarkan"
    CARRIED_OVER = "carried_over"  # continued speech without a cue of its own


class Act(StrEnum):
    """The speech act."""

    ASSERT = "assert"
    PREDICT = "predict"
    PROMISE = "promise"
    DEMAND = "demand"
    ACCUSE = "accuse"
    EVALUATE = "evaluate"
    ASK = "ask"


class Position(StrEnum):
    """The speaker's position towards the content or its target."""

    CONFIRMS = "confirms"
    DENIES = "denies"
    DECLINES = "declines"
    RETRACTS = "retracts"
    CANNOT_CONFIRM = "cannot_confirm"


class Stance(StrEnum):
    """The short form of act and position in `predictions.jsonl`."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACCUSES = "accuses"
    QUESTIONS = "questions"


class Operator(StrEnum):
    """How the branches of a joint attribution combine."""

    JOINTLY = "jointly"
    SEPARATELY = "separately"
    COMPILED = "compiled"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One asserted hop from an appearance towards a source (`prov:wasAttributedTo`).

    `branch` numbers the alternatives of a joint source from 0; `hop` counts from 0, the node next to the reader, upwards to the origin.
    `mention` and `cue` are None or empty where the hop was inferred; then `origin` and `scope` say from what.
    """

    branch: int
    hop: int
    source: Source
    relation: HopRelation
    origin: Origin
    scope: Scope
    rule: str
    confidence: float
    cue: tuple[Span, ...] = ()
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One passage of an article that reports an utterance, with its attributions.

    `attributions` hold every hop of every branch, page first (the article's own credits included), ordered by (branch, hop).
    `denied` is the span of the claim that the speaker denies, where it is apart from the content.
    """

    article_id: int
    ordinal: int
    content: tuple[Span, ...]
    form: Form
    attributions: tuple[Attribution, ...]
    act: Act = Act.ASSERT
    position: Position | None = None
    operator: Operator | None = None
    hedges: tuple[Span, ...] = ()
    denied: Span | None = None
    is_ascribed: bool = False  # an attitude that one source ascribes to another
    confidence: float = 0.5

    @property
    def stance(self) -> Stance:
        """Return the short form: a denial wins over an accusation, an accusation over a question.

        Who cannot confirm, or declines to comment, leaves open what is so.
        """
        if self.position is Position.DENIES:
            return Stance.DENIES
        if self.act is Act.ACCUSE:
            return Stance.ACCUSES
        if self.act is Act.ASK or self.position in (Position.CANNOT_CONFIRM, Position.DECLINES):
            return Stance.QUESTIONS
        return Stance.ASSERTS

    def branch(self, number: int) -> tuple[Attribution, ...]:
        """Return the hops of one branch, page first."""
        return tuple(hop for hop in self.attributions if hop.branch == number)


# --- derivations, claims, chains -----------------------------------------------------------------------------


class DerivationKind(StrEnum):
    """How one article was made from another."""

    NEAR_DUPLICATE = "near_duplicate"
    SAME_WIRE = "same_wire"
    TRANSLATION = "translation"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Derivation:
    """Two articles that carry the same copy. `derived_id` was made from `original_id`; `is_directed` is False where that is not known."""

    derived_id: int
    original_id: int
    kind: DerivationKind
    is_directed: bool
    confidence: float
    evidence: tuple[str, ...]


class Terminus(StrEnum):
    """How a chain ends."""

    PRIMARY = "primary"  # a named person, body or document
    ANONYMOUS = "anonymous"
    UNATTRIBUTED = "unattributed"  # the outlet's own narration
    MISSING = "missing"  # attributed, but the source cannot be made out
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Chain:
    """One branch of an appearance's provenance, from the outlet that the reader sees to the ultimate source.

    `nodes` are page first, each node once. `root_key` names the independent route to knowledge: (principal, access event).
    """

    article_id: int
    ordinal: int
    branch: int
    nodes: tuple[Source, ...]
    originating_outlet: Source | None
    ultimate_source: Source | None
    supplying_agency: Source | None
    terminus: Terminus
    root_key: str
    confidence: float


# --- utterances, claims and how they bear on each other --------------------------------------------------------


class ValueKind(StrEnum):
    """What a checkable value measures."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    PLACE = "place"


class Bound(StrEnum):
    """How a value limits what it stands for: figures are rounded, times have a beginning or an end."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SINCE = "since"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as printed at `span`, normalised.

    `value` is a decimal number without separators; a day, week, month or year of ISO 8601 (`--09-04` without a year; `year-1` for "last
    year" where the article has no date); or the key of a place. `unit` is the folded noun that is counted, or an ISO 4217 currency code.
    `step` is what a figure with a magnitude is rounded to ("1.5 million": 100000), else 0. `relative` keeps how a time was told ("last
    year": `year-1`).
    """

    kind: ValueKind
    value: str
    unit: str | None
    span: Span
    bound: Bound | None = None
    step: str = "0"
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """The speech act that one appearance reports. Appearances of one act share a `canonical_id`, the smallest `id` among them."""

    id: int
    canonical_id: int
    article_id: int
    ordinal: int
    speaker: str  # key of the principal; for unnamed speakers their type
    act: Act
    position: Position | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The proposition of one appearance, without its speaker. Appearances of one proposition share a `canonical_id`, the smallest `id`.

    `slot` names the question that the proposition answers and `value` its answer, of kind `value_kind` (None for yes and no); all are None
    where neither a figure, a time, a place nor a denial makes the question clear. `is_affirmed` is False for the proposition of a denial or
    retraction. `places` are keys of the places where it holds; `valid_times` are the times, as ISO 8601 dates or open intervals.
    """

    id: int
    canonical_id: int
    utterance_id: int
    article_id: int
    ordinal: int
    text: str
    is_affirmed: bool
    slot: int | None = None
    value: str | None = None
    unit: str | None = None
    value_kind: ValueKind | None = None
    places: tuple[str, ...] = ()
    valid_times: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


class ClaimRelationKind(StrEnum):
    """How one claim bears on another (`core.claim_relation`)."""

    DENIES = "denies"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    RETRACTS = "retracts"


class Cited(NamedTuple):
    """Characters of an article that are evidence."""

    article_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """`claim_id` denies, contradicts, updates or retracts `other_id`; both are ids of single claims, not canonical ones.

    `evidence` are both passages in words, `cited` the characters that it rests on: what both say, the words that deny or withdraw, and the
    values on which they disagree.
    """

    claim_id: int
    relation: ClaimRelationKind
    other_id: int
    confidence: float
    evidence: tuple[str, ...]
    cited: tuple[Cited, ...] = ()
