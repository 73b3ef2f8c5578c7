"""How far a claim is corroborated, and how far a source can be trusted: one model for the pipeline and for plain tables.

Two entry points, one implementation:

`fuse(statements, groups)` weighs conflicting values in any (source, object, value[, time]) table.
    Out: `Fusion(truths, scores)`: a belief for every value of every object, and a score with a 90% interval for every source.

`score(day, sources, testimonies, outcomes, …)` is the pipeline's step.
    In, one record per row of the database:
      `Testimony`  one source's position on one claim (core.claim joined with its appearance, chain and source)
      `Outcome`    an external check of a claim (core.review, a document, a resolved prediction)
      `Relay`      one comparison of a relayed passage with its origin's text (only where that text is held)
      `Practice`   counts of how a source works (transparency, originality, corrections): shown, never scored
      `Rating`     an optional prior that a user supplies
      `Note`       an override or a reply by the source (kept beside the machine's value, never in place of it)
    Out: `Assessment(scores, evidence, corroborations, slices)`:
      `SourceScore`    -> core.source_score: source, ledger, day, known_at, score, lower, upper, roots, checks, letter, status, components …
      `Evidence`       -> core.score_evidence: source, ledger, day, claim, root, check, date, outcome, weight, effect;
                          the effects of a source's rows, the prior's row included, add up to its score
      `Slice`          -> scores by topic and language, for display
      `Corroboration`  -> the claim's belief, roots for and against, and credibility digit 1-6

Agreement is corroboration, not truth. What cannot be judged says so: `score`, `lower`, `upper` and `letter` are then None, and `status`
says why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from math import sqrt
from typing import NamedTuple, TypeVar

import numpy as np

from sumber.sourcing.corroboration import Assumptions, Beliefs, Floats, Ints, Votes, weigh, without_own_voice
from sumber.sourcing.model import Source, SourceKind

# --- the pipeline's records ----------------------------------------------------------------------------------


class Ledger(StrEnum):
    """In which capacity a source is judged: for what it says itself, or for how faithfully it passes on what others said."""

    ORIGINATOR = "originator"
    RELAY = "relay"


class Check(StrEnum):
    """What an evidence row rests on. All but the last two are external checks; corroboration is weaker and can be switched off."""

    REVIEW = "review"  # a person's verdict
    DOCUMENT = "document"  # a document or record settles it
    RESOLUTION = "resolution"  # the outcome resolved a prediction or promise
    RETRACTION = "retraction"  # withdrawn after others' evidence
    FIDELITY = "fidelity"  # a relayed passage compared with its origin
    CORROBORATION = "corroboration"  # independent roots agree or disagree
    PRIOR = "prior"


@dataclass(frozen=True, slots=True)
class Testimony:
    """One source's position on one claim, as far as reliability needs it.

    Only claims with a question slot and a value, or with a clear polarity, belong here. For a claim without competing values, `slot`
    is the claim's own key and `value` is "yes".
    """

    claim: int  # core.claim.id
    slot: str  # the question; claims with the same slot compete
    value: str  # the answer that the claim gives
    source: str  # Source.key of whom the claim is charged to: the ultimate source, never an outlet that merely copied
    root: str  # Chain.root_key: the independent route to knowledge, principals rolled up; one root is one voice on a fact
    said_on: date
    denies: bool = False  # the source's position towards the claim
    is_interested: bool = False  # the claim is about the source or its principal: its bare denial moves no score
    has_evidence: bool = False  # the denial comes with a document, figures or an account that can be checked
    corrected_on: date | None = None  # the source withdrew or corrected it itself: never costs
    confidence: float = 1.0  # of the attribution, in [0, 1]
    is_reviewed: bool = False  # a person confirmed the attribution
    topic: str | None = None
    lang: str | None = None
    known_at: datetime | None = None  # when the system learnt of it; None = always known


@dataclass(frozen=True, slots=True)
class Outcome:
    """An external check of a claim: how true it turned out, from 0 (false) to 1 (true)."""

    claim: int
    truth: float
    check: Check
    checked_on: date
    reason: str = ""
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Retraction:
    """A page's labelled correction takes back what it, or the page that it was made from, had printed (core.claim_relation)."""

    claim: int  # core.claim.canonical_id of what is taken back
    root: str  # Chain.root_key of the passage that is taken back
    by: str  # Chain.root_key of the passage that says otherwise now
    on: date
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """How one relayed passage matches the origin's text; None where the feature does not occur. Only where that text is held."""

    claim: int
    source: str  # Source.key of the outlet that relays
    root: str
    relayed_on: date
    figures: bool | None = None
    position: bool | None = None
    attribution: bool | None = None
    hedges: bool | None = None
    confidence: float = 1.0
    is_reviewed: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """How a source works, counted over its appearances up to the day: shown beside the score, never part of it."""

    source: str
    appearances: int
    named: int = 0  # end at a named ultimate source
    complete: int = 0  # have no missing hop
    documents: int = 0  # end at a document
    own: int = 0  # first-hand: the source is its own originating outlet
    corrections: int = 0  # issued by itself


@dataclass(frozen=True, slots=True)
class Rating:
    """A prior from a ratings file that a user supplies. An imputed value carries no weight."""

    source: str
    score: float
    is_imputed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """An override or a reply by the source, with who and why. The machine's value stays beside it."""

    source: str
    by: str
    on: date
    reason: str
    score: float | None = None  # None: a reply


class Status(StrEnum):
    """Whether a source is judged, in words that can be shown."""

    JUDGED = "judged"
    TOO_LITTLE = "cannot be judged: too few independent checks"
    UNCHECKED = "cannot be judged: none of its claims has been checked"
    NOT_SCORED = "not scored: private persons, unnamed sources and documents get no score"


@dataclass(frozen=True, slots=True)
class SourceScore:
    """A source's score on one ledger for one day.

    `score` is the expected share of its checkable claims that hold; `lower` and `upper` bound it with 90% probability. `roots` is the
    effective number of independent roots behind it (decayed, weighted), `checks` how many evidence rows, `external` how many of them are
    external checks. `letter` is the Admiralty reliability A-E from external checks only. All four of score, lower, upper and letter are
    None where they cannot be judged. `components` are shown beside the score and never blended into it.
    """

    source: str
    ledger: Ledger
    day: date
    status: Status
    score: float | None = None
    lower: float | None = None
    upper: float | None = None
    roots: float = 0.0
    checks: int = 0
    external: int = 0
    letter: str | None = None
    components: tuple[tuple[str, float], ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signed contribution to a score. `effect` is in score points; a source's effects add up to its score.

    `claim` and `root` are None in the prior's row alone. `outcome` is how true the claim is taken to be, `weight` how much it counts.
    """

    source: str
    ledger: Ledger
    day: date
    claim: int | None
    root: str | None
    check: Check
    dated: date | None
    outcome: float
    weight: float
    effect: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How far independent roots agree on a claim. `belief` is the model's; `credibility` is the Admiralty digit from roots alone."""

    claim: int
    belief: float
    roots_for: int
    roots_against: int
    credibility: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A judged source's score on one topic or in one language, pulled towards its score. For display: nothing votes with it."""

    source: str
    ledger: Ledger
    dimension: str  # "topic" or "lang"
    value: str
    score: float
    roots: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """What `score` returns, each tuple sorted by its keys."""

    scores: tuple[SourceScore, ...]
    evidence: tuple[Evidence, ...]
    corroborations: tuple[Corroboration, ...]
    slices: tuple[Slice, ...] = ()


# --- the model's constants ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Model:
    """The constants of scoring, the same for every table and every source. `docs/reliability.md` says where each comes from."""

    assumptions: Assumptions = field(default_factory=Assumptions)
    prior_strength: float = 2.0  # pseudo-checks behind a source's prior
    prior_mean: float = 0.5  # where nothing is known: neither fine nor bad
    judge_error: float = 0.05  # standard error of a score however many checks there are: the judge's errors are shared by all of them
    doubt_shared: float = 0.5  # and so much of the judge's own doubt about the outcomes is shared by all of them too
    half_life: float = 365.0  # days after which a check counts half
    use_corroboration: bool = True
    corroboration_weight: float = 0.25  # of a corroborated claim against an external check
    other_roots: int = 2  # so many roots besides its own must have spoken before corroboration judges a source …
    decisive: float = 0.8  # … and settled on a value with this belief: one other voice is a disagreement, not a check
    occasion_likeness: float = 0.5  # correlation between the outcomes of two claims that one root made on one day
    slice_strength: float = 10.0  # pseudo-checks that pull a topic's or language's score to the source's
    minimum_roots: float = 3.0  # effective roots below which a source cannot be judged
    minimum_confidence: float = 0.7  # unreviewed attribution below it counts neither for nor against anybody


# --- tables --------------------------------------------------------------------------------------------------


class Statement(NamedTuple):
    """A row of a claims table: `source` says that `object` is `value`; `time` orders a source's revisions and lets old rows fade."""

    source: str
    object: str
    value: str
    time: date | None = None


class Truth(NamedTuple):
    """The belief, in [0, 1], that `value` is right for `object`. An object's beliefs add up to at most 1: none may be right."""

    object: str
    value: str
    belief: float


class TableScore(NamedTuple):
    """A source's estimated accuracy with a 90% interval, and on how many objects, weighted by age, that others spoke about too."""

    source: str
    score: float
    lower: float
    upper: float
    roots: float


class Tally(NamedTuple):
    """How often a voice was found right, out of how many objects, as of a day: what one day hands on to the next."""

    right: float
    judged: float
    on: date | None = None

    def faded(self, day: date | None, half_life: float) -> Tally:
        """Return the tally as it counts on a later `day`; without dates nothing fades."""
        if day is None or self.on is None or day <= self.on:
            return self
        share = 0.5 ** ((day - self.on).days / half_life)
        return Tally(self.right * share, self.judged * share, day)


@dataclass(frozen=True, slots=True)
class Fusion:
    """What `fuse` returns: truths by (object, falling belief, value), scores by source, and those that cannot be judged.

    `unjudged` sources spoke on fewer than `Model.minimum_roots` objects that another voice spoke about too, so they have no score.
    `tallies` are per voice (a group or a source), to be handed to the next `fuse` as its `history`.
    """

    truths: tuple[Truth, ...]
    scores: tuple[TableScore, ...]
    unjudged: tuple[str, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)


def fuse(
    statements: Iterable[Statement],
    groups: Mapping[str, str] | None = None,
    *,
    history: Mapping[str, Tally] | None = None,
    model: Model | None = None,
) -> Fusion:
    """Weigh the values that sources give for objects, and score the sources.

    `groups` maps a source to the name of its group of dependent sources: a group is one voice. A source's later statement on an object
    (by `time`) replaces its earlier one, so that correcting oneself never costs; repeated rows count once; a check fades with its age
    against the latest time. `history` is what earlier days found. The result does not depend on the order of the rows.
    """
    model = model or Model()
    groups = groups or {}
    rows = _current(statements)
    if not rows:
        return Fusion((), (), (), dict(history or {}))
    last = max((row.time for row in rows if row.time is not None), default=None)
    earlier = {name: tally.faded(last, model.half_life) for name, tally in (history or {}).items()}
    facts = _numbered({(row.object, row.value) for row in rows})
    slots = _numbered({row.object for row in rows})
    answers = _numbered({row.value for row in rows})
    names = _numbered({row.source for row in rows})
    spokesman = {name: f"group {groups[name]}" if name in groups else f"source {name}" for name in names}
    voters = _numbered(set(spokesman.values()))
    fact = np.array([facts[row.object, row.value] for row in rows], dtype=np.int64)
    source = np.array([names[row.source] for row in rows], dtype=np.int64)
    age = np.array([(last - row.time).days if last and row.time else 0 for row in rows], dtype=np.float64)
    order = np.lexsort((source, fact))  # sums must not depend on the order of the rows, not even in the last digit
    fact, source, age = fact[order], source[order], age[order]
    voter_of = np.array([voters[spokesman[name]] for name in names], dtype=np.int64)
    slot_of = np.array([slots[pair[0]] for pair in facts], dtype=np.int64)
    cast, size = np.unique(voter_of[source] * len(facts) + fact, return_counts=True)
    votes = Votes(
        voter=cast // len(facts),
        fact=cast % len(facts),
        weight=_shares(cast // len(facts) * len(slots) + slot_of[cast % len(facts)], size),
        denies=np.zeros(len(cast), dtype=np.bool_),
        slot_of=slot_of,
        value_of=np.array([answers[pair[1]] for pair in facts], dtype=np.int64),
        voters=len(voters),
        slots=len(slots),
        right=np.array([earlier[name].right if name in earlier else 0.0 for name in voters]),
        judged=np.array([earlier[name].judged if name in earlier else 0.0 for name in voters]),
    )
    beliefs = weigh(votes, model.assumptions)
    by_belief = np.lexsort((-beliefs.belief, slot_of))  # stable: equal beliefs stay in the order of their values
    pairs = list(facts)
    truths = tuple(Truth(pairs[at][0], pairs[at][1], float(beliefs.belief[at])) for at in by_belief)
    checked = beliefs.contested[slot_of[fact]] * 0.5 ** (age / model.half_life)
    judged = np.bincount(source, checked, len(names))
    right = np.bincount(source, checked * beliefs.belief[fact], len(names))
    unsure = np.bincount(source, checked * beliefs.belief[fact] * (1 - beliefs.belief[fact]), len(names))
    heard = votes.weight * beliefs.contested[slot_of[votes.fact]]  # per voice: a crowd of copies must not move the average
    average = float(heard @ beliefs.belief[votes.fact] / heard.sum()) if heard.any() else model.prior_mean
    scores, unjudged = [], []
    for name, number in names.items():
        before = earlier.get(spokesman[name], Tally(0.0, 0.0))
        count, good = float(judged[number]) + before.judged, float(right[number]) + before.right
        if count < model.minimum_roots:
            unjudged.append(name)
            continue
        mean = (good + model.prior_strength * average) / (count + model.prior_strength)
        doubt = float(unsure[number] / judged[number]) if judged[number] > 0 else 0.0
        scores.append(
            TableScore(name, mean, *_interval(mean, count + model.prior_strength, model.judge_error, model.doubt_shared * doubt), count)
        )
    return Fusion(truths, tuple(scores), tuple(unjudged), _tallies(votes, beliefs, voters, history or {}, model, last))


def replay(
    statements: Iterable[Statement],
    groups: Mapping[str, str] | None = None,
    *,
    history: Mapping[str, Tally] | None = None,
    model: Model | None = None,
) -> Fusion:
    """Fuse day by day, each day resting on the tallies of the days before it; statements without a time come first.

    Whole days may arrive in one batch or many: replaying the second batch with the first one's `tallies` as `history` gives the same
    truths and tallies as replaying both at once. Returns every day's truths, and the last day's scores and tallies.
    """
    days: dict[date, list[Statement]] = defaultdict(list)
    for statement in statements:
        days[statement.time or date.min].append(statement)
    model = model or Model()
    carried = dict(history or {})
    truths: dict[str, tuple[Truth, ...]] = {}
    fusion = Fusion((), (), (), carried)
    for day in sorted(days):
        fusion = fuse(days[day], groups, history=carried, model=model)
        carried = dict(fusion.tallies)
        by_object: dict[str, list[Truth]] = defaultdict(list)
        for truth in fusion.truths:
            by_object[truth.object].append(truth)
        truths.update({name: tuple(found) for name, found in by_object.items()})
    return replace(fusion, truths=tuple(truth for name in sorted(truths) for truth in truths[name]))


def _tallies(
    votes: Votes, beliefs: Beliefs, voters: Mapping[str, int], history: Mapping[str, Tally], model: Model, last: date | None
) -> dict[str, Tally]:
    """Return the tallies after today. Who was silent keeps its tally as it was: it fades when it is next asked."""
    heard = votes.weight * beliefs.contested[votes.slot_of[votes.fact]]
    judged = np.bincount(votes.voter, heard, votes.voters)
    right = np.bincount(votes.voter, heard * beliefs.belief[votes.fact], votes.voters)
    tallies = dict(history)
    for name, number in voters.items():
        before = tallies.get(name, Tally(0.0, 0.0)).faded(last, model.half_life)
        tallies[name] = Tally(before.right + float(right[number]), before.judged + float(judged[number]), last or before.on)
    return dict(sorted(tallies.items()))


def _current(statements: Iterable[Statement]) -> list[Statement]:
    """Return each source's latest statements on each object, without repeats, in no particular order."""
    rows = set(statements)
    if all(row.time is None for row in rows):
        return list(rows)
    latest: dict[tuple[str, str], date] = {}
    for row in rows:
        key = (row.source, row.object)
        latest[key] = max(latest.get(key, date.min), row.time or date.min)
    return [row for row in rows if (row.time or date.min) == latest[row.source, row.object]]


Name = TypeVar("Name", str, tuple[str, str])


def _numbered(names: Iterable[Name]) -> dict[Name, int]:
    return {name: number for number, name in enumerate(sorted(names))}


def _shares(voice: Ints, size: Ints) -> Floats:
    """Split each voice (a voter on a slot) over the facts that it backs, by how many of its members back them."""
    _, index = np.unique(voice, return_inverse=True)
    return np.asarray(size / np.bincount(index, size)[index])


def _interval(score: float, checks: float, *errors: float) -> tuple[float, float]:
    """Return a 90% interval for an expected share that so many checks found, the prior's pseudo-checks included (Agresti and Coull 1998).

    `errors` are further, independent standard errors that more checks do not lessen.
    """
    half = 1.6449 * sqrt(score * (1 - score) / checks + sum(error**2 for error in errors))
    return max(0.0, score - half), min(1.0, score + half)


# --- the pipeline's score ------------------------------------------------------------------------------------


def may_be_scored(source: Source) -> bool:
    """Whether a source may get a score: never private persons (unknown to the registry), unnamed or vague sources, or documents."""
    if source.is_vague or source.anonymous_type is not None or source.kind in (SourceKind.ANONYMOUS, SourceKind.DOCUMENT):
        return False
    return source.kind is not SourceKind.PERSON or source.is_known


def score(
    day: date,
    sources: Sequence[Source],
    testimonies: Iterable[Testimony],
    outcomes: Iterable[Outcome] = (),
    *,
    relays: Iterable[Relay] = (),
    practices: Iterable[Practice] = (),
    ratings: Iterable[Rating] = (),
    notes: Iterable[Note] = (),
    known_at: datetime | None = None,
    model: Model | None = None,
) -> Assessment:
    """Score `sources` as of the end of `day`, from what was known at `known_at` (None: everything given).

    Each score is (prior + weighted outcomes) / (prior's strength + weights): a claim's external check counts fully, corroboration by at
    least `model.other_roots` other independent roots counts `model.corroboration_weight`, both fade with `model.half_life`. The result
    depends neither on the order of the records nor on the batches in which they arrived.
    """
    model = model or Model()
    said = sorted(
        (t for t in testimonies if t.said_on <= day and _was_known(t.known_at, known_at) and _is_usable(t, model)), key=_testimony_order
    )
    checked = _latest_outcomes(o for o in outcomes if o.checked_on <= day and _was_known(o.known_at, known_at))
    standing, corroborations = _corroborate(said, model)
    prior = {r.source: r.score for r in ratings if not r.is_imputed}
    relayed = (r for r in relays if r.relayed_on <= day and _was_known(r.known_at, known_at))
    checks = {Ledger.ORIGINATOR: _originator_checks(said, checked, standing, day, model), Ledger.RELAY: _relay_checks(relayed, day, model)}
    practice = {p.source: p for p in practices}
    remarks: dict[str, list[Note]] = defaultdict(list)
    for note in sorted((n for n in notes if n.on <= day), key=lambda n: (n.on, n.by, n.reason)):
        remarks[note.source].append(note)
    scores: list[SourceScore] = []
    evidence: list[Evidence] = []
    slices: list[Slice] = []
    for source in sorted(sources, key=lambda s: s.key):
        for ledger in Ledger:
            own = checks[ledger].get(source.key, [])
            if ledger is Ledger.RELAY and not own:
                continue
            shown = _components(practice.get(source.key)) if ledger is Ledger.ORIGINATOR else ()
            remark = tuple(remarks[source.key]) if ledger is Ledger.ORIGINATOR else ()
            if not may_be_scored(source):
                scores.append(SourceScore(source.key, ledger, day, Status.NOT_SCORED, notes=remark))
                continue
            judged, explained, parts = _judge(source.key, ledger, day, own, prior.get(source.key, model.prior_mean), model)
            scores.append(replace(judged, components=shown, notes=remark))
            evidence.extend(explained)
            slices.extend(parts)
    return Assessment(tuple(scores), tuple(evidence), corroborations, tuple(slices))


def retracted(
    testimonies: Sequence[Testimony], retractions: Iterable[Retraction], model: Model | None = None
) -> tuple[tuple[Testimony, ...], tuple[Outcome, ...]]:
    """Tell corrections of one's own, which never cost, from retractions after others' evidence, which are outcomes.

    Returns the testimonies, those taken back with the day, and the outcomes. A retraction is an outcome where the voice that made the
    claim takes it back itself, and another voice had answered the question otherwise, or denied it, by then. A page that takes back
    whom it quoted may have misquoted: that costs nobody.
    """
    model = model or Model()
    by_claim: dict[int, list[Testimony]] = defaultdict(list)
    by_slot: dict[str, list[Testimony]] = defaultdict(list)
    for t in testimonies:
        by_claim[t.claim].append(t)
        by_slot[t.slot].append(t)
    corrected: dict[tuple[int, str], date] = {}
    outcomes: set[Outcome] = set()
    for one in sorted(retractions, key=lambda r: (r.on, r.claim, r.root, r.by)):
        taken_back = [t for t in by_claim[one.claim] if t.root == one.root and not t.denies]
        others = {
            voice(t.root)
            for slot in {t.slot for t in taken_back}
            for t in by_slot[slot]
            if t.said_on <= one.on and _is_usable(t, model) and (t.denies or t.value != taken_back[0].value)
        } - {voice(one.root), voice(one.by)}
        if voice(one.root) == voice(one.by) and others:
            reason = f"taken back after {len(others)} other independent root{'s' if len(others) > 1 else ''} had said otherwise"
            outcomes.add(Outcome(one.claim, 0.0, Check.RETRACTION, one.on, reason, one.known_at))
        else:
            corrected.setdefault((one.claim, one.root), one.on)
    told = tuple(
        replace(t, corrected_on=corrected[t.claim, t.root]) if (t.claim, t.root) in corrected and not t.denies else t for t in testimonies
    )
    return told, tuple(sorted(outcomes, key=lambda o: (o.checked_on, o.claim, o.reason)))


def _was_known(at: datetime | None, known_at: datetime | None) -> bool:
    return at is None or known_at is None or at <= known_at


def _is_usable(testimony: Testimony, model: Model) -> bool:
    if testimony.denies and testimony.is_interested and not testimony.has_evidence:
        return False  # a bare denial by an interested party moves no score
    return testimony.is_reviewed or testimony.confidence >= model.minimum_confidence


def _testimony_order(t: Testimony) -> tuple[str, str, str, str, int, date, bool]:
    return (t.slot, t.value, t.source, t.root, t.claim, t.said_on, t.denies)


def _latest_outcomes(outcomes: Iterable[Outcome]) -> dict[int, Outcome]:
    latest: dict[int, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda o: (o.checked_on, o.check, o.truth, o.reason)):
        latest[outcome.claim] = outcome
    return latest


def voice(root: str) -> str:
    """Return whose voice a root (`chains.root_key`) is: a named principal's, or an outlet's, whatever unnamed groups it heard.

    Unnamed groups behind one outlet may be the same people, so they are never counted apart: the minimum of `chains.roots`.
    """
    return ":".join(root.split(":", 2)[:2]) if root.startswith("through:") else root


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the other voices see one position: their belief in the claim, and how many spoke decisively (0 where they did not)."""

    belief: float
    roots: int


def _corroborate(said: Sequence[Testimony], model: Model) -> tuple[dict[tuple[int, str, bool], _Standing], tuple[Corroboration, ...]]:
    """Return the standing of each (claim, voice, denies) without that voice, and each claim's corroboration."""
    if not said:
        return {}, ()
    facts = _numbered({(t.slot, t.value) for t in said})
    slots = _numbered({t.slot for t in said})
    answers = _numbered({t.value for t in said})
    cast = sorted({(voice(t.root), facts[t.slot, t.value], t.denies) for t in said})
    voters = _numbered({name for name, _, _ in cast})
    slot_of = np.array([slots[pair[0]] for pair in facts], dtype=np.int64)
    voter = np.array([voters[name] for name, _, _ in cast], dtype=np.int64)
    fact = np.array([number for _, number, _ in cast], dtype=np.int64)
    votes = Votes(
        voter=voter,
        fact=fact,
        weight=_shares(voter * len(slots) + slot_of[fact], np.ones(len(cast), dtype=np.int64)),
        denies=np.array([denied for _, _, denied in cast], dtype=np.bool_),
        slot_of=slot_of,
        value_of=np.array([answers[pair[1]] for pair in facts], dtype=np.int64),
        voters=len(voters),
        slots=len(slots),
    )
    beliefs = weigh(votes, model.assumptions, are_alike=False)
    alone, highest = without_own_voice(votes, beliefs, model.assumptions)
    speakers: dict[int, set[str]] = defaultdict(set)
    backing: dict[tuple[int, bool], set[str]] = defaultdict(set)
    rivals: dict[int, set[str]] = defaultdict(set)
    for name, number, denied in cast:
        speakers[int(slot_of[number])].add(name)
        backing[number, denied].add(name)
        if not denied:
            rivals[int(slot_of[number])].add(name)
    seen = {}
    for at, (name, number, denied) in enumerate(cast):
        denied_by_others = len(backing[number, True]) > denied
        settled = highest[at] >= model.decisive or (alone[at] <= 1 - model.decisive and denied_by_others)
        others = len(speakers[int(slot_of[number])]) - 1
        seen[name, number, denied] = _Standing(float(alone[at]), others if settled else 0)
    standing = {(t.claim, t.root, t.denies): seen[voice(t.root), facts[t.slot, t.value], t.denies] for t in said}
    shown = []
    for claim, number in sorted({(t.claim, facts[t.slot, t.value]) for t in said}):
        # Whoever backs a claim answers its question, so counting does: a union of sets per claim would cost a question's claims squared.
        answering = rivals[int(slot_of[number])]
        roots_for = len(backing[number, False])
        against = len(answering) - roots_for + len(backing[number, True] - answering)
        shown.append(Corroboration(claim, float(beliefs.belief[number]), roots_for, against, credibility(roots_for, against)))
    return standing, tuple(shown)


def credibility(roots_for: int, roots_against: int) -> int:
    """Return the Admiralty digit of a claim from independent roots alone, whoever they are.

    1 confirmed (three roots, none against), 2 probably true (two, none against), 3 possibly true (more for than against), 4 doubtful
    (as many against as for), 5 improbable (more against than for), 6 cannot be judged (a single root that nobody has answered).
    """
    if roots_against == 0:
        return 1 if roots_for >= 3 else 2 if roots_for == 2 else 6
    if roots_for > roots_against:
        return 3
    return 4 if roots_for == roots_against else 5


class _Checked(NamedTuple):
    """One check of one source's claim, before it is set against the source's other checks."""

    claim: int
    root: str
    said_on: date
    check: Check
    dated: date
    outcome: float
    weight: float
    reason: str
    topic: str | None = None
    lang: str | None = None


def _originator_checks(
    said: Sequence[Testimony],
    checked: Mapping[int, Outcome],
    standing: Mapping[tuple[int, str, bool], _Standing],
    day: date,
    model: Model,
) -> dict[str, list[_Checked]]:
    """Return, per source, one check per claim that was checked: from outside where there is such a check, else by corroboration."""
    first: dict[tuple[str, int, bool], Testimony] = {}
    for t in said:
        known = first.setdefault((t.source, t.claim, t.denies), t)
        if t.said_on < known.said_on:
            first[t.source, t.claim, t.denies] = t
    checks: dict[str, list[_Checked]] = defaultdict(list)
    for t in first.values():
        outcome = checked.get(t.claim)
        others = standing[t.claim, t.root, t.denies]
        if outcome is not None:
            truth, check, dated, weight, reason = outcome.truth, outcome.check, outcome.checked_on, 1.0, outcome.reason
        elif model.use_corroboration and others.roots >= model.other_roots:
            truth, check, dated, weight = others.belief, Check.CORROBORATION, t.said_on, model.corroboration_weight
            reason = f"{others.roots} other independent roots"
        else:
            continue
        right = 1 - truth if t.denies else truth
        if t.corrected_on is not None and t.corrected_on <= day and right < 0.5:
            weight, reason = 0.0, "corrected by the source itself: does not count"
        checks[t.source].append(
            _Checked(t.claim, t.root, t.said_on, check, dated, right, weight * _decay(dated, day, model), reason, t.topic, t.lang)
        )
    return checks


def _relay_checks(relays: Iterable[Relay], day: date, model: Model) -> dict[str, list[_Checked]]:
    """Return, per source, one check per relayed passage: the share of its features that match the origin's text."""
    first: dict[tuple[str, int, str], Relay] = {}
    for r in sorted(relays, key=lambda r: (r.relayed_on, r.source, r.claim, r.root)):
        if r.is_reviewed or r.confidence >= model.minimum_confidence:
            first.setdefault((r.source, r.claim, r.root), r)
    checks: dict[str, list[_Checked]] = defaultdict(list)
    for r in first.values():
        features = {"figures": r.figures, "position": r.position, "attribution": r.attribution, "hedges": r.hedges}
        compared = {name: kept for name, kept in features.items() if kept is not None}
        if compared:
            lost = [name for name, kept in compared.items() if not kept]
            reason = f"differs from its origin in {', '.join(lost)}" if lost else "matches its origin"
            share = sum(compared.values()) / len(compared)
            weight = _decay(r.relayed_on, day, model)
            checks[r.source].append(_Checked(r.claim, r.root, r.relayed_on, Check.FIDELITY, r.relayed_on, share, weight, reason))
    return checks


def _decay(dated: date, day: date, model: Model) -> float:
    return float(0.5 ** ((day - dated).days / model.half_life))


def _by_occasion(checks: Iterable[_Checked], model: Model) -> list[_Checked]:
    """Order the checks, and let those of one occasion count less: k claims of one root on one day count k / (1 + likeness (k - 1))."""
    ordered = sorted(checks, key=lambda c: (c.dated, c.claim, c.root, c.outcome))
    size = Counter((c.root, c.said_on) for c in ordered if c.weight > 0)
    return [
        c._replace(weight=c.weight / (1 + model.occasion_likeness * (size[c.root, c.said_on] - 1))) if size[c.root, c.said_on] > 1 else c
        for c in ordered
    ]


def _judge(
    source: str, ledger: Ledger, day: date, found: Iterable[_Checked], prior: float, model: Model
) -> tuple[SourceScore, list[Evidence], list[Slice]]:
    """Turn a source's checks into its score, its signed evidence (the prior's row and one per check, adding up to the score) and slices."""
    checks = _by_occasion(found, model)
    if not checks:
        return SourceScore(source, ledger, day, Status.UNCHECKED), [], []
    weights = sum(check.weight for check in checks)
    strength = model.prior_strength + weights
    mean = (model.prior_strength * prior + sum(check.weight * check.outcome for check in checks)) / strength
    explained = [Evidence(source, ledger, day, None, None, Check.PRIOR, None, prior, model.prior_strength, prior, "before any check")]
    for c in checks:
        effect = c.weight * (c.outcome - prior) / strength
        explained.append(Evidence(source, ledger, day, c.claim, c.root, c.check, c.dated, c.outcome, c.weight, effect, c.reason))
    external = [check for check in checks if check.check is not Check.CORROBORATION]
    summary = SourceScore(source, ledger, day, Status.TOO_LITTLE, roots=weights, checks=len(checks), external=len(external))
    if weights < model.minimum_roots:
        return summary, explained, []
    doubt = sum(check.weight * check.outcome * (1 - check.outcome) for check in checks) / weights
    lower, upper = _interval(mean, strength, model.judge_error, model.doubt_shared * doubt)
    letter = admiralty([(c.outcome, c.weight) for c in external], model) if ledger is Ledger.ORIGINATOR else None
    judged = replace(summary, status=Status.JUDGED, score=mean, lower=lower, upper=upper, letter=letter)
    return judged, explained, _slices(source, ledger, checks, mean, model)


def _slices(source: str, ledger: Ledger, checks: Iterable[_Checked], mean: float, model: Model) -> list[Slice]:
    parts: dict[tuple[str, str], list[_Checked]] = defaultdict(list)
    for check in checks:
        for dimension, value in (("topic", check.topic), ("lang", check.lang)):
            if value is not None:
                parts[dimension, value].append(check)
    slices = []
    for (dimension, value), own in sorted(parts.items()):
        weights = sum(check.weight for check in own)
        shrunk = (model.slice_strength * mean + sum(check.weight * check.outcome for check in own)) / (model.slice_strength + weights)
        slices.append(Slice(source, ledger, dimension, value, shrunk, weights))
    return slices


def admiralty(external: Sequence[tuple[float, float]], model: Model) -> str | None:
    """Return the Admiralty letter of a source from its external checks, (outcome, weight) each, or None where they do not place it.

    A-C must be earned by the interval's lower end (.90, .75, .50); D and E are given only where its upper end shows it (.75, .50).
    """
    weights = sum(weight for _, weight in external)
    if weights < model.minimum_roots:
        return None
    strength = model.prior_strength + weights
    mean = (model.prior_strength * model.prior_mean + sum(outcome * weight for outcome, weight in external)) / strength
    lower, upper = _interval(mean, strength)
    for letter, bound in (("A", 0.90), ("B", 0.75), ("C", 0.50)):
        if lower >= bound:
            return letter
    return "E" if upper <= 0.50 else "D" if upper <= 0.75 else None


def without(evidence: Iterable[Evidence], claims: Iterable[int]) -> float:
    """Return what a score would be without the checks of these claims: the counterfactual of its evidence rows (the prior's included)."""
    left_out = set(claims)
    kept = [row for row in evidence if row.claim not in left_out]
    return sum(row.weight * row.outcome for row in kept) / sum(row.weight for row in kept)


def _components(practice: Practice | None) -> tuple[tuple[str, float], ...]:
    if practice is None or practice.appearances == 0:
        return ()
    whole = practice.appearances
    return (
        ("named_sources", practice.named / whole),
        ("complete_chains", practice.complete / whole),
        ("documents", practice.documents / whole),
        ("originality", practice.own / whole),
        ("corrections_issued", float(practice.corrections)),
    )
