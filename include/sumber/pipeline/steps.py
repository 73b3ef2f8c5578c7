"""The steps of the pipeline: one function per task, without Airflow.

Every step may be killed anywhere and run again: what it writes, and what leaves the queue, is one transaction per batch, and the same
input gives the same rows. Records that came in are always records that went out plus records refused.
"""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.pipeline import (
    alerts,
    checks,
    contract,
    frames,
    inbox,
    matching,
    outcomes,
    polling,
    ratings,
    relaying,
    reviews,
    seeds,
    store,
    terminal,
    tracing,
    watching,
)
from sumber.pipeline.progress import Progress
from sumber.pipeline.settings import Settings
from sumber.sourcing import articles, attribution, chains, reliability
from sumber.sourcing.model import Appearance, Article, Capture, Refusal

log = logging.getLogger(__name__)

# Change it when the same captures shall give other rows: every row says which method asserted it.
METHOD_VERSION = "5"

CAPTURES_AT_ONCE = 500
BYTES_AT_ONCE = 50_000_000  # of captures that are held in memory together
SETTLING_ROUNDS = 20  # tracing again passes nothing new on, so two are enough; the bound is for articles that keep arriving
WINDOW = timedelta(days=1095)  # a day's scores rest on so much of the past: what is older would count less than an eighth
SHOWN_EXAMPLES = 5  # chains that a disagreement names
CHECKED_AT_ONCE = 2000  # articles whose chains are compared with their edges together
TRACING_TAKES = timedelta(hours=3)  # longer than a task may run: what it wrote is dated by its beginning
SHOWN_REFUSALS = 20  # a step's log shows so many of its refusals


@dataclass(frozen=True, slots=True)
class Counts:
    """What one step did: `items` (files, captures, articles) worked on; records that came in, went out and were refused.

    `came_in` is always `went_out` + `refused`. `changed`: items whose stored output differs from before. `warned`: findings of the gate
    that let their record pass.
    """

    items: int = 0
    came_in: int = 0
    went_out: int = 0
    refused: int = 0
    changed: int = 0
    warned: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name, as XCom and assets carry them."""
        return asdict(self)


class DaysError(ValueError):
    """Days that cannot be scored; the message is one line."""


class DisagreementError(Exception):
    """Stored chains are not what walking their edges gives: a fault of the program, or somebody changed rows by hand."""


class ContractError(Exception):
    """Tables of core or mart are not what is promised of them: a fault of the program, or somebody altered them by hand."""


class CountError(Exception):
    """Records were lost or made up on the way through a step: a fault of the program, never of the data."""


def total(parts: Iterable[Mapping[str, int]]) -> Counts:
    """Add up the counts of several batches."""
    added: Counter[str] = Counter()
    for part in parts:
        added.update(part)
    return Counts(**added)


def requeue(settings: Settings, step: str, since: date | None, until: date | None, outlet: str | None) -> int:
    """Make articles pending again for `step`: those published from `since` until before `until` (days, UTC), of one outlet, or all.

    Returns how many there are. A step that finds the same as before changes nothing.
    """
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None for day in (since, until))
    with store.transaction(settings.url("etl")) as cursor:
        items = store.requeue(cursor, step, start, end, outlet)
    log.info("%s: %d articles are pending again", step, items)
    return items


def lease(settings: Settings, step: str, owner: str, size: int) -> list[int]:
    """Lease pending work of `step` ("read", "attribute", "trace") in batches of `size` items; return the batches' ids.

    Asked again by the same owner, it gives the batches that this owner still holds, and what became pending since.
    """
    with store.transaction(settings.url("etl")) as cursor:
        if step == "attribute":
            _renew_registry(cursor, settings)
        batches = store.lease(cursor, step, owner, size)
        left = store.count_pending(cursor).get(step, 0)
    log.info("%s: %d batches leased to %s, %d items pending in all", step, len(batches), owner, left)
    return batches


def _renew_registry(cursor: Cursor, settings: Settings) -> None:
    """Store the registry as the seeds have it now, and queue the articles that what changed in it concerns."""
    known = seeds.load(settings.seeds)
    changed = store.save_registry(cursor, *frames.of_registry(known.registry))
    affected = store.articles_naming(cursor, changed)
    store.enqueue(cursor, "attribute", affected)
    if changed:
        log.info("registry: %d sources changed, %d articles name one of them and are attributed again", len(changed), len(affected))


# --- capture -------------------------------------------------------------------------------------------------


def capture(settings: Settings, place: str | Path | None, run: str, dry_run: bool = False, captured_at: datetime | None = None) -> Counts:
    """Store the bytes of every article below `place` (default: the settings' inbox) and queue those that are new to be read.

    Files are counted: a capture that is already stored went out too, unchanged. With `dry_run` nothing is written.
    Raises FileNotFoundError where there is no such place.
    """
    started = datetime.now(UTC)
    position = inbox.Position()
    found = inbox.read(Path(place) if place else settings.inbox, captured_at or started, position)
    progress = Progress("capture", "files and records")
    came_in = went_out = new = 0
    shown: list[dict[str, Any]] = []
    with store.transaction(settings.url("etl")) as cursor:
        for some in _portions(found):
            captures = list({one.id: one for one in some if isinstance(one, Capture)}.values())
            refused = [
                frames.rejection("capture", one.capture_id, one.name, one.refusal.rule, one.refusal.value, one.refusal.reason)
                for one in some
                if isinstance(one, inbox.Unread)
            ]
            came_in += len(some)
            went_out += len(some) - len(refused)
            shown += refused[: SHOWN_REFUSALS - len(shown)]
            if dry_run:
                new += len(captures) - len(store.known_captures(cursor, [one.id for one in captures]))
            else:
                new += store.save_captures(cursor, *frames.of_captures(captures))
                # A file that was refused under its name and can be read now is refused no more.
                readable = [one.id for one in captures] + [inbox.capture_id(b"", one.name) for one in captures if one.name]
                store.save_rejections(cursor, "capture", frames.of_rejections(refused), readable, run)
                # Each part of a large inbox is safe once it is stored.
                cursor.connection.commit()
            progress.add(len(some) - len(refused), len(refused), str(position))
        counts = Counts(came_in, came_in, went_out, came_in - went_out, new)
        if not dry_run:
            _record(cursor, "capture", run, 0, counts, "files and records", started)
    _report("capture" if not dry_run else "capture (dry run)", counts, shown, others=counts.refused - len(shown))
    return counts


def _portions(found: Iterable[Capture | inbox.Unread]) -> Iterator[list[Capture | inbox.Unread]]:
    """Yield what was found in lists that are short and small enough to be held and stored at once."""
    some: list[Capture | inbox.Unread] = []
    size = 0
    for one in found:
        some.append(one)
        size += len(one.content) if isinstance(one, Capture) else 0
        if len(some) >= CAPTURES_AT_ONCE or size >= BYTES_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


# --- poll ----------------------------------------------------------------------------------------------------


def poll(settings: Settings, run: str) -> Counts:
    """Poll the feeds that are due and fetch the pages that they announce; return counts of attempts: answered, or failed and why.

    Raises SettingsError where feeds are active and no contact is set. A host that fails, refuses or lies costs its own pages only.
    """
    started = datetime.now(UTC)
    tally = polling.run(settings, seeds.load(settings.seeds).feeds, run)
    counts = Counts(tally.feeds, tally.attempts, tally.answered, tally.failed, tally.captured)
    with store.transaction(settings.url("etl")) as cursor:
        _record(cursor, "poll", run, 0, counts, "attempts to fetch", started)
    _report("poll", counts, ())
    log.info(
        "poll: %d feeds asked, %d pages announced, %d unchanged, %d left for the next run",
        tally.feeds, tally.announced, tally.unchanged, tally.left,
    )  # fmt: skip
    for sentence in tally.paused:
        alerts.tell(settings, sentence)
    return counts


# --- read ----------------------------------------------------------------------------------------------------


def read_articles(settings: Settings, batch: int, run: str) -> Counts:
    """Read a batch of captures into articles, gate them, store the accepted and the refused; return counts of captures."""
    started = datetime.now(UTC)
    with _batch(settings, "read", batch) as items:
        if not items:
            return Counts()
        known = seeds.load(settings.seeds)
        with store.transaction(settings.url("etl")) as cursor:
            captures = {one.id: one for one in frames.captures(store.load_captures(cursor, items))}
        refusals: list[dict[str, Any]] = []
        read: list[Article] = []
        progress = Progress("read", "captures of this batch", len(captures))
        for one in captures.values():
            outcome = _read(one, known)
            if is_read := isinstance(outcome, Article):
                read.append(outcome)
            else:
                refusals.append(frames.rejection("read", one.id, one.name, outcome.rule, outcome.value, outcome.reason))
            progress.add(int(is_read), int(not is_read))
        table = frames.of_articles(read, captures, METHOD_VERSION)
        gated = checks.articles(
            table,
            run,
            settings.data_docs,
            batch=batch,
            limits=checks.Limits(languages=frozenset(known.lexicons)),
            keep_days=settings.data_docs_days,
        )
        refusals += _refused(gated, "read", {row: (table["capture_id"][row], table["name"][row], "") for row in table.index})
        accepted = table[gated.accepted.to_numpy(dtype=bool)]
        kept = set(accepted["id"])
        with store.transaction(settings.url("etl")) as cursor:
            store.settle(cursor, "read", batch, items)
            media = frames.of_media_credits(one for one in read if one.id in kept)
            changed = store.replace_articles(cursor, items, accepted, media, run)
            store.enqueue(cursor, "attribute", changed)
            store.save_rejections(cursor, "read", frames.of_rejections(refusals), items, run)
            counts = Counts(
                items=len(items),
                came_in=len(items),
                went_out=len(accepted),
                refused=len({row["capture_id"] for row in refusals}),
                changed=len(changed),
                warned=_warned(gated),
            )
            _record(cursor, "read", run, batch, counts, "captures", started, [gated.data_docs])
    _report("read", counts, refusals, _shown(settings, gated.data_docs))
    return counts


def _read(one: Capture, known: seeds.Seeds) -> Article | Refusal:
    """Read one capture. What breaks the reader is refused like what it refuses: one bad capture must not hold up its batch."""
    try:
        outcome = articles.read(one, known.layout, known.registry)
    except Exception as error:
        log.exception("read: %s broke the reader", terminal.line(one.name or str(one.id)))
        return Refusal("reader_failed", type(error).__name__, f"the reader failed: {error}")
    if isinstance(outcome, Article) and (bad := frames.unstorable(outcome)):
        return Refusal("unstorable", bad, "holds NUL or a lone surrogate, which no database keeps")
    return outcome


# --- attribute -----------------------------------------------------------------------------------------------


def attribute(settings: Settings, batch: int, run: str) -> Counts:
    """Attribute the claims of a batch of articles, gate them, store the accepted and the refused; return counts of appearances."""
    started = datetime.now(UTC)
    with _batch(settings, "attribute", batch) as items:
        if not items:
            return Counts()
        known = seeds.load(settings.seeds)
        with store.transaction(settings.url("etl")) as cursor:
            readings = store.load_articles(cursor, items)
            verdicts = reviews.standing(cursor, readings["sha256"])
        names = {row["id"]: (row["capture_id"], row["name"]) for row in frames.records(readings)}
        hashes = dict(zip(readings["id"], readings["sha256"], strict=True))
        found: list[Appearance] = []
        refusals: list[dict[str, Any]] = []
        texts: dict[int, str] = {}
        for article in frames.articles(readings):
            texts[article.id] = article.text
            appearances, refused = _attribute(article, known)
            kept, overruled = reviews.apply(article, appearances, verdicts.get(hashes[article.id], []), known.registry)
            found += kept
            for number, refusal in enumerate((*refused, *overruled)):
                record = f"{refusal.rule} {number}"
                refusals.append(frames.rejection("attribute", *names[article.id], refusal.rule, refusal.value, refusal.reason, record))
        unaccepted = len(refusals)
        rows = frames.of_appearances(found, texts)
        hops = frames.of_attributions(found, texts, METHOD_VERSION)
        sources = frames.of_sources(hop.source for one in found for hop in one.attributions)
        # What the text was read to name is stored below as a source of its own; what passes for one of the registry's must be in it.
        known_ids = {one.id for one in known.registry}.union(sources.loc[~sources["is_known"].astype(bool), "id"])
        gated = checks.attributions(hops, known_ids, run, settings.data_docs, batch=batch, keep_days=settings.data_docs_days)
        refusals += _refused(
            gated,
            "attribute",
            {
                row: (
                    *names[hops["article_id"][row]],
                    f"appearance {hops['ordinal'][row]} branch {hops['branch'][row]} hop {hops['hop'][row]}",
                )
                for row in hops.index
            },
        )
        good = gated.accepted.to_numpy(dtype=bool)
        bad = set(zip(hops["article_id"][~good], hops["ordinal"][~good], strict=True))
        # A mask, since an empty list would choose columns.
        fine = np.array([key not in bad for key in zip(rows["article_id"], rows["ordinal"], strict=True)], dtype=bool)
        accepted, accepted_hops = rows[fine], hops[good]
        attributed = frames.of_attributed(readings, accepted, accepted_hops, METHOD_VERSION)
        with store.transaction(settings.url("etl")) as cursor:
            store.open_months(cursor, items)
        with store.transaction(settings.url("etl")) as cursor:
            store.settle(cursor, "attribute", batch, items)
            store.save_sources(cursor, sources)
            changed = store.replace_attributed(cursor, items, attributed, accepted, accepted_hops, run)
            store.enqueue(cursor, "trace", changed)
            store.save_rejections(
                cursor, "attribute", frames.of_rejections(refusals), [capture_id for capture_id, _ in names.values()], run
            )
            counts = Counts(
                items=len(items),
                came_in=len(found) + unaccepted,
                went_out=len(accepted),
                refused=unaccepted + len(bad),
                changed=len(changed),
                warned=_warned(gated),
            )
            _record(cursor, "attribute", run, batch, counts, "appearances", started, [gated.data_docs])
    _report("attribute", counts, refusals, _shown(settings, gated.data_docs))
    return counts


def _attribute(article: Article, known: seeds.Seeds) -> tuple[Sequence[Appearance], Sequence[Refusal]]:
    """Attribute one article. What breaks the attribution is refused whole: one bad article must not hold up its batch."""
    try:
        return attribution.resolve(article, known.registry, known.lexicons)
    except Exception as error:
        log.exception("attribute: %s broke the attribution", terminal.line(article.name or str(article.id)))
        return (), (Refusal("attribution_failed", type(error).__name__, f"the attribution failed: {error}"),)


# --- trace ---------------------------------------------------------------------------------------------------


def trace(settings: Settings, batch: int, run: str) -> Counts:
    """Recognise copies, trace chains and group claims for a batch of articles; return counts of branches: each has one chain.

    One tracing at a time groups: what belongs together may lie in several batches. What an article gives to compare is read and filed
    before.
    """
    started = datetime.now(UTC)
    with _uncollected(), _batch(settings, "trace", batch) as items:
        if not items:
            return Counts()
        known, knowledge = seeds.load(settings.seeds), matching.knowledge(settings.seeds)
        with store.transaction(settings.url("etl")) as cursor:
            given = tracing.read(cursor, items, known.registry, knowledge)
        with store.transaction(settings.url("etl")) as cursor:
            filed = tracing.file(cursor, items, given)
            store.lock_grouping(cursor)
            store.settle(cursor, "trace", batch, items)
            if store.load_attributed(cursor, items) != given.attributed:
                given = tracing.read(cursor, items, known.registry, knowledge)
                filed.add(tracing.file(cursor, items, given))
            shelf = tracing.Shelf(known.registry, knowledge)
            derivations, shaken = tracing.derive(cursor, items, given, filed, shelf, METHOD_VERSION, run)
            together = tracing.group(cursor, items, given, filed, derivations, shelf)
            named = [chains.resolved(each, together.resolutions) for each in given.appearances]
            told_in = chains.stories(derivations)
            traced = [
                one
                for each in named
                for one in chains.trace(given.articles[each.article_id], each, known.registry, told_in.get(each.article_id))
            ]
            rows = frames.of_chains(traced)
            dependencies = frames.of_dependencies(traced, told_in, together.resolutions)
            utterances, claims = frames.of_utterances(together.grouping.utterances), frames.of_claims(together.grouping.claims)
            resolved = frames.of_resolved_hops(named)
            generations = frames.of_traced(given.attributed, rows, utterances, claims, dependencies, resolved, METHOD_VERSION)
            grouped = {*store.claims_of_articles(cursor, items), *claims["id"]}
            changed = store.replace_traced(cursor, items, generations, rows, dependencies, resolved, utterances, claims, run)
            relations = frames.of_claim_relations(together.grouping.relations, METHOD_VERSION)
            store.replace_claim_relations(cursor, grouped, relations, run)
            # Their chains rest on a derivation or a naming that changed: they are traced again, and find nothing new to pass on.
            shaken |= together.shaken
            store.enqueue(cursor, "trace", shaken)
            branches = sum(len({hop.branch for hop in one.attributions}) or 1 for one in given.appearances)
            counts = Counts(items=len(items), came_in=branches, went_out=len(rows), refused=0, changed=len(changed))
            store.close_given_up(cursor, items)
            _record(cursor, "trace", run, batch, counts, "branches", started)
    _report("trace", counts, ())
    log.info("trace: %d derivations reached, %d articles elsewhere to be traced again", len(derivations), len(shaken))
    return counts


def settle(settings: Settings, run: str, size: int) -> Counts:
    """Trace what batches that were traced side by side queued for each other, until nothing is left; return counts as `trace` does."""
    parts: list[Counts] = []
    for _ in range(SETTLING_ROUNDS):
        batches = lease(settings, "trace", f"{run}/settle", size)
        if not batches:
            break
        parts.extend(trace(settings, batch, run) for batch in batches)
    return total([part.as_dict() for part in parts])


# --- replay --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which open rejections are meant: of one rule, step or outlet, or of articles from `since` until before `until` (days, UTC).

    An article without a date counts by the time of its capture. What is None chooses everything.
    """

    rule: str | None = None
    step: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of the captures behind open rejections, counted once per step: `chosen` is `accepted` + `refused` + `left`.

    `left`: still pending, or taken by another run. `lost`: nothing is stored that could be worked on again. `changed`: as in `Counts`.
    """

    chosen: int = 0
    accepted: int = 0
    refused: int = 0
    left: int = 0
    lost: int = 0
    changed: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name, as XCom and assets carry them."""
        return asdict(self)


def replay(settings: Settings, chosen: Chosen, run: str, owner: str, size: int, dry_run: bool = False) -> Replayed:
    """Make what is behind the chosen open rejections pending again for its step, and work off what is pending for these steps.

    A rejection stays open until its step accepts or refuses the record anew. With `dry_run` nothing is written: all is `left`.
    A batch that fails does not keep the others from being worked off; its exception is raised after them.
    """
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None for day in (chosen.since, chosen.until))
    with store.transaction(settings.url("etl")) as cursor:
        found = store.rejected_items(cursor, chosen.rule, chosen.step, chosen.outlet, start, end)
        reachable = found[found["item_id"].notna()]
        lost = len(found) - len(reachable)
        asked = {step: reachable[reachable["step"] == step] for step in ("read", "attribute", "trace")}
        for step, rows in asked.items():
            log.info("replay: %d captures refused by step %s", len(rows), step)
            if not dry_run:
                store.enqueue(cursor, step, map(int, rows["item_id"]))
    if lost:
        log.info("replay: %d refusals have nothing stored to work on again: they close when their file or page comes again", lost)
    if dry_run:
        return Replayed(chosen=len(reachable), left=len(reachable), lost=lost)
    functions = {"read": read_articles, "attribute": attribute, "trace": trace}
    changed = 0
    failure: Exception | None = None
    outcomes = []
    for step, rows in asked.items():
        if rows.empty:
            continue
        begun: set[int] = set()
        while batches := [batch for batch in lease(settings, step, owner, size) if batch not in begun]:
            begun.update(batches)
            for batch in batches:
                try:
                    changed += functions[step](settings, batch, run).changed
                except Exception as error:
                    log.exception("replay: batch %d of step %s failed", batch, step)
                    failure = error
        with store.transaction(settings.url("etl")) as cursor:
            outcomes.append(store.replayed_items(cursor, step, [*map(int, rows["item_id"])], [*map(int, rows["capture_id"])], run))
    accepted, refused, left = (sum(one[place] for one in outcomes) for place in range(3))
    log.info("replay: %d chosen = %d accepted + %d refused anew + %d left", len(reachable), accepted, refused, left)
    if failure:
        raise failure
    if len(reachable) != accepted + refused + left:
        raise CountError(f"replay: {len(reachable)} were chosen, but {accepted} accepted, {refused} refused and {left} left")
    return Replayed(len(reachable), accepted, refused, left, lost, changed)


# --- check ---------------------------------------------------------------------------------------------------


def check(settings: Settings, run: str, whole: bool = False) -> Counts:
    """Compare stored chains with what walking the edges gives; return counts of chains.

    Of the stories that were touched since the last check that found nothing wrong, or with `whole` of all. Articles that wait to be traced
    are left out, and counted as warnings. Raises DisagreementError where a chain differs or is missing, once the ledger has it.
    """
    started = datetime.now(UTC)
    found: Counter[str] = Counter()
    examples: list[tuple[int, int]] = []
    _plan_anew(settings)
    with store.transaction(settings.url("etl"), is_frozen=True) as cursor:
        since = None if whole else store.last_check(cursor)
        if since is None:
            ids = store.traced_articles(cursor)
        else:
            touched = store.traced_since(cursor, since - TRACING_TAKES)
            tied = store.load_derivations(cursor, touched)
            ids = sorted({*touched, *tied["derived_id"], *tied["original_id"]})
        for start in range(0, len(ids), CHECKED_AT_ONCE):
            some = ids[start : start + CHECKED_AT_ONCE]
            stories = chains.stories(frames.derivations(store.load_derivations(cursor, some)))
            waiting = set(store.waiting(cursor, "trace", some))
            compared = store.check_chains(cursor, {number: stories.get(number, number) for number in some if number not in waiting})
            found.update(waiting=len(waiting), compared=compared["compared"], differing=compared["differing"])
            examples += compared["examples"]
    counts = Counts(
        items=len(ids),
        came_in=found["compared"],
        went_out=found["compared"] - found["differing"],
        refused=found["differing"],
        warned=found["waiting"],
    )
    with store.transaction(settings.url("etl")) as cursor:
        _record(cursor, "check", run, 0, counts, "chains", started)
    _report("check", counts, ())
    if found["waiting"]:
        log.info("check: %d articles wait to be traced and were left out", found["waiting"])
    if counts.refused:
        named = ", ".join(str(frames.appearance_id(*one)) for one in examples[:SHOWN_EXAMPLES])
        raise DisagreementError(
            f"{counts.refused} of {counts.came_in} chains are not what their edges give, for instance those of the appearances {named}"
        )
    return counts


# --- score and publish ---------------------------------------------------------------------------------------


def score(settings: Settings, day: date, known_at: datetime, run: str) -> Counts:
    """Score every source for `day`, from what was known at `known_at`; return counts of sources.

    The day of `known_at` is provisional and replaced by each run; earlier days are closed and never change. A source that cannot be
    judged comes out too, with the words why. Raises TableError where the ratings that the settings name cannot be used, and CountError
    where a score is not the sum of its evidence.
    """
    if known_at.date() < day:
        raise DaysError(f"{day} cannot be scored from what was known on {known_at.date()}")
    started = datetime.now(UTC)
    model = reliability.Model()
    since = day - WINDOW
    _plan_anew(settings)
    with store.transaction(settings.url("etl")) as cursor:
        compared = relaying.compare(cursor, settings, METHOD_VERSION, run)
        sources = [frames.source(row) for row in frames.records(store.load_scored_sources(cursor, known_at))]
        bearings = store.load_bearings(cursor, day, known_at)
        told = frames.testimonies(
            store.load_testimonies(cursor, since, day, known_at),
            frames.denied_claims(bearings, model.minimum_confidence),
            seeds.load(settings.seeds).sections,
        )
        said, retractions = reliability.retracted(told, frames.retractions(bearings), model)
        checked = outcomes.load(cursor, day, known_at)
        assessment = reliability.score(
            day,
            sources,
            said,
            [*retractions, *checked],
            relays=frames.relays(store.load_relays(cursor, since, day, known_at)),
            practices=frames.practices(store.load_practices(cursor, day, known_at)),
            ratings=ratings.read(settings.ratings, (one.key for one in sources)) if settings.ratings else (),
            notes=frames.notes(store.load_notes(cursor, day, known_at)),
            known_at=known_at,
            model=model,
        )
        scores, evidence = frames.of_scores(assessment, {one.key: one.id for one in sources}, METHOD_VERSION)
        slices, corroborations = frames.of_slices(assessment), frames.of_corroborations(assessment)
        changed = store.replace_scores(cursor, day, known_at.date(), scores, evidence, slices, corroborations, run)
        if unexplained := store.unexplained_scores(cursor, day, known_at.date()):
            raise CountError(f"score: the evidence on {unexplained[0]} (and {len(unexplained) - 1} more) does not add up to its score")
        counts = Counts(items=len(sources), came_in=len(sources), went_out=scores["source_key"].nunique(), changed=changed or 0)
        _record(cursor, "score", run, (known_at.date() - day).days, counts, "sources", started)
    if changed is None:
        log.info("score: %s as known on %s is closed: it stays as it was", day, known_at.date())
    _report("score", counts, ())
    log.info("score: %d claims checked from outside, %d retractions, %d copies compared anew", len(checked), len(retractions), compared)
    for status, number in sorted(scores["status"].value_counts().items()):
        log.info("score: %d %s", number, status)
    return counts


def score_days(settings: Settings, first: date, last: date, known_at: datetime, run: str) -> Counts:
    """Score each day from `first` to `last`, the latest one first, from what was known at `known_at`; return the counts, added up.

    Each day is a transaction of its own: killed and run again, it leaves closed days alone. Raises DaysError where there are none or more
    than a window holds, and what `score` raises.
    """
    days = (last - first).days + 1
    if not 1 <= days <= WINDOW.days:
        raise DaysError(f"from {first} to {last} are {max(days, 0)} days: between 1 and {WINDOW.days} can be scored at once")
    return total(score(settings, last - timedelta(days=back), known_at, run).as_dict() for back in range(days))


def publish(settings: Settings, run: str) -> Counts:
    """Bring the mart up to date in one transaction; return counts of chains. Raises CountError where a chain did not come through."""
    started = datetime.now(UTC)
    _plan_anew(settings)
    with store.transaction(settings.url("etl")) as cursor:
        chained, published, changed = store.publish(cursor)
        counts = Counts(items=chained, came_in=chained, went_out=published, changed=changed)
        _record(cursor, "publish", run, 0, counts, "chains", started)
    _report("publish", counts, ())
    return counts


def verify(settings: Settings, run: str) -> Counts:
    """Compare the tables of core and mart with what is promised of them (`contract`); return counts of promises.

    Raises ContractError where one that fails is broken, once the ledger has it.
    """
    started = datetime.now(UTC)
    found = contract.verify(settings.url("etl"), run, settings.data_docs, settings.data_docs_days)
    went_out, refused, warned = found.kept + len(found.warnings), len(found.failures), len(found.warnings)
    counts = Counts(found.tables, went_out + refused, went_out, refused, warned=warned)
    with store.transaction(settings.url("etl")) as cursor:
        _record(cursor, "verify", run, 0, counts, "promises", started, [found.data_docs])
    for sentence in (*found.failures, *found.warnings):
        log.warning("verify: %s", terminal.line(sentence))
    page = _shown(settings, found.data_docs)
    _report("verify", counts, (), page)
    if found.failures:
        raise ContractError(
            f"{refused} of {counts.came_in} promises of the tables are broken, for instance {found.failures[0]}; see {page}"
        )
    return counts


# --- watch -----------------------------------------------------------------------------------------------------


def watch(settings: Settings, run: str, at: datetime | None = None) -> Counts:
    """Judge the 24 hours before `at` (default: now) per outlet and feed against their own history; return counts of outlets and feeds.

    What collapsed is told once (`alerts.tell`), and a feed whose pages are refused as never before is paused; the rest goes on.
    """
    started = datetime.now(UTC)
    at = at or started
    with store.transaction(settings.url("etl")) as cursor:
        found = {"outlets": watching.outlets(cursor, at), "feeds": watching.feeds(cursor, at)}
        paused = {row["url"] for row in frames.records(store.load_feed_states(cursor)) if row["paused_at"]}
    sentences: list[str] = []
    stopped: list[tuple[str, str]] = []
    days: dict[str, pd.DataFrame] = {}
    refused = warned = 0
    docs: list[str] = []
    for suite, seen in found.items():
        gated = checks.watched(suite, seen.measures, run, settings.data_docs, keep_days=settings.data_docs_days)
        names = seen.counts.iloc[:, 0]
        failed: dict[Any, list[str]] = {row: [] for row in seen.counts.index}
        for one in frames.records(gated.refusals):
            sentence = f"{names[one['row']]}: {one['reason']} ({one['rule']}: {one['value']})"
            if one["severity"] != checks.FAIL:
                log.warning("watch: %s", terminal.line(sentence))
                continue
            failed[one["row"]].append(one["rule"])
            if suite == "feeds" and names[one["row"]] not in paused:
                stopped.append((names[one["row"]], f"{one['reason']} (share up by {float(one['value']):.2f})"))
            elif one["rule"] not in seen.broken.get(names[one["row"]], ()):
                sentences.append(terminal.line(sentence))
        refused += int((~gated.accepted).sum())
        warned += _warned(gated)
        docs.append(gated.data_docs)
        days[suite] = seen.counts.assign(failed=pd.Series(failed, dtype=object))
        if gated.data_docs:
            log.info("watch: Data Docs of %s at %s", suite, _shown(settings, gated.data_docs))
    outlets_and_feeds = sum(map(len, days.values()))
    counts = Counts(outlets_and_feeds, outlets_and_feeds, outlets_and_feeds - refused, refused, len(stopped), warned)
    with store.transaction(settings.url("etl")) as cursor:
        store.replace_days(cursor, at.date(), days["outlets"], days["feeds"], run)
        for address, reason in stopped:
            store.pause_feed(cursor, address, polling.WATCHDOG, reason, started)
        _record(cursor, "watch", run, 0, counts, "outlets and feeds", started, docs)
    _report("watch", counts, ())
    for sentence in (*sentences, *(f"{address} is paused: {reason}" for address, reason in stopped)):
        alerts.tell(settings, sentence)
    return counts


# --- what every step does --------------------------------------------------------------------------------------


@contextmanager
def _batch(settings: Settings, step: str, batch: int) -> Iterator[list[int]]:
    """Begin a batch: yield its items, none where it is settled already. A failure inside is noted at its items."""
    _plan_anew(settings)
    with store.transaction(settings.url("etl")) as cursor:
        items = store.begin(cursor, step, batch)
    if not items:
        log.info("%s: batch %d is settled or was given to another run: nothing to do", step, batch)
    try:
        yield items
    except Exception as error:
        with store.transaction(settings.url("etl")) as cursor:
            store.note_failure(cursor, step, batch, f"{type(error).__name__}: {error}")
        raise


def _plan_anew(settings: Settings) -> None:
    """Renew the planner's statistics after a leap, in a transaction of its own: a long one would keep others from doing so."""
    with store.transaction(settings.url("etl")) as cursor:
        store.refresh_statistics(cursor)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away from a batch: it makes millions of records and next to no cycles, and would be searched for them."""
    was_collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collected:
            gc.enable()


def _refused(gated: checks.Gated, step: str, owners: Mapping[Any, tuple[int, str | None, str]]) -> Iterator[dict[str, Any]]:
    """Yield the rejections of a gate; `owners` says for each row of its frame capture, name and record."""
    for row in frames.records(gated.refusals):
        if row["severity"] == checks.FAIL:
            capture_id, name, record = owners[row["row"]]
            yield frames.rejection(step, capture_id, name, row["rule"], row["value"], row["reason"], record)


def _warned(gated: checks.Gated) -> int:
    return int((gated.refusals["severity"] == checks.WARN).sum()) + len(gated.warnings)


def _record(
    cursor: Cursor, step: str, run: str, batch: int, counts: Counts, unit: str, started: datetime, docs: Iterable[str] = ()
) -> None:
    """Write the ledger's line in the transaction of the output. Raises CountError where records got lost or were made up."""
    if counts.came_in != counts.went_out + counts.refused:
        raise CountError(f"{step}: {counts.came_in} {unit} came in, but {counts.went_out} went out and {counts.refused} were refused")
    row = {"step": step, "run": run, "batch": batch, "unit": unit, "started_at": started, "data_docs": [page for page in docs if page]}
    store.save_step_run(cursor, {**row, **counts.as_dict()})


def _report(step: str, counts: Counts, refusals: Sequence[Mapping[str, Any]], page: str = "", others: int = 0) -> None:
    """Log what came in, what went out, what was refused and why, and the address of the gate's Data Docs, if it has any.

    `others`: how many were refused besides `refusals`.
    """
    log.info("%s: %d came in = %d went out + %d refused; %d changed", step, counts.came_in, counts.went_out, counts.refused, counts.changed)
    for row in refusals[:SHOWN_REFUSALS]:
        record = f" ({row['record']})" if row["record"] else ""
        what = f"{row['name'] or row['capture_id']}{record}: {row['rule']}: {row['reason']} [{row['value'][:80]}]"
        log.info("%s: refused %s", step, terminal.line(what))
    if (more := max(0, len(refusals) - SHOWN_REFUSALS) + others) > 0:
        log.info("%s: and %d refusals more, all in core.rejection", step, more)
    if page:
        log.info("%s: Data Docs at %s", step, page)


def _shown(settings: Settings, page: str) -> str:
    """Return the address of a page of Data Docs on this machine; "" where there is none."""
    return (settings.data_docs / page).resolve().as_uri() if page else ""
