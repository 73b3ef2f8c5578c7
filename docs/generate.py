"""Write DAGS.md and quality-gates.md from the code: `python docs/generate.py`; `--check` only says whether they are up to date."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from sumber.pipeline import checks, contract

DOCS = Path(__file__).resolve().parent

DAGS_HEAD = """\
# DAGs

Made from the docstrings in `dags/` by `python docs/generate.py`; change them there. The same text stands in the Airflow UI (*Docs*).

```
files, feeds ──▶ ingest_articles ──core.article──▶ attribute_claims ──core.chain──▶ score_sources ──mart──▶ dashboards
```

The names on the arrows are Airflow assets. An event only wakes the next DAG; the work is what `core.pending` lists, so that a paused DAG
or a lost event loses nothing. `watch_coverage` judges each hour what came in, and `replay_rejections` is started by hand and works again
on what was refused. Each DAG can be retried and watched on its own. All retry a task three times, with growing
pauses (half a minute to some minutes); tell of a run that is late, in the triggerer's log and to the webhook `SUMBER_ALERT_URL` if that is
set; and never work in two runs at once.
"""

GATES_HEAD = """\
# Quality gates

Made from the rules in `include/sumber/pipeline/checks.py`, from `include/sumber/sql/contract.csv` and from
`include/sumber/sql/queries/verify/` by `python docs/generate.py`; change them there.

Two gates stand in the pipeline: `articles` in `ingest_articles`, before anything reaches `core.article`, and `attributions` in
`attribute_claims`, before anything reaches `core.appearance`. Both are [Great Expectations](https://docs.greatexpectations.io) suites,
built when the gate runs. What an expectation judges is measured first (lengths, spans, hours between dates), so that no report holds the
text of an article.

- **fail** refuses the record. It goes to `core.rejection` with the rule, the raw value and the reason; everything else of the batch
  goes on. Rows in are always rows out plus refused. A hop that fails refuses its whole appearance: a chain with a hole is worse than none.
- **warn** lets the record go on. The task's log counts it and the Data Docs show it.
- A rule about a **batch** (`batch_…`) looks at all of it and names no row.
- Two suites judge no record but the last 24 hours, in `watch_coverage`: `outlets` and `feeds`, each against its own 28 days before
  (`core.outlet_day`, `core.feed_day`). `…_kept` is divided by what is usual, `…_rise` is the difference from it; where there is too
  little to judge by, there is no measure and no verdict. There **fail** tells the webhook, once, and pauses a feed; **warn** is for
  the log.
- One suite, `tables`, judges the tables themselves, after `publish` in `score_sources`: Great Expectations asks Postgres for each promise
  below. What **fails** there turns the task `verify` red, tells the webhook and keeps asset `mart` from waking anybody; **warn** is for the
  log. The rows stay: nothing is refused behind the back of who loaded it.
- An expectation that cannot be computed stops the task (`GateError`): a gate never waves through what it could not judge.

## Data Docs

Each gated batch gets a small site of its own, `SUMBER_DATA_DOCS/SUITE/RUN-BATCH/index.html`; that of `tables` has a page for each table.
**Where to click:** a task that gates (`read_articles`, `attribute`, `verify`, `watch`, `replay`) has the button *Data Docs* among its extra
links, also when its gate stopped it; it leads to the pages of that batch, or to a list where the run has several. *Browse > Data Docs* in
the navigation lists all that are kept, the newest 200 first. Without Airflow, the log of a step ends with the file's address.

They are shown to whom Airflow shows the logs of the DAG, and to nobody who has not logged in. Great Expectations' own pages ask public
servers for scripts, styles and a picture; these are taken out, so that a page runs no script and loads nothing but its own style sheet.
`core.step_run.data_docs` keeps where the pages of each suite stand. A retry replaces its own pages. Sites older than
`SUMBER_DATA_DOCS_DAYS` (30) are removed by the next gates that run; nothing else below that folder is.

## Cost

Importing Great Expectations takes 4 CPU-seconds and 240 MB once per task; 100,000 articles are then judged in about a second, 100,000 hops
in two (2 cores). Give a gate thousands of rows, not dozens. The suite `tables` takes 10 CPU-seconds for its 700 expectations, and
Postgres reads each table of the contract a few times for it: 12 CPU-seconds for 32,000 articles with 160,000 appearances, about in
proportion for more. It reads all of them because publishing, which it follows, works through the whole archive too (11 seconds there).

"""


def dags_page(folder: Path) -> str:
    """Return the text of DAGS.md for the DAG files in `folder`, in the order in which a claim travels."""
    order = ("ingest_articles", "attribute_claims", "score_sources", "watch_coverage", "replay_rejections")
    files = sorted(folder.glob("*.py"), key=lambda file: (order.index(file.stem) if file.stem in order else len(order), file.stem))
    return "\n".join([DAGS_HEAD, *(_runbook(file) for file in files)])


def _runbook(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    lines = [f"#{line}" if line.startswith("#") else line for line in docstring.splitlines()]
    return f"## {file.stem}\n\n" + "\n".join(lines) + "\n"


def gates_page() -> str:
    """Return the text of quality-gates.md."""
    return GATES_HEAD + "\n".join(
        [
            *_table("articles", checks.article_rules(checks.Limits(languages=frozenset({"en"})))),
            *_table("attributions", checks.attribution_rules()),
            *_table("outlets", checks.outlet_rules()),
            *_table("feeds", checks.feed_rules()),
            *_tables(),
        ]
    )


def _table(gate: str, rules: tuple[checks.Rule, ...]) -> list[str]:
    rows = [f"| `{rule.name}` | {rule.severity} | {_asks(rule)} | {rule.reason} |" for rule in rules]
    return [f"## Rules of the gate `{gate}`", "", "| rule | | expects | where it does not hold |", "|---|---|---|---|", *rows, ""]


def _tables() -> list[str]:
    rows = []
    for table, promises in contract.promises().items():
        typed = sum(one.rule == "type" for one in promises)
        rows.append(f"| `{table}` | `columns`, `type` | fail | has its {typed} columns of the contract, in order, each of its type |")
        present = [str(one.arguments["column"]) for one in promises if one.rule == "required"]
        if present:
            rows.append(f"| | `required` | fail | {', '.join(present)} are present |")
        rows += [f"| | `{one.rule}` | {one.severity} | {one.asks} |" for one in promises if one.rule not in ("columns", "type", "required")]
    return ["## Rules of the suite `tables`", "", "| table | rule | | expects |", "|---|---|---|---|", *rows, ""]


def _asks(rule: checks.Rule) -> str:
    if rule.present:
        return f"`{rule.column}` is present"
    if rule.name == "language_supported":
        return "`lang` is one of those with a lexicon in `seeds/cues`"
    if rule.among:
        return f"`{rule.column}` is one of {', '.join(rule.among)}"
    if rule.present_share is not None:
        return f"`{rule.column}` is present in at least {rule.present_share:.0%} of the batch"
    if rule.least is None:
        return f"`{rule.column}` is at most {rule.most:,}"
    if rule.most is None:
        return f"`{rule.column}` is at least {rule.least}"
    return f"`{rule.column}` is from {rule.least} to {rule.most}"


def pages() -> dict[Path, str]:
    """Return each generated page's file and text."""
    return {DOCS / "DAGS.md": dags_page(DOCS.parent / "dags"), DOCS / "quality-gates.md": gates_page()}


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        stale = [file.name for file, text in pages().items() if not file.exists() or file.read_text(encoding="utf-8") != text]
        if stale:
            sys.exit(f"{', '.join(stale)}: not what the code says; run python docs/generate.py")
    else:
        for file, text in pages().items():
            file.write_text(text, encoding="utf-8")
