"""Works again on what was refused, after a fix: each open rejection is accepted or refused anew.

| | |
|---|---|
| **runs** | on demand only (▶ *Trigger*) |
| **reads** | `core.rejection`, and the captures and articles behind it |
| **writes** | what the steps write (`core.article`, `core.appearance`, `core.chain`), `core.rejection` |
| **tells** | asset `core.article`, with the counts of the run, when anything changed; that wakes `attribute_claims` |
| **late** | 120 minutes after it was queued |

## Tasks

1. `replay` makes exactly the captures (step `read`) or articles (steps `attribute` and `trace`) behind the chosen open rejections pending
   again for their step, and works off what is pending for these steps. A rejection stays open until its step accepts the record, which
   closes it, or refuses it anew, which moves its `last_run`. Captures chosen are accepted + refused + left: the log adds them up.
2. `announce` tells the asset, so that what was accepted is attributed and traced.

## Parameters

- `rule`: rejections by this rule, such as `reader_failed`. Empty: by any.
- `step`: rejections of this step: `read`, `attribute` or `trace`. Empty: of any.
- `outlet`: rejections of this outlet's articles, by the name that `core.article` has for it, or the capture's where none was read.
- `from`: rejections of articles published on this day or later (`YYYY-MM-DD`, UTC); by the time of capture where no date is known.
- `to`: rejections of articles published before this day.
- `batch_size`: captures or articles that are worked on at once.
- `dry_run`: only say in the log how many there are; nothing is written.

## Alarming, and normal

- Everything is refused anew: nothing was mended, or the records are rightly refused. Nothing is lost by trying.
- "Nothing stored": refusals of steps `capture` and `poll` kept no bytes. They close when the mended file or page comes again.
- "Left": another run works on them, or their batch failed. The next run of their DAG, or of this one, takes them.

## When something fails

- **`replay` fails**: a batch failed; the others are stored, the log has the traceback. Clear the task: it takes what is still open.
- **The run is late**: many captures were chosen. Narrow the next run by rule, outlet or day.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from sumber.pipeline.wiring import ARTICLE, DEFAULTS, deadline, gate


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(minutes=120),
    tags=["sumber", "rejections"],
    doc_md=__doc__,
    params={
        "rule": Param(None, type=["null", "string"], minLength=1, title="Rule", description="Rejections by this rule. Empty: by any."),
        "step": Param(
            None,
            type=["null", "string"],
            enum=[None, "read", "attribute", "trace"],
            title="Step",
            description="Rejections of this step. Empty: of any.",
        ),
        "outlet": Param(
            None, type=["null", "string"], minLength=1, title="Outlet", description="Rejections of this outlet's articles. Empty: of any."
        ),
        "from": Param(
            None, type=["null", "string"], format="date", title="From", description="Rejections of articles published on this day or later."
        ),
        "to": Param(
            None, type=["null", "string"], format="date", title="To", description="Rejections of articles published before this day."
        ),
        "batch_size": Param(
            2000,
            type="integer",
            minimum=1,
            maximum=50_000,
            title="Batch size",
            description="Captures or articles that are worked on at once.",
        ),
        "dry_run": Param(False, type="boolean", title="Dry run", description="Only say how many there are; write nothing."),
    },
)
def replay_rejections() -> None:
    """Work again on what was refused, announce."""

    @gate()
    def replay(params: dict[str, Any], run_id: str) -> dict[str, int]:
        """Make what was refused pending again and work it off; return counts."""
        from datetime import date

        from sumber.pipeline import settings, steps

        since, until = (date.fromisoformat(params[key]) if params[key] else None for key in ("from", "to"))
        chosen = steps.Chosen(params["rule"], params["step"], params["outlet"], since, until)
        return steps.replay(settings.current(), chosen, run_id, run_id, params["batch_size"], params["dry_run"]).as_dict()

    @task(outlets=[ARTICLE])
    def announce(counts: dict[str, int], outlet_events: Any) -> None:
        """Tell the asset that something changed, unless nothing did."""
        if not counts["changed"]:
            raise AirflowSkipException("nothing reads otherwise than before")
        outlet_events[ARTICLE].extra = counts

    announce(replay())


replay_rejections()
