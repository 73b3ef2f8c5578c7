"""Scores the reliability of sources for a day and publishes the mart that dashboards read.

| | |
|---|---|
| **runs** | daily at 02:10 UTC; when asset `core.chain` changes; on demand (▶ *Trigger*) |
| **reads** | `core.claim`, `core.chain`, `core.derivation`, `core.outcome`, `core.source_note`, a ratings file (`SUMBER_RATINGS`) |
| **writes** | `core.source_score`, `core.score_evidence`, `core.claim_corroboration`, `core.relay`, the tables of `mart` |
| **tells** | asset `mart`, with the counts of the run |
| **late** | 120 minutes after it was queued |

## Tasks

1. `score` compares copies that are new with the texts that they were made from, weighs the claims known at the start of the run, and
   scores every source with enough evidence, over the last three years before the day. Today is provisional and replaced at each run; a
   closed day is never changed, a later opinion on it is a new row with its own `known_at`.
2. `publish` rebuilds the mart from `core`, in one transaction: dashboards see the old or the new state, never half of each.
3. `verify` asks the tables of core and mart whether they are what is promised of them: columns in order, types, keys, references, closed
   lists, as many rows as came in (suite `tables`, `docs/quality-gates.md`). It is red, and tells the webhook, where a promise that fails
   is broken; the button *Data Docs* of the task shows each table.
4. `announce` tells the asset, unless `verify` is red.

## Parameters

- `day`: the day to score, `YYYY-MM-DD`. Empty: the day of the run (UTC).
- `from`: score each day from this one to `day`, in hindsight: from what is known now. Days before today that were scored today already
  stay as they are.

## Alarming, and normal

- Most sources have no score: too little evidence is "cannot be judged", never a default. A new installation may score none at all.
- A source is judged only by checks: record them with `python -m sumber outcome`. What people say of a score (`python -m sumber note`) is
  shown beside it and changes nothing.
- Scores move when a chain is corrected although no new article came: independence is counted over roots, and a root has moved.
- `published` rows fall after a merge of claims: two claims became one.

## When something fails

- **`score` fails**: the scores of the day before stay; clear the task. It starts from the database and keeps nothing between tries.
- **`TableError` in its log**: the ratings file has a fault at the line that the message names. Mend it, or unset `SUMBER_RATINGS`.
- **`CountError`, "does not add up"**: a score is not the sum of its evidence: a fault of the program. Nothing was stored.
- **`publish` fails**: the scores are stored, the mart still shows the state before, and `mart.freshness` tells of when. Clear the task.
- **`verify` fails**: its log names each promise that is broken and a value or row that breaks it. A migration and `sql/contract.csv` do not
  go together, somebody altered a table or rows by hand, or a step has a fault. The mart is published all the same; once that is mended,
  clear the task. `python -m sumber verify` asks again at any time.
- **The run is late**: nothing waits for it but the dashboards. See whether Postgres works (`pg_stat_activity`) or waits for a lock.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import AssetOrTimeSchedule, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

from sumber.pipeline.wiring import ALARM, CHAIN, DEFAULTS, MART, at, deadline, gate


@dag(
    schedule=AssetOrTimeSchedule(timetable=at("10 2 * * *"), assets=[CHAIN]),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(minutes=120),
    tags=["sumber", "reliability", "mart"],
    doc_md=__doc__,
    params={
        "day": Param(
            None, type=["null", "string"], format="date", title="Day", description="The day to score. Empty: the day of the run (UTC)."
        ),
        "from": Param(
            None,
            type=["null", "string"],
            format="date",
            title="From",
            description="Score each day from this one to Day, from what is known now. Empty: that day alone.",
        ),
    },
)
def score_sources() -> None:
    """Score, publish, verify, announce."""

    @task
    def score(params: dict[str, Any], run_id: str, dag_run: Any) -> dict[str, int]:
        """Score the sources for the day, from what was known when the run began; return counts."""
        from datetime import date

        from sumber.pipeline import settings, steps

        # The run's own time, so that a retry scores the same.
        known_at = dag_run.run_after
        day = date.fromisoformat(params["day"]) if params["day"] else known_at.date()
        first = date.fromisoformat(params["from"]) if params["from"] else day
        return steps.score_days(settings.current(), first, day, known_at, run_id).as_dict()

    @task
    def publish(run_id: str) -> dict[str, int]:
        """Publish the mart; return counts."""
        from sumber.pipeline import settings, steps

        return steps.publish(settings.current(), run_id).as_dict()

    @gate(**ALARM)
    def verify(run_id: str) -> dict[str, int]:
        """Compare the tables with what is promised of them; return counts. Red where a promise is broken."""
        from sumber.pipeline import settings, steps

        try:
            return steps.verify(settings.current(), run_id).as_dict()
        except steps.ContractError as error:
            raise AirflowFailException(str(error)) from error  # asking again mends no table: no retry

    @task(outlets=[MART])
    def announce(scored: dict[str, int], published: dict[str, int], outlet_events: Any) -> None:
        """Tell the asset what was scored and published."""
        outlet_events[MART].extra = {"scored": scored["went_out"], "published": published["went_out"]}

    scored = score()
    published = publish()
    scored >> published >> verify() >> announce(scored, published)


score_sources()
