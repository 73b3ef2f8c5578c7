"""Finds who said what in new articles, traces each claim to its source, and wakes `score_sources`.

| | |
|---|---|
| **runs** | when asset `core.article` changes; every hour, in case an event was lost or dropped; on demand (▶ *Trigger*) |
| **reads** | `core.article`, the source registry, the cue lexicons |
| **writes** | `core.appearance`, `core.attribution`, `core.utterance`, `core.claim`, `core.derivation`, `core.chain`, `core.rejection` |
| **tells** | asset `core.chain`, with the counts of the run, when a chain is new or runs otherwise than before |
| **late** | 60 minutes after it was queued |

An event only wakes. What there is to do is what Postgres lists as pending, so that a run does all of it, whichever events were merged,
dropped while the DAG was paused, or lost.

## Tasks

1. `lease_articles` takes articles that have not been attributed, in batches.
2. `attribute` (one task per batch) finds cues, contents and sources, resolves every hop, and judges them with the attribution gate
   (`docs/quality-gates.md`): refused appearances go to `core.rejection`. An article's whole output is replaced in one transaction.
3. `lease_chains` takes articles whose chains have to be traced: those just attributed, and those that rest on an edge that changed.
4. `trace` (one task per batch) recognises wire copy, groups claims and traces chains.
5. `settle` traces what batches that were traced side by side queued for each other.
6. `check` walks the edges of every story that was touched since the last check and compares what that gives with the chains that are
   stored: as many, and the same. It is red, and tells the webhook, where they disagree.
7. `announce` tells the asset; `account` adds up the batches, and fails when one of them failed.

## Parameters

- `batch_size`: articles per batch, for both leases.
- `again`: attribute articles again although nothing about them changed: all, or those that the next three choose. What comes out the same
  changes nothing; what comes out otherwise (a new lexicon, another method version) replaces the article's whole output.
- `from`: with `again`, articles published on this day or later (`YYYY-MM-DD`, UTC).
- `to`: with `again`, articles published before this day.
- `outlet`: with `again`, articles of this outlet, by the name that `core.article` has for it.

## Alarming, and normal

- The hourly run is mostly skipped (pink) throughout: nothing was pending.
- `trace` queues a few articles again that rest on a derivation it changed: `settle` traces them. What a batch that failed leaves is
  traced by the next run, within the hour.
- `trace` works though `attribute` was skipped: a correction elsewhere queued old chains again.
- Articles without any appearance: an article can hold no reported speech. Its own credits are read all the same.
- `source_once` warnings: a chain that comes back to an outlet is a cycle, or another work of the same outlet. The terminus tells.

## When something fails

- **One batch of `attribute` or `trace` fails**: the others are stored, traced and announced, the run is red. Clear the failed task: it
  works on the same batch again. Left alone, its lease ends by itself and a later run takes the articles.
- **The same batch fails every time**: one article breaks it. Later attempts take ever smaller batches, at last that article alone; after
  nine it is in `core.rejection` as `given_up`, with the error. Once that is mended, *Again* takes it up (`python -m sumber trace --all`
  where `trace` gave up).
- **`attribution_failed` in `core.rejection`**: one article broke the code and was refused whole, the others went on. The log has the
  traceback; `python -m sumber attribute` on that one article shows the fault without the database.
- **`check` fails**: `DisagreementError` says how many chains are not what their edges give, and names some; `python -m sumber chain ID`
  shows one. Somebody changed rows by hand, or tracing has a fault; `docs/operations.md` says how to compute chains anew. The next run
  checks the same stories again, until they agree.
- **The run is late**: a backlog (after a pause, or after the registry changed) is worked off in one run and may rightly take hours; the
  number of mapped tasks tells how much there is.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import AssetOrTimeSchedule, Param, TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from sumber.pipeline.wiring import ALARM, ARTICLE, CHAIN, DEFAULTS, at, deadline, gate


@dag(
    schedule=AssetOrTimeSchedule(timetable=at("37 * * * *"), assets=[ARTICLE]),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(minutes=60),
    tags=["sumber", "attribution"],
    doc_md=__doc__,
    params={
        "batch_size": Param(
            2000,
            type="integer",
            minimum=1,
            maximum=50_000,
            title="Batch size",
            description="Articles that one task attributes or traces at most.",
        ),
        "again": Param(
            False,
            type="boolean",
            title="Again",
            description="Attribute articles again although nothing about them changed: all, or those chosen.",
        ),
        "from": Param(
            None, type=["null", "string"], format="date", title="From", description="With Again: articles published on this day or later."
        ),
        "to": Param(
            None, type=["null", "string"], format="date", title="To", description="With Again: articles published before this day."
        ),
        "outlet": Param(
            None, type=["null", "string"], minLength=1, title="Outlet", description="With Again: articles of this outlet only."
        ),
    },
)
def attribute_claims() -> None:
    """Attribute batch by batch, trace batch by batch, announce."""

    @task
    def lease_articles(params: dict[str, Any], run_id: str) -> list[int]:
        """Take the articles that are to be attributed; return the batches' ids."""
        from datetime import date

        from sumber.pipeline import settings, steps

        if params["again"]:
            since, until = (date.fromisoformat(params[key]) if params[key] else None for key in ("from", "to"))
            steps.requeue(settings.current(), "attribute", since, until, params["outlet"])
        return steps.lease(settings.current(), "attribute", run_id, params["batch_size"])

    @gate(map_index_template="batch {{ task.op_kwargs['batch'] }}")
    def attribute(batch: int, run_id: str) -> dict[str, int]:
        """Attribute one batch and gate its hops; return counts."""
        from sumber.pipeline import settings, steps

        return steps.attribute(settings.current(), batch, run_id).as_dict()

    # Chains wait for tracing whether or not anything was attributed in this run, and whether or not all of it went well.
    @task(trigger_rule=TriggerRule.ALL_DONE)
    def lease_chains(params: dict[str, Any], run_id: str) -> list[int]:
        """Take the articles whose chains are to be traced; return the batches' ids."""
        from sumber.pipeline import settings, steps

        return steps.lease(settings.current(), "trace", run_id, params["batch_size"])

    @task(map_index_template="batch {{ task.op_kwargs['batch'] }}")
    def trace(batch: int, run_id: str) -> dict[str, int]:
        """Trace the chains of one batch; return counts."""
        from sumber.pipeline import settings, steps

        return steps.trace(settings.current(), batch, run_id).as_dict()

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def settle(params: dict[str, Any], run_id: str) -> dict[str, int]:
        """Trace what the batches queued for each other; return counts."""
        from sumber.pipeline import settings, steps

        return steps.settle(settings.current(), run_id, params["batch_size"]).as_dict()

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS, **ALARM)
    def check(run_id: str) -> dict[str, int]:
        """Compare the chains of touched stories with what walking their edges gives; return counts. Red where they disagree."""
        from sumber.pipeline import settings, steps

        try:
            return steps.check(settings.current(), run_id).as_dict()
        except steps.DisagreementError as error:
            raise AirflowFailException(str(error)) from error  # looking again changes no chain: no retry

    @task(outlets=[CHAIN], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def announce(batches: list[dict[str, int]], settled: dict[str, int] | None, outlet_events: Any) -> None:
        """Tell the asset that chains came or changed, unless none did."""
        from sumber.pipeline import steps

        total = steps.total([*batches, settled or {}])
        if not total.changed:
            raise AirflowSkipException("no chain is new or runs otherwise than before")
        outlet_events[CHAIN].extra = total.as_dict()

    @task(trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    def account(attributed: list[dict[str, int]], traced: list[dict[str, int]]) -> dict[str, dict[str, int]]:
        """Add up the batches of both steps; red when one of them is."""
        from sumber.pipeline import steps

        return {"attribute": steps.total(attributed or []).as_dict(), "trace": steps.total(traced or []).as_dict()}

    attributed = attribute.expand(batch=lease_articles())
    chains = lease_chains()
    attributed >> chains
    traced = trace.expand(batch=chains)
    settled = settle()
    traced >> settled >> check()
    announce(traced, settled)
    account(attributed, traced)


attribute_claims()
