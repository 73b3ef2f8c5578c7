"""Corroboration: from voices on competing values to a belief in each value, and to how often each voice is right.

Naive Bayes over voices, fitted by expectation maximisation, in one of two forms:

- **open** (any values; news claims are always open). A voice is right with its own accuracy. Wrong voices draw their value from a Pólya
  urn: the more wrong voices a value has, the likelier the next wrong voice repeats it, so that a popular false value is weak evidence.
  This is POPACCU (Dong, Saha and Srivastava 2012) made a proper distribution, with a prior over the whole domain of values, so that "none
  of these" has the probability that it deserves: a lone statement is believed as far as its voice is.
- **closed** (every object has the same few answers, as in yes/no questions). Dawid and Skene's confusion matrix per voice (1979), shrunk
  towards the voice's overall accuracy and the pooled confusions, as far as the evidence for a model with such shrinkage is greatest.

In both, errors that all voices share on an object make many voices count less (Kish's design effect, 1965), and an object may be hard for
everybody (the idea of GLAD, Whitehill et al. 2009); only many voices on one object show that. Such a model can also explain answers by
most voices being wrong. An open table's hard objects therefore make voices useless, never so wrong that what they agree on passes for a
common error.

In an open table of like objects a value has a record as well: one that is mostly wrong elsewhere is the less likely to be right here, as
far as values differ in that at all (Bühlmann and Straub's credibility, 1970). It is read once, from beliefs that were formed without it.

Voices that agree more often than their accuracies explain are discounted, softly and pair by pair, never merged: a vote counts
1 / (1 + sum of its dependence on those that vote alike). A pair needs a minimum overlap, and an excess beyond four standard errors.
Open tables look for hard objects only when dependence is settled.

Copying and confusions can explain away most of what is said, and find each other's evidence in their own mistakes. So the table is also
read without: a bolder explanation stands only where it finds nearly as many votes right as the plainer one, and confusions are believed
the less, the fewer they find right than the open fit does. That voices are mostly right is what identifies all these models.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The constants of corroboration, chosen on synthetic worlds (`benchmarks/reliability`); the same for every table."""

    rounds: int = 60
    tolerance: float = 1e-3  # no belief moves by more: settled
    accuracy: float = 0.8  # of a voice before anything is known, and of an average one with the weight of `accuracy_votes`
    accuracy_votes: float = 10.0
    strength: float = 4.0  # pseudo-votes that pull a voice to those that say about as much as it does
    stratum_votes: float = 20.0  # pseudo-votes that pull those to the average voice
    ceiling: float = 0.95  # no voice is ever trusted more, none less than 1 - ceiling
    urns: tuple[float, ...] = (3.0, 10.0, 30.0, 100.0)  # candidates for the urn's concentration: small, popular false values
    closed_values: int = 8  # at most so many distinct values make a closed table
    closed_repeats: int = 10  # and at least so many objects per value
    likeness: tuple[float, ...] = (64.0, 16.0, 4.0)  # candidates for the pseudo-votes that pull voices' confusions together, per free cell
    slips: float = 4.0  # pseudo-votes that spread wrong answers as answers are spread, before any is found
    hardness: tuple[float, ...] = (0.0, 1.0, 2.0, 4.0)  # by so much a hard object lowers everybody's log-odds
    closed_hardness: tuple[float, ...] = (0.0, 1.0, 2.0)  # no harder: with few answers, all being wrong looks like all being right
    useless: float = -0.5  # log-odds below which hardness takes no voice of an open table: lower, and agreement passes for a common error
    easy: float = 0.5  # pseudo-objects that are easy, per contested object: easy until many voices show otherwise
    closed_easy: float = 0.1  # the same in closed tables
    copied: float = 0.95  # beliefs that presume copying must find right at least this share of the votes that those without do
    confused: float = 0.85  # and confusions more than this share, to be believed wholly from 1 on: they may overrule most voices
    overlap: int = 20  # slots that two voices must share before their dependence is looked at
    doubt: float = 4.0  # standard errors by which their agreement must exceed the expected
    margin: float = 1.0  # standard errors taken off any excess over chance that is found
    caution: float = 10.0  # pseudo-slots of independent disagreement
    compared: int = 40  # voices compared per slot, the busiest first: keeps the cost linear
    passes: int = 6  # alternations of dependence and beliefs
    rivals: int = 8  # facts of a slot that a voice's belief is set against one by one, the strongest first


@dataclass(frozen=True, slots=True)
class Votes:
    """Voices on candidate values. A fact is a (slot, value) pair; facts are numbered slot by slot.

    `voter`, `fact`, `weight` and `denies` are parallel per vote, one voice's weights on a slot add up to 1. `slot_of` and `value_of` are
    per fact; equal values have equal numbers. `right` and `judged` are per voter: how often it was right before, out of how many.
    """

    voter: Ints
    fact: Ints
    weight: Floats
    denies: Bools
    slot_of: Ints
    value_of: Ints
    voters: int
    slots: int
    right: Floats = field(default_factory=lambda: np.zeros(0))
    judged: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the votes amount to.

    `belief` is per fact; `skill` per vote, its voter's log-odds of being right on an easy object by its other votes; `share` says how
    common each level of hardness is; `weight` is per vote, less what dependence and shared errors take off it.
    """

    belief: Floats
    skill: Floats
    share: Floats
    weight: Floats
    urn: float  # concentration found; infinite for a closed table
    contested: Bools  # per slot: at least two voices spoke


def weigh(votes: Votes, assumptions: Assumptions, *, are_alike: bool = True) -> Beliefs:
    """Find the beliefs. Cost is linear in the votes.

    `are_alike` says that all slots ask the same of different objects, so that equal values mean the same: only then may the form be
    closed, where the table looks it, and a value have a record. Questions of news have nothing in common.
    """
    pairs = _pairs(votes, assumptions)
    fitted: _Fitted = _Open(votes, assumptions, are_alike=are_alike)
    if _fit(fitted, pairs, assumptions):
        plain = _Open(votes, assumptions, are_alike=are_alike)
        _fit(plain, None, assumptions)
        if _kept(plain, fitted) < assumptions.copied:
            fitted = plain
    belief = fitted.belief()
    if are_alike and _is_closed(votes, assumptions):
        closed = _Closed(votes, assumptions)
        _fit(closed, pairs, assumptions)
        trust = min(max((_kept(fitted, closed) - assumptions.confused) / (1 - assumptions.confused), 0.0), 1.0)
        if trust > 0:
            belief = trust * closed.belief() + (1 - trust) * belief
            fitted = closed
    return Beliefs(belief, fitted.odds, fitted.share, fitted.weight, fitted.urn, fitted.contested)


def _fit(model: _Fitted, pairs: _Pairs | None, assumptions: Assumptions) -> bool:
    """Fit, alternating beliefs with what dependence takes off votes. Returns whether it takes anything."""
    votes = model.votes
    weight = votes.weight
    if pairs is None:
        if len(weight) > 0:
            model.settle(weight)
        return False
    model.fit(weight, model.first_rounds)
    for _ in range(assumptions.passes):
        before = weight
        weight = votes.weight / (1 + _dependence(pairs, model.agreement(pairs), votes, assumptions))
        if model.is_settled and np.array_equal(weight, before):
            break
        model.fit(weight, model.pass_rounds)
    if not model.is_settled:
        model.settle(weight)
    return bool((weight < votes.weight).any())


def _kept(plain: _Fitted, bold: _Fitted) -> float:
    """Return how many votes on contested objects the bolder explanation finds right, as a share of those that the plainer one does."""
    plainly, boldly = (float(model.votes.weight @ (model.contested[model.vote_slot] * model.vote_beliefs())) for model in (plain, bold))
    return boldly / plainly if plainly > 0 else 1.0


def _is_closed(votes: Votes, assumptions: Assumptions) -> bool:
    values = len(np.unique(votes.value_of))
    return 2 <= values <= assumptions.closed_values and votes.slots >= values * assumptions.closed_repeats and not votes.denies.any()


class _Fitted(ABC):
    """What both forms share: who spoke where, and how accuracies are pulled together."""

    urn: float
    first_rounds: int  # before dependence is looked at for the first time
    pass_rounds: int  # between two looks at it
    is_settled: bool  # whether so many rounds are a whole fit

    def __init__(self, votes: Votes, assumptions: Assumptions, useless: float) -> None:
        self.votes = votes
        self.useless = useless
        self.constants = assumptions
        self.vote_slot = votes.slot_of[votes.fact]
        self.contested: Bools = _sum(self.vote_slot, votes.weight, votes.slots) > 1.5
        self.weight = votes.weight
        self.accuracy: Floats = np.full(votes.voters, assumptions.accuracy)
        self.skill: Floats = _log_odds(self.accuracy)
        self.odds: Floats = self.skill[votes.voter]
        self.allow((0.0,), 0.0)
        before = len(votes.judged) > 0
        self.right_before: Floats = votes.right if before else np.zeros(votes.voters)
        self.judged_before: Floats = votes.judged if before else np.zeros(votes.voters)
        said = np.bincount(votes.voter, minlength=votes.voters) + self.judged_before
        self.stratum: Ints = np.log2(np.maximum(said, 1)).astype(np.int64)

    def shrunk(self, right: Floats, judged: Floats) -> Floats:
        """Return accuracies from counts: voice -> voices that say about as much -> average voice -> the assumption."""
        c = self.constants
        right, judged = right + self.right_before, judged + self.judged_before
        heard = np.minimum(judged, 20)
        share = right / np.maximum(judged, 1e-9) * heard
        mean = (share.sum() + c.accuracy * c.accuracy_votes) / (heard.sum() + c.accuracy_votes)
        size = int(self.stratum.max()) + 1
        near = (_sum(self.stratum, share, size) + c.stratum_votes * mean) / (_sum(self.stratum, heard, size) + c.stratum_votes)
        self.counted: tuple[Floats, Floats] = right + c.strength * near[self.stratum], judged + c.strength
        return np.asarray(np.clip(self.counted[0] / self.counted[1], 1 - c.ceiling, c.ceiling))

    def without_vote(self, heard: Floats) -> Floats:
        """Return, per vote, its voter's accuracy by its other votes alone: what a vote is taken for must not rest on itself."""
        right, judged = (count[self.votes.voter] for count in self.counted)
        others = (right - heard * self.vote_beliefs()) / (judged - heard)
        return np.asarray(np.clip(others, 1 - self.constants.ceiling, self.constants.ceiling))

    def allow(self, levels: tuple[float, ...], easy: float) -> None:
        """Let objects be so hard from now on, with a prior of so many easy ones per contested object."""
        self.levels: Floats = np.array(levels)
        self.easy: Floats = np.ones(len(levels))  # pseudo-objects per level
        self.easy[0] += easy * self.contested.sum()
        self.share: Floats = self.easy / self.easy.sum()

    def level_shares(self, found: Floats) -> Floats:
        """Return how common each level of hardness is, after so many contested objects were found at each."""
        return np.asarray((self.easy + found) / (self.easy + found).sum())

    def unshared(self, heard: Floats, shared: float) -> Floats:
        """Return what each vote is worth where errors within an object correlate by `shared`: n voices count n / (1 + (n - 1) shared)."""
        voices = _sum(self.vote_slot, heard, self.votes.slots)
        return np.asarray((1 / (1 + np.maximum(voices - 1, 0) * shared))[self.vote_slot])

    @abstractmethod
    def fit(self, weight: Floats, rounds: int) -> None:
        """Alternate beliefs and accuracies until they settle, at most so often, with these weights per vote."""

    def settle(self, weight: Floats) -> None:
        """Fit for good, now that the weights are known."""
        self.fit(weight, self.constants.rounds)

    @abstractmethod
    def belief(self) -> Floats:
        """Return the belief per fact."""

    def vote_beliefs(self) -> Floats:
        """Return the belief per vote that it is right."""
        belief = self.belief()[self.votes.fact]
        return np.where(self.votes.denies, 1 - belief, belief)

    @abstractmethod
    def agreement(self, pairs: _Pairs) -> Floats:
        """Return the probability, per pair of votes, that two independent voices agree there."""


class _Open(_Fitted):
    """Any values: one accuracy per voice, an urn for false values, none of these."""

    # Dependence is looked at early: left to settle first, a large group of copies makes itself the truth and is then beyond suspicion.
    first_rounds = 1
    pass_rounds = 3
    is_settled = False

    def __init__(self, votes: Votes, assumptions: Assumptions, *, are_alike: bool) -> None:
        super().__init__(votes, assumptions, assumptions.useless)
        self.are_alike = are_alike
        self.urn = assumptions.urns[min(1, len(assumptions.urns) - 1)]
        domain = len(np.unique(votes.value_of))
        self.others = max(domain - 1, 1)  # false values per slot
        offered = np.bincount(votes.slot_of, minlength=votes.slots)
        self.log_unoffered: Floats = np.log(np.maximum(self.others + 1 - offered, 1e-9) / self.others)
        self.beliefs: Floats = np.zeros(len(votes.slot_of))

    def fit(self, weight: Floats, rounds: int) -> None:
        votes = self.votes
        self.weight = weight
        heard = weight * self.contested[self.vote_slot]
        judged = _sum(votes.voter, heard, votes.voters)
        urns = {urn: self._false(weight, urn) for urn in self.constants.urns}
        before: Floats | None = None
        for _ in range(rounds):
            belief_at, none_at = _softmax(*self.logits(weight, *urns[self.urn]), votes.slot_of, votes.slots)
            belief, no_belief = belief_at.sum(1), none_at.sum(1)
            self.beliefs = belief
            if before is not None and np.abs(belief - before).max() < self.constants.tolerance:
                break
            before = belief
            right = _sum(votes.voter, heard * np.where(votes.denies, 1 - belief[votes.fact], belief[votes.fact]), votes.voters)
            self.accuracy = self.shrunk(right, judged)
            level = none_at + np.stack([_sum(votes.slot_of, at, votes.slots) for at in belief_at.T], axis=1)
            self.share = self.level_shares(level[self.contested].sum(0))
            self.skill = self._skill(heard, level)
            self.odds = self.skill[votes.voter] + _log_odds(self.without_vote(heard)) - _log_odds(self.accuracy)[votes.voter]
            at = self.contested[votes.slot_of]
            likelihood = {
                urn: float((belief * false)[at].sum() + (no_belief * all_false)[self.contested].sum())
                for urn, (false, all_false) in urns.items()
            }
            self.urn = max(likelihood, key=lambda urn: (likelihood[urn], urn))

    def settle(self, weight: Floats) -> None:
        # Not before dependence is known: what a group copies would pass for easy, and what others say against it for hard.
        self.allow(self.constants.hardness, self.constants.easy)
        super().settle(weight)
        self.weight = weight * self.unshared(weight * self.contested[self.vote_slot], self._shared(weight))
        logit, none = self.logits(self.weight, *self._false(self.weight, self.urn))
        belief_at, _ = _softmax(logit + self._records()[:, None], none, self.votes.slot_of, self.votes.slots)
        self.beliefs = belief_at.sum(1)

    def _shared(self, weight: Floats) -> float:
        """Return the correlation of errors within an object that hardness leaves: what the number of right voices varies by beyond chance.

        Discounted votes are taken for copies of each other, so they bring no excess.
        """
        votes, at = self.votes, self.votes.slot_of
        heard = weight * self.contested[self.vote_slot] * ~votes.denies
        belief_at, none_at = _softmax(*self.logits(weight, *self._false(weight, self.urn)), at, votes.slots)
        count = _sum(votes.fact, heard, len(at))
        excess = room = noise = 0.0
        for level, hard in enumerate(self.levels):
            hit = 1 / (1 + np.exp(-_lowered(self.skill, hard, self.useless)[votes.voter]))
            chance = hit * (1 - hit)
            expected = _sum(self.vote_slot, heard * hit, votes.slots)
            variance = _sum(self.vote_slot, heard * chance, votes.slots)
            all_alike = _sum(self.vote_slot, heard * np.sqrt(chance), votes.slots) ** 2 - variance
            belief, none = belief_at[:, level], none_at[:, level] * self.contested
            level_of = _sum(at, belief, votes.slots) + none
            excess += float((belief * ((count - expected[at]) ** 2 - variance[at])).sum() + (none * (expected**2 - variance)).sum())
            room += float((level_of * all_alike).sum())
            noise += float((level_of * 2 * variance**2).sum())
        return min(max((excess - self.constants.margin * float(np.sqrt(noise))) / room, 0.0), 1.0) if room > 0 else 0.0

    def _records(self) -> Floats:
        """Return the log-odds per fact that its value's record adds: how often it is right on other objects, against the average value.

        Values may all be alike, as numbers mostly are, so how far a record counts is estimated: with n other facts, n / (n + within /
        between), the variances of beliefs within values, and between them beyond chance.
        """
        facts = self.votes.slot_of
        none = np.zeros(len(facts))
        if not self.are_alike or not self.contested.any():
            return none
        heard = self.contested[facts].astype(np.float64)
        belief = heard * self.beliefs
        value = self.votes.value_of
        count, right = np.bincount(value, heard), np.bincount(value, belief)
        whole, values = count.sum(), int((count > 0).sum())
        mean = right.sum() / whole
        each = right / np.maximum(count, 1)
        within = (float((belief**2).sum()) - float(count @ each**2)) / max(whole - values, 1)
        by_chance = within * (values - 1 + self.constants.margin * np.sqrt(2 * (values - 1)))
        between = (float(count @ (each - mean) ** 2) - by_chance) / max(whole - float(count @ count) / whole, 1e-9)
        if between <= 0:
            return none
        pull = max(within / between, self.constants.strength)
        share = (right[value] - belief + pull * mean) / (count[value] - heard + pull)
        # Beliefs that many voices share are 1 to the last digit, and so are their means.
        return _log_odds(np.clip(share, 1e-9, 1 - 1e-9)) - _log_odds(np.clip(mean, 1e-9, 1 - 1e-9))

    def _false(self, weight: Floats, urn: float) -> tuple[Floats, Floats]:
        """Return the log-probability of the wrong voices' values: per fact, were it right, and per slot, were none right."""
        votes = self.votes
        facts = len(votes.slot_of)
        count = _sum(votes.fact, np.where(votes.denies, 0.0, weight), facts)
        total = _sum(votes.slot_of, count, votes.slots)
        each = self.drawn(count, urn)
        whole = _sum(votes.slot_of, each, votes.slots)
        start = _log_gamma(np.full(1, urn))
        at = votes.slot_of
        return whole[at] - each + start - _log_gamma(urn + total[at] - count), whole + start - _log_gamma(urn + total)

    def drawn(self, count: Floats, urn: float) -> Floats:
        """Return the log-weight of `count` draws of one false value, in units of a first draw of any value.

        Discounted voices make counts fractional: below one whole voice the weight grows evenly, so that a slightly discounted vote is a
        slightly weaker vote and no more.
        """
        pseudo = urn / self.others
        whole = _log_gamma(pseudo + np.maximum(count, 1.0)) - _log_gamma(np.full(1, pseudo)) + np.log(self.others)
        return np.asarray(np.where(count < 1, count * np.log(urn), whole))

    def _skill(self, heard: Floats, level: Floats) -> Floats:
        """Return the log-odds per voice on easy objects that explain its accuracy on objects of these levels (slot, level)."""
        votes = self.votes
        asked = np.stack([_sum(votes.voter, heard * at[self.vote_slot], votes.voters) for at in level.T])
        asked += self.constants.strength * self.share[:, None]
        return _easy_log_odds(self.accuracy * asked.sum(0), asked, self.levels, self.useless, self.skill)

    def logits(self, weight: Floats, false: Floats, all_false: Floats) -> tuple[Floats, Floats]:
        """Return the log-weight of each fact and of none of these, per level of hardness."""
        votes = self.votes
        base, gain = self.vote_sums(weight)
        if_none = base + all_false[:, None] + self.log_unoffered[:, None] + np.log(self.share)
        return (base + np.log(self.share))[votes.slot_of] + gain + false[:, None], if_none

    def vote_logs(self, weight: Floats) -> tuple[Floats, Floats]:
        """Return, per vote and level, the log-probability that it is cast where its fact is wrong, and by how much more where it is right.

        A denial is right about a wrong fact.
        """
        votes = self.votes
        odds = _lowered(self.odds[:, None], self.levels, self.useless)
        wrong = -np.logaddexp(0, odds)
        if_wrong = np.where(votes.denies[:, None], odds + wrong, wrong) * weight[:, None]
        return if_wrong, np.where(votes.denies[:, None], -odds, odds) * weight[:, None]

    def vote_sums(self, weight: Floats) -> tuple[Floats, Floats]:
        """Return the log-probability of a slot's votes were all their facts wrong, and what each fact gains were it right, per level."""
        if_wrong, more = self.vote_logs(weight)
        votes = self.votes
        return (
            np.stack([_sum(self.vote_slot, at, votes.slots) for at in if_wrong.T], axis=1),
            np.stack([_sum(votes.fact, at, len(votes.slot_of)) for at in more.T], axis=1),
        )

    def belief(self) -> Floats:
        return self.beliefs

    def agreement(self, pairs: _Pairs) -> Floats:
        votes = self.votes
        count = _sum(votes.fact, votes.weight, len(votes.slot_of)) * (1 - self.beliefs)
        wrong = _sum(votes.slot_of, count, votes.slots)
        alike = (_sum(votes.slot_of, count**2, votes.slots) + 1) / (wrong**2 + 1 + self.urn)
        a, b = self.accuracy[votes.voter[pairs.one]], self.accuracy[votes.voter[pairs.other]]
        return a * b + (1 - a) * (1 - b) * alike[self.vote_slot[pairs.one]]


class _Closed(_Fitted):
    """The same few answers everywhere: a confusion matrix per voice."""

    # Unripe confusion matrices do not explain why two careful voices agree, so dependence is only looked at when they have settled.
    first_rounds = 60
    pass_rounds = 60
    is_settled = True

    def __init__(self, votes: Votes, assumptions: Assumptions) -> None:
        super().__init__(votes, assumptions, -np.inf)
        self.urn = float("inf")
        _, self.answer = np.unique(votes.value_of, return_inverse=True)
        self.answers = int(self.answer.max()) + 1
        self.said: Ints = self.answer[votes.fact]
        count = _sum(self.vote_slot * self.answers + self.said, votes.weight, votes.slots * self.answers).reshape(votes.slots, -1)
        self.said_share: Floats = (count.sum(0) + 1) / (count.sum() + self.answers)
        self.slips: Floats = assumptions.slips * self.said_share * (1 - np.eye(self.answers)) / (1 - self.said_share)[:, None]
        self.start: Floats = (count + self.said_share) / (count.sum(1) + 1)[:, None]
        self.table = self.start
        self.confusion: Floats = np.zeros((votes.voters, self.answers, self.answers))
        self.own: Floats = np.zeros((len(votes.voter), self.answers))
        self.likeness = assumptions.likeness[0]

    def fit(self, weight: Floats, rounds: int) -> None:
        heard = self.votes.weight * self.contested[self.vote_slot]
        self.allow((0.0,), 0.0)
        self.likeness = self._most_evident(weight, heard, rounds)
        self.allow(self.constants.closed_hardness, self.constants.closed_easy)
        self.table = self._alternate(weight, heard, rounds)

    def _most_evident(self, weight: Floats, heard: Floats, rounds: int) -> float:
        """Return how many pseudo-votes should pull voices' confusions together: those with the most evidence, were no object hard."""
        evidence = {}
        for likeness in self.constants.likeness:
            self.likeness = likeness
            evidence[likeness] = self._evidence(self._alternate(weight, heard, rounds), heard)
        return max(evidence, key=lambda likeness: (evidence[likeness], likeness))

    def _evidence(self, table: Floats, heard: Floats) -> float:
        """Return the log-evidence of beliefs (slot, answer) but for a constant, were voices' confusions scattered about those of all.

        The variational bound of Bayesian classifier combination (Kim and Ghahramani 2012): Dirichlet rows with `likeness` pseudo-votes.
        """
        counts = self._counts(table, heard)
        pooled = counts.sum(0) + self.slips + np.eye(self.answers)
        rows = self.likeness * pooled / pooled.sum(1, keepdims=True)
        voices = _log_gamma(counts + rows) - _log_gamma(rows)
        silent = _log_gamma(counts.sum(2) + self.likeness) - _log_gamma(np.full(1, self.likeness))
        unsure = table[self.contested]
        answers = _log_gamma(unsure.sum(0) + 1).sum() - (unsure * np.log(np.maximum(unsure, 1e-300))).sum()
        return float(voices.sum() - silent.sum() + answers)

    def _alternate(self, weight: Floats, heard: Floats, rounds: int) -> Floats:
        """Return beliefs (slot, answer) when they and the confusions have settled, or after so many rounds."""
        size, levels = self.answers, self.levels
        table, by_level = self.start, self.start[:, :, None] * self.share
        skill: Floats | None = None
        for _ in range(rounds):
            prior = (table[self.contested].sum(0) + 1) / (self.contested.sum() + size)
            counts = np.stack([self._counts(by_level[:, :, level], heard) for level in range(len(levels))])
            self.table = table
            self.confusion, self.own = self._confusion(counts.sum(0), heard)
            skill = self._skill(counts, skill)
            by_level = self._posterior(skill, prior, weight)
            moved = np.abs(by_level.sum(2) - table).max()
            table = by_level.sum(2)
            if moved < self.constants.tolerance:
                break
            self.share = self.level_shares(by_level[self.contested].sum((0, 1)))
        if skill is not None:
            self.weight = weight * self.unshared(heard, self._shared(table, heard))
            table = self._posterior(skill, prior, self.weight).sum(2)
        return table

    def _posterior(self, skill: Floats, prior: Floats, weight: Floats) -> Floats:
        """Return beliefs (slot, answer, level)."""
        logit = np.stack(
            [
                self._log_likelihood(_lowered(skill, level, self.useless), weight) + np.log(prior * part)
                for level, part in zip(self.levels, self.share, strict=True)
            ],
            axis=2,
        )
        power = np.exp(logit - logit.max((1, 2), keepdims=True))
        return np.asarray(power / power.sum((1, 2), keepdims=True))

    def _shared(self, table: Floats, heard: Floats) -> float:
        """Return the correlation of errors within an object: what the number of right voices per object varies by beyond chance."""
        votes = self.votes
        excess = room = 0.0
        for true in range(self.answers):
            hit = self.confusion[votes.voter, true, true]
            chance = hit * (1 - hit)
            variance = _sum(self.vote_slot, heard**2 * chance, votes.slots)
            surprise = _sum(self.vote_slot, heard * ((self.said == true) - hit), votes.slots)
            excess += float((table[:, true] * (surprise**2 - variance)).sum())
            room += float((table[:, true] * (_sum(self.vote_slot, heard * np.sqrt(chance), votes.slots) ** 2 - variance)).sum())
        return min(max(excess / room, 0.0), 1.0) if room > 0 else 0.0

    def _counts(self, table: Floats, heard: Floats) -> Floats:
        """Return how often each voice said what under which truth (voter, true, said), were the truths as in `table` (slot, answer)."""
        size, voters = self.answers, self.votes.voters
        said = self.votes.voter * size + self.said
        return np.stack([_sum(said, table[self.vote_slot, true] * heard, voters * size).reshape(-1, size) for true in range(size)], axis=1)

    def _skill(self, counts: Floats, start: Floats | None) -> Floats:
        """Return the log-odds (voter, true) of a right answer on an easy object that explain the hits at all levels."""
        diagonal = np.arange(self.answers)
        hit = self.confusion[:, diagonal, diagonal]
        hits = hit * (counts.sum((0, 3)) + self.likeness)
        asked = counts.sum(3) + self.likeness * self.share[:, None, None]
        first = np.clip(np.log(hit / (1 - hit + 1e-9)), -4, 4) if start is None else start
        return _easy_log_odds(hits, asked, self.levels, self.useless, first)

    def _log_likelihood(self, skill: Floats, weight: Floats) -> Floats:
        """Return the log-likelihood of each slot's votes under each answer (slot, true), for voices of this skill."""
        diagonal, voter = np.arange(self.answers), self.votes.voter
        hit = 1 / (1 + np.exp(-skill))
        confusion = self.confusion * (1 - np.eye(self.answers))
        confusion *= ((1 - hit) / np.maximum(confusion.sum(2), 1e-12))[:, :, None]
        confusion[:, diagonal, diagonal] = hit
        log = np.log(np.clip(confusion, 1e-3, 1.0))[voter, :, self.said] - self.own
        return np.stack([_sum(self.vote_slot, weight * log[:, true], self.votes.slots) for true in diagonal], axis=1)

    def _confusion(self, counts: Floats, heard: Floats) -> tuple[Floats, Floats]:
        """Shrink counts (voter, true, said) towards each voice's accuracy and the pooled confusions.

        Returns rows that add up to 1, and how much of the log-probability of each vote (vote, true) rests on that vote itself.
        """
        size = self.answers
        diagonal = np.arange(size)
        self.accuracy = self.shrunk(np.trace(counts, axis1=1, axis2=2), counts.sum((1, 2)))
        pooled = counts.sum(0)
        overall = np.clip(np.trace(pooled) / max(pooled.sum(), 1e-9), 0.05, 0.95)
        by_answer = np.clip((pooled[diagonal, diagonal] + 10 * overall) / (pooled.sum(1) + 10), 0.05, 0.99)
        shift = _log_odds(by_answer) - _log_odds(overall)
        slips = pooled * (1 - np.eye(size)) + self.slips
        slips /= slips.sum(1, keepdims=True)
        strength = self.likeness * (size - 1)
        hit = _share(_log_odds(self.accuracy)[:, None] + shift)
        expected = (1 - hit)[:, :, None] * slips
        expected[:, diagonal, diagonal] = hit
        shrunk = np.clip((counts + strength * expected) / (counts.sum(2, keepdims=True) + strength), 1e-3, 1.0)
        voter, said = self.votes.voter, self.said
        hit = _share(_log_odds(self.without_vote(heard))[:, None] + shift)
        expected = np.where(diagonal == said[:, None], hit, (1 - hit) * slips[:, said].T)
        mine = self.table[self.vote_slot] * heard[:, None]
        others = (counts[voter, :, said] - mine + strength * expected) / (counts.sum(2)[voter] - mine + strength)
        return shrunk, np.log(shrunk[voter, :, said]) - np.log(np.clip(others, 1e-3, 1.0))

    def belief(self) -> Floats:
        return np.asarray(self.table[self.votes.slot_of, self.answer])

    def agreement(self, pairs: _Pairs) -> Floats:
        alike = np.einsum("pts,pts->pt", self.confusion[pairs.names // self.votes.voters], self.confusion[pairs.names % self.votes.voters])
        return np.asarray((self.table[self.vote_slot[pairs.one]] * alike[pairs.index]).sum(1))


# --- dependence ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Two votes on one slot by voters that share enough slots. `names` are voter pairs (low * voters + high), `index` points into them."""

    one: Ints
    other: Ints
    names: Ints
    index: Ints
    shared: Ints  # per name


def _pairs(votes: Votes, assumptions: Assumptions) -> _Pairs | None:
    load = np.bincount(votes.voter, minlength=votes.voters)
    busy = np.flatnonzero((load[votes.voter] >= assumptions.overlap) & ~votes.denies)
    if len(busy) < 2:
        return None
    slot = votes.slot_of[votes.fact]
    order = busy[np.lexsort((votes.fact[busy], votes.voter[busy], -load[votes.voter[busy]], slot[busy]))]
    size = np.bincount(slot[order], minlength=votes.slots)
    first = np.cumsum(size) - size
    place = np.arange(len(order)) - first[slot[order]]
    earlier = np.where(place < assumptions.compared, place, 0)
    one = np.repeat(np.arange(len(order)), earlier)
    other = first[slot[order[one]]] + np.arange(len(one)) - np.repeat(np.cumsum(earlier) - earlier, earlier)
    a, b = votes.voter[order[one]], votes.voter[order[other]]
    key = np.minimum(a, b) * votes.voters + np.maximum(a, b)
    names, index, shared = np.unique(key, return_inverse=True, return_counts=True)
    enough = (shared >= assumptions.overlap) & (names // votes.voters != names % votes.voters)
    if not enough.any():
        return None
    kept = enough[index]
    renumber = np.cumsum(enough) - 1
    return _Pairs(order[one[kept]], order[other[kept]], names[enough], renumber[index[kept]], shared[enough])


def _dependence(pairs: _Pairs, expected: Floats, votes: Votes, assumptions: Assumptions) -> Floats:
    """Return, per vote, how much its voice depends on those that vote alike: 0 alone, 1 for each full copy."""
    alike = (votes.fact[pairs.one] == votes.fact[pairs.other]).astype(np.float64)
    size = len(pairs.names)
    error = np.sqrt(_sum(pairs.index, expected * (1 - expected), size))
    excess = _sum(pairs.index, alike - expected, size)
    room = pairs.shared - _sum(pairs.index, expected, size) + assumptions.caution
    depends = (
        np.where(excess > assumptions.doubt * error, np.clip((excess - assumptions.margin * error) / room, 0, 1), 0)[pairs.index] * alike
    )
    return _sum(pairs.one, depends, len(votes.fact)) + _sum(pairs.other, depends, len(votes.fact))


# --- the belief of the others --------------------------------------------------------------------------------


def without_own_voice(votes: Votes, beliefs: Beliefs, assumptions: Assumptions) -> tuple[Floats, Floats]:
    """Return, per vote, the belief in its fact had the vote not been cast, and the highest belief in any fact of the slot then.

    For open tables whose slots are not alike. Cost is linear in the votes: each is set against the `rivals` strongest facts of its slot one
    by one, and against the sum of all weaker ones, of which none can be the highest. That sum is exact for whole votes and denials, and
    in between for discounted ones.
    """
    model = _Open(votes, assumptions, are_alike=False)
    model.allow(assumptions.hardness, assumptions.easy)
    model.odds, model.share = beliefs.skill, beliefs.share
    urn, weight, at = beliefs.urn, beliefs.weight, votes.slot_of
    slot, size, cast = model.vote_slot, votes.slots, len(votes.fact)
    if_wrong, more = model.vote_logs(weight)
    base, gain = model.vote_sums(weight)
    counted = np.where(votes.denies, 0.0, weight)
    count = _sum(votes.fact, counted, len(at))
    total = _sum(at, count, size)
    each = model.drawn(count, urn)
    whole = _sum(at, each, size)

    def strength(fact: Ints, spoken: Floats) -> Floats:
        """Return the log-weight of facts by level, in units of their slot's, where so much was said there."""
        return np.asarray(gain[fact] - (each[fact] + _log_gamma(urn + spoken - count[fact]))[:, None])

    offered = np.bincount(at, minlength=size)
    first = np.cumsum(offered) - offered
    everything = np.arange(len(at))
    plain = strength(everything, total[at])
    order = np.lexsort((-(plain + base[at] + np.log(model.share)).max(1), at))
    weak = order[everything - first[at] >= assumptions.rivals]
    # What the vote leaves: its own fact, its strong rivals, all weaker ones, and none of these.
    left_count, left_total = count[votes.fact] - counted, total[slot] - counted
    left_each = model.drawn(left_count, urn)
    own = gain[votes.fact] - more - (left_each + _log_gamma(urn + left_total - left_count))[:, None]
    width = np.minimum(offered, assumptions.rivals)[slot]
    vote = np.repeat(np.arange(cast), width)
    rival = order[first[slot[vote]] + np.arange(len(vote)) - np.repeat(np.cumsum(width) - width, width)]
    other = rival != votes.fact[vote]
    vote, rival = vote[other], rival[other]
    unsaid, said = (_log_sum(strength(weak, total[at[weak]] - one), at[weak], size) for one in (0.0, 1.0))
    share = counted[:, None]
    rest = (1 - share) * unsaid[slot] + share * said[slot]
    mine = np.flatnonzero(np.isin(votes.fact, weak))
    rest[mine] += np.log1p(-np.exp(np.minimum(strength(votes.fact[mine], left_total[mine]) - rest[mine], -1e-9)))
    none = np.logaddexp(rest, (model.log_unoffered[slot] - _log_gamma(urn + left_total))[:, None])
    left_base = base[slot] - if_wrong + np.log(model.share) + (whole[slot] - each[votes.fact] + left_each)[:, None]
    logit = np.concatenate([own, strength(rival, left_total[vote])])
    index = np.concatenate([np.arange(cast), vote])
    by_level, _ = _softmax(logit + left_base[index], none + left_base, index, cast)
    belief = by_level.sum(1)
    highest = belief[:cast].copy()
    np.maximum.at(highest, vote, belief[cast:])
    return belief[:cast], highest


# --- arithmetic ----------------------------------------------------------------------------------------------


def _sum(index: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(index, weight, size).astype(np.float64, copy=False)


def _log_odds(share: Floats) -> Floats:
    return np.asarray(np.log(share / (1 - share)))


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _lowered(skill: Floats, level: Floats, useless: float) -> Floats:
    """Return the log-odds of being right on an object of this hardness: lower by `level`, but not below `useless` for being hard."""
    return np.maximum(skill - level, np.minimum(skill, useless))


def _easy_log_odds(hits: Floats, asked: Floats, levels: Floats, useless: float, start: Floats) -> Floats:
    """Return the log-odds of being right on an easy object that explain so many `hits` among those `asked` per level (Newton's method).

    `asked` has the levels first; `hits`, `start` and the result have its further shape.
    """
    skill = start
    level = levels.reshape(-1, *[1] * (asked.ndim - 1))
    for _ in range(5):
        right = 1 / (1 + np.exp(-_lowered(skill, level, useless)))
        moves = (skill - level >= useless) | (skill <= useless)
        step = (hits - (asked * right).sum(0)) / ((asked * right * (1 - right) * moves).sum(0) + 1e-3)
        skill = np.clip(skill + np.clip(step, -1, 1), -4, 8)
    return skill


def _softmax(logit: Floats, none: Floats, slot_of: Ints, slots: int) -> tuple[Floats, Floats]:
    """Return beliefs (fact, level) and in none of a slot's facts (slot, level); together they add up to 1 per slot."""
    top = none.max(1)
    np.maximum.at(top, slot_of, logit.max(1))
    power, rest = np.exp(logit - top[slot_of][:, None]), np.exp(none - top[:, None])
    total = _sum(slot_of, power.sum(1), slots) + rest.sum(1)
    return power / total[slot_of][:, None], rest / total[:, None]


def _log_sum(logit: Floats, index: Ints, size: int) -> Floats:
    """Return the logarithm of summed exponentials (index, level) of `logit` (item, level); hardly anything where there is no item."""
    top = np.full((size, logit.shape[1]), -1e9)
    np.maximum.at(top, index, logit)
    power = np.exp(logit - top[index])
    return np.asarray(top + np.log(np.stack([np.maximum(_sum(index, at, size), 1.0) for at in power.T], axis=1)))


def _log_gamma(x: Floats) -> Floats:
    """Return log Γ(x) for x > 0 to 1e-10: Stirling's series after shifting the argument above 8."""
    shift = np.zeros_like(x)
    y = x.copy()
    for _ in range(8):
        small = y < 8
        if not small.any():
            break
        shift -= np.where(small, np.log(y), 0.0)
        y = np.where(small, y + 1, y)
    inverse = 1 / y
    square = inverse * inverse
    series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    return shift + (y - 0.5) * np.log(y) - y + 0.9189385332046727 + series
