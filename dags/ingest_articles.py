"""Stores what arrives, reads it into articles, gates it, and wakes `attribute_claims`.

| | |
|---|---|
| **runs** | every 15 minutes; on demand (▶ *Trigger*) with the parameters below |
| **reads** | the active feeds of `seeds/feeds.csv`, their pages; the inbox: pages, archives, agencies' items, records (`SUMBER_INBOX`) |
| **writes** | `raw.capture`, `raw.fetch`, `core.feed_state`, `core.feed_entry`, `core.article`, `core.media_credit`, `core.rejection` |
| **tells** | asset `core.article`, with the counts of the run, when an article is new or reads otherwise than before |
| **late** | 14 minutes after it was queued: the next run is due |

## Tasks

1. `capture` stores the bytes of each file once, whatever the number of runs that see it, and lists them as pending. `poll`, beside it, asks
   the feeds that are due, fetches the pages that are due within seven minutes, and leaves the rest to the next run.
2. `lease` takes what is pending, in batches of `batch_size`, for this run alone.
3. `read_articles` (one task per batch) reads captures into articles and judges them with the article gate
   (`docs/quality-gates.md`). Refused ones go to `core.rejection` with the rule and the raw value, the others to `core.article`.
   The log links the batch's Data Docs.
4. `announce` tells the asset; `account` adds up the batches, and fails when one of them failed.

## Parameters

- `inbox`: another folder for this run. It must be readable where the task runs.
- `batch_size`: articles per batch. Less when a worker runs out of memory (about 300 MB for Great Expectations and 2,000 articles).
- `dry_run`: `capture` says in its log what it would store; nothing is written and nothing else runs.

## Alarming, and normal

- Most runs are green with reading and announcing skipped (pink): nothing was new.
- Articles refused: a file that is no article is meant to be refused. Look at
  `SELECT rule, count(*) FROM core.rejection GROUP BY rule` before worrying; worry when one rule takes most of a batch. Once a layout is
  mended, `replay_rejections` (or `python -m sumber replay`) reads again what was refused.
- A gate's warning about missing outlets or dates: the layout of a site may have changed. The articles are stored.

- `poll` green with failures in its log: single hosts do not answer, forbid it in robots.txt or ask to wait. Each attempt is in `raw.fetch`
  with its status or failure; `python -m sumber feeds` lists how each feed does. A feed that fails twelve times in a row is paused and the
  webhook is told: mend the address in `seeds/feeds.csv`, then `python -m sumber feeds resume URL`.

## When something fails

- **`poll` fails**: feeds are active and `SUMBER_CONTACT` is not set, or the database is away. What was fetched is stored; files are read
  all the same.

- **`capture` fails**: the folder is missing or not readable, or the database is away. Nothing was half-stored; clear the task.
- **One `read_articles` batch fails**: the other batches are stored and announced, the run is red. Clear the failed task: it leases the same
  batch again. Left alone, its lease ends by itself and a later run takes the articles.
- **`reader_failed` in `core.rejection`**: one capture broke the reader and was refused, the others went on. The log has the traceback.
- **`GateError` in the log**: the batch as a whole could not be judged. That is a fault in the code or of a dependency, not in the data.
- **The run is late**: see whether a batch still works (its log moves) or waits for a slot (`max_active_tasks`, workers).
  Two runs never work at once, so a late run delays the next and loses nothing.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from sumber.pipeline.wiring import ARTICLE, DEFAULTS, at, deadline, gate


@dag(
    schedule=at("*/15 * * * *"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(minutes=14),
    tags=["sumber", "ingest"],
    doc_md=__doc__,
    params={
        "inbox": Param(
            None,
            type=["null", "string"],
            minLength=1,
            title="Inbox",
            description="Folder of articles, in any form that docs/operations.md names. Empty: the inbox of the settings.",
        ),
        "batch_size": Param(
            2000, type="integer", minimum=1, maximum=50_000, title="Batch size", description="Articles that one task reads at most."
        ),
        "dry_run": Param(
            False, type="boolean", title="Dry run", description="Only say what would be stored; write nothing, read and announce nothing."
        ),
    },
)
def ingest_articles() -> None:
    """Capture, lease, read batch by batch, announce."""

    @task
    def capture(params: dict[str, Any], run_id: str) -> dict[str, int]:
        """Store the captures of the inbox; return counts."""
        from sumber.pipeline import settings, steps

        return steps.capture(settings.current(), params["inbox"], run_id, dry_run=params["dry_run"]).as_dict()

    @task
    def poll(params: dict[str, Any], run_id: str) -> dict[str, int]:
        """Poll the feeds that are due, fetch the pages that are due; return counts."""
        from sumber.pipeline import settings, steps

        if params["dry_run"]:
            raise AirflowSkipException("a dry run asks nobody")
        return steps.poll(settings.current(), run_id).as_dict()

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def lease(params: dict[str, Any], run_id: str) -> list[int]:
        """Take the pending captures in batches; return the batches' ids."""
        from sumber.pipeline import settings, steps

        if params["dry_run"]:
            raise AirflowSkipException("a dry run takes nothing")
        return steps.lease(settings.current(), "read", run_id, params["batch_size"])

    @gate(map_index_template="batch {{ task.op_kwargs['batch'] }}")
    def read_articles(batch: int, run_id: str) -> dict[str, int]:
        """Read and gate one batch; return counts."""
        from sumber.pipeline import settings, steps

        return steps.read_articles(settings.current(), batch, run_id).as_dict()

    @task(outlets=[ARTICLE], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def announce(batches: list[dict[str, int]], outlet_events: Any) -> None:
        """Tell the asset that articles came or changed, unless none did."""
        from sumber.pipeline import steps

        total = steps.total(batches)
        if not total.changed:
            raise AirflowSkipException("no article is new or reads otherwise than before")
        outlet_events[ARTICLE].extra = total.as_dict()

    @task(trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    def account(batches: list[dict[str, int]]) -> dict[str, int]:
        """Add up the batches; red when one of them is, or what came before."""
        from sumber.pipeline import steps

        return steps.total(batches).as_dict()

    leased = lease()
    arrived = [capture(), poll()]
    arrived >> leased
    counts = read_articles.expand(batch=leased)
    announce(counts)
    arrived >> account(counts)


ingest_articles()
