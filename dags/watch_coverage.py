"""Judges the last 24 hours of each outlet and feed against its own history, tells what collapsed, and pauses feeds that went bad.

| | |
|---|---|
| **runs** | every hour at minute 50; on demand (▶ *Trigger*) |
| **reads** | `raw.capture`, `core.article`, `core.appearance`, `core.rejection`, `core.feed_entry`; earlier days |
| **writes** | `core.outlet_day`, `core.feed_day`: of each day the last run stays; `core.feed_state` when it pauses |
| **tells** | no asset; the webhook, what fails and did not fail the day before |
| **late** | 30 minutes after it was queued |

## Tasks

1. `watch` counts, per outlet, articles, those with headline, date, body, byline or credit, and with all of them; languages, copies,
   articles without attribution, hours from publication to capture. Per feed: pages announced, captures read, captures refused. It
   compares them with what is usual (28 days; nothing is judged before there are seven, or where there are only a few articles), and has
   the suites `outlets` and `feeds` judge that (`docs/quality-gates.md`). Its log links both Data Docs. The ledger counts outlets and
   feeds; refused are those that failed.

## Parameters

None.

## Alarming, and normal

- "less than a fifth of the usual articles": the outlet's feeds fail (`python -m sumber feeds`), its pages are refused
  (`SELECT rule, count(*) FROM core.rejection GROUP BY rule`), or it does not publish today.
- "with all parts": its layout has changed. `SELECT * FROM core.outlet_day WHERE outlet = … ORDER BY day` shows which part was lost.
  Mend the layout (`seeds/layout/`), then trigger `replay_rejections` for what was refused.
- A paused feed: its pages are refused as never before. Mend it, replay the refusals, then `python -m sumber feeds resume URL`. Resumed
  without a replay, it is paused again as long as the refusals of the last day stand.
- Warnings in the log only: they are for whoever looks, and wake nobody.

## When something fails

- **`watch` fails**: the database is away, or a suite could not be computed (`GateError`). Nothing was half-written; clear the task.
"""

from __future__ import annotations

from airflow.sdk import dag

from sumber.pipeline.wiring import DEFAULTS, at, deadline, gate


@dag(
    schedule=at("50 * * * *"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(minutes=30),
    tags=["sumber", "coverage"],
    doc_md=__doc__,
)
def watch_coverage() -> None:
    """Watch."""

    @gate()
    def watch(run_id: str) -> dict[str, int]:
        """Judge the last day of each outlet and feed; return counts."""
        from sumber.pipeline import settings, steps

        return steps.watch(settings.current(), run_id).as_dict()

    watch()


watch_coverage()
