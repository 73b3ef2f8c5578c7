"""What a cue's construction gives, in tokens, and the attribution that is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from sumber.sourcing.lexicons import Cue, CueClass
from sumber.sourcing.model import Act, Form, Position, Span

TAGS = (CueClass.SPEECH, CueClass.SUFFIXED)
WEAK = (CueClass.ATTITUDE, CueClass.OBJECT, CueClass.AGENTLESS, CueClass.NOUN)
SURE = 0.9  # cues that are hardly ever anything else
PERHAPS_LABEL = "label?"  # a headline's name before a colon, which nothing but the body tells to be a speaker's
STATES = (Act.ASSERT, Act.PREDICT, Act.EVALUATE)  # acts whose content is a statement


class Part(StrEnum):
    """What a mention does in an attribution."""

    SPEAKER = "speaker"
    RELAYER = "relayer"  # passed it on: "Interfax" in "X said, quoted by Interfax"
    SUPPLIER = "supplier"  # the relayer's own source: "Z" in "dikutip Y dari Z"
    RECIPIENT = "recipient"  # "told AFP"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description in an attribution. `is_shared` marks a speaker carried from an earlier cue of the sentence."""

    span: Span
    part: Part
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class CueMatch:
    """One attribution as printed: spans and the rule that found them; nobody is resolved yet.

    `mentions` go from the speaker outwards to the page; `paragraph` and `sentence` count from 0 among the claim-holding blocks. No
    `content` means that somebody has the word without a claim ("she answered the question"): who "she" is in what follows.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    form: Form
    rule: str
    act: Act
    position: Position | None
    sentence: int
    paragraph: int
    confidence: float
    hedges: tuple[Span, ...] = ()
    denied: Span | None = None  # the claim denied, where it is apart from the content
    points_back: bool = False  # the denial names no claim: "fake news", "the report"
    negated: Span | None = None  # what the main clause of the content says is not so
    is_flat: bool = False  # it says so flatly: "never", "there is no such"
    is_ascribed: bool = False  # what somebody is said to think
    is_apart: bool = False  # several speakers, each for themselves
    is_headline: bool = False
    is_story: bool = False  # the relay holds for what follows
    pronoun: str | None = None  # the pronoun inside the cue ("katanya"), where nobody else is named
    is_noun: bool = False  # "his claim that": says what somebody holds, and that nobody speaks here


class Denial(NamedTuple):
    """The position of a passage. `claim` is what is denied, where it is apart from the content; `points_back`: it stands elsewhere."""

    position: Position | None
    claim: Span | None = None
    points_back: bool = False


@dataclass(slots=True)
class Frame:
    """A cue with what its construction gives, in tokens."""

    start: int
    end: int
    cue: Cue
    rule: str
    content: list[tuple[int, int]] = field(default_factory=list)
    speaker: tuple[int, int] | None = None
    is_shared: bool = False
    through: list[tuple[Part, tuple[int, int]]] = field(default_factory=list)  # from the speaker outwards
    recipients: list[tuple[int, int]] = field(default_factory=list)
    cues: list[tuple[int, int]] = field(default_factory=list)
    front: int = 0  # where the frame's own words begin: its subject, or the comma or "and" before the cue
    is_sequel: bool = False  # joined to an earlier frame, not inside its content
    to_right: bool = False
    is_negated: bool = False
    is_unsaid: bool = False  # "belum menjelaskan apakah": only ends what stands before
    strength: str = ""
    is_story: bool = False
    is_ascribed: bool = False


@dataclass(slots=True)
class Verb:
    """A verb of speech or attitude in its sentence, in tokens, and what has been found around it so far."""

    a: int  # the sentence
    stop: int
    i: int  # the verb
    j: int
    cue: Cue
    frames: list[Frame]  # of the cues before it
    following: int  # where the next cue begins
    begin: int = 0  # where what is said would begin to its right
    cue_end: int = 0  # where the verb ends, with the conjunction behind it
    strength: str = ""  # what leads that in: "that", "colon", "quote", "bare", or nothing where nothing follows
    recipient: tuple[int, int] | None = None
    is_gerund: bool = False  # "by saying"
    is_refusal: bool = False  # the verb holds what was refused: "từ chối bình luận"
    speaker: tuple[int, int] | None = None  # the subject before it
    front: int = 0  # where the subject begins, or the comma or "and" before the verb
    is_shared: bool = False  # the subject is an earlier cue's
    is_sequel: bool = False
    is_split: bool = False  # between two parts of a quotation
