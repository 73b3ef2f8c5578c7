"""Data Docs: what a gate looked at and found, as pages that a browser shows without asking any other server.

Great Expectations renders them; what they would fetch from elsewhere or run in the browser is taken out. A gated batch has a folder of its
own, `SUITE/RUN-BATCH/`, with `index.html` and, where the suite judges several tables, a page of each. A retry replaces its own pages.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

KEEP_DAYS = 30
PRUNED_AT_ONCE = 500  # folders that one gate removes at most: an old heap goes over several runs
SHOWN_AT_ONCE = 200  # sites that a list names at most
LONGEST_RUN = 150  # characters of a run's name in a folder's

# Whose tasks gate with a suite: who may read the log of such a task may read its Data Docs.
SUITES: Mapping[str, str] = MappingProxyType(
    {
        "articles": "ingest_articles",
        "attributions": "attribute_claims",
        "tables": "score_sources",
        "outlets": "watch_coverage",
        "feeds": "watch_coverage",
    }
)
STYLES = Path(__file__).with_name("data_docs.css")


class Site(NamedTuple):
    """The Data Docs of one gated batch: `address` is that of its first page below the folder of all Data Docs."""

    suite: str
    name: str
    batch: int
    built_at: datetime

    @property
    def address(self) -> str:
        """Return where its first page stands, with slashes on every system."""
        return f"{self.suite}/{self.name}/index.html"


def context() -> Any:
    """Return a context of Great Expectations for one run of a suite: it shows no progress bars and keeps nothing on disk."""
    # Great Expectations logs each of its steps at level info, already while it is imported; some of its modules set that level themselves.
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    made = gx.get_context(mode="ephemeral")
    made.variables.progress_bars = ProgressBarsConfig(globally=False)
    return made


def site_name(run: str, batch: int) -> str:
    """Return the name of the folder that holds the Data Docs of a batch of a run."""
    return f"{_plain(run)}-{batch}"


def _plain(run: str) -> str:
    return re.sub(r"[^0-9A-Za-z]+", "-", run).strip("-")[:LONGEST_RUN]


def build(docs: Path, suite: str, run: str, batch: int, results: Mapping[str, Any], keep_days: int = KEEP_DAYS) -> str:
    """Write the pages of `results` (name of a page -> Great Expectations' result) and remove sites older than `keep_days` days.

    Returns the address of the first page below `docs`.
    """
    target = docs / suite / site_name(run, batch)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
    staged.chmod(0o755)
    shutil.copyfile(STYLES, staged / "style.css")
    pages = {name: _page(result, f"{suite}, run {run}, batch {batch}") for name, result in results.items()}
    if len(pages) == 1:
        (staged / "index.html").write_text(next(iter(pages.values())), encoding="utf-8")
    else:
        for name, page in pages.items():
            (staged / f"{name}.html").write_text(page, encoding="utf-8")
        (staged / "index.html").write_text(_contents(f"{suite}, run {run}, batch {batch}", results), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    staged.replace(target)
    prune(docs, keep_days)
    return f"{suite}/{target.name}/index.html"


def find(docs: Path, run: str | None = None, batch: int | None = None, suites: Sequence[str] = tuple(SUITES)) -> list[Site]:
    """Return the sites below `docs`, of one run or one batch of it or of all, the newest first, at most `SHOWN_AT_ONCE`."""
    found = []
    for suite in suites:
        for folder in _folders(docs / suite):
            name, _, number = folder.name.rpartition("-")
            if number.isdecimal() and (run is None or name == _plain(run)) and (batch is None or int(number) == batch):
                found.append(Site(suite, folder.name, int(number), datetime.fromtimestamp(folder.stat().st_mtime, UTC)))
    return sorted(found, key=lambda site: (site.built_at, site.suite, site.batch), reverse=True)[:SHOWN_AT_ONCE]


_PART = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


def page(docs: Path, address: str) -> Path | None:
    """Return the file of a page or style sheet by its address below `docs`; None for whatever is not one of a built site's own.

    An address is SUITE/SITE/FILE and nothing else; links are not followed.
    """
    parts = address.split("/")
    if len(parts) != 3 or parts[0] not in SUITES or not all(map(_PART.fullmatch, parts)) or not parts[2].endswith((".html", ".css")):
        return None
    file = docs.joinpath(*parts)
    is_own = file.is_file() and not any(path.is_symlink() for path in (file, file.parent, file.parent.parent))
    return file if is_own else None


def prune(docs: Path, keep_days: int) -> None:
    """Remove sites older than `keep_days` days, at most `PRUNED_AT_ONCE`: only what a gate built, and nothing that a link leads to."""
    oldest = time.time() - keep_days * 86_400
    left = PRUNED_AT_ONCE
    for folder in (folder for suite in SUITES for folder in _folders(docs / suite)):
        if left and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            left -= 1


def _folders(suite: Path) -> list[Path]:
    """Return the folders of built sites in a suite's folder."""
    if suite.is_symlink() or not suite.is_dir():
        return []
    return sorted(
        one for one in suite.iterdir() if not one.is_symlink() and not one.name.startswith(".") and (one / "index.html").is_file()
    )


# --- pages ---------------------------------------------------------------------------------------------------

_HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="style.css"></head><body>'
)
_KEPT_ATTRIBUTES = frozenset(("class", "id", "href", "colspan", "rowspan", "title"))
_DROPPED = ("script", "link", "style", "img", "iframe", "object", "form", "button", "input", "label", "nav", "footer", "meta", "noscript")


def _page(result: Any, title: str) -> str:
    """Return the page of one result: what Great Expectations renders, without scripts, forms, pictures and addresses elsewhere."""
    from great_expectations.core import expectationSuiteValidationResultSchema
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView
    from lxml import etree, html

    view: Any = DefaultJinjaPageView()
    # As a store would give it back: numbers of numpy, for one, cannot be printed.
    stored = expectationSuiteValidationResultSchema.loads(json.dumps(result.to_json_dict()))
    rendered = view.render(ValidationResultsPageRenderer().render(stored))
    body = html.document_fromstring(rendered).find("body")
    etree.strip_elements(body, *_DROPPED, etree.Comment, with_tail=False)
    for element in body.iter():
        for name in set(element.attrib) - _KEPT_ATTRIBUTES:
            del element.attrib[name]
        if not element.get("href", "#").startswith("#"):
            del element.attrib["href"]
    sections = [html.tostring(section, encoding="unicode") for section in body.find_class("ge-section")]
    return f"{_HEAD.format(title=escape(title))}<h1>{escape(title)}</h1>{''.join(sections)}</body></html>\n"


def listing(sites: Sequence[Site], run: str | None, keep_days: int) -> str:
    """Return a page that lists sites, of `run` or of all runs; the style sheet is looked for beside it."""
    title = f"Data Docs of run {run}" if run is not None else "Data Docs"
    rows = [
        f'<tr><td><a href="{escape(site.address)}">{escape(site.name)}</a></td><td>{site.suite}</td>'
        f"<td>{site.built_at:%Y-%m-%d %H:%M:%S} UTC</td></tr>"
        for site in sites
    ]
    note = f"None: there was nothing to judge, or it is more than {keep_days} days ago." if not rows else ""
    more = f"The newest {len(rows)}." if len(rows) == SHOWN_AT_ONCE else ""
    table = f'<table class="table"><tr><th>run and batch</th><th>suite</th><th>made</th></tr>{"".join(rows)}</table>'
    return f"{_HEAD.format(title=escape(title))}<h1>{escape(title)}</h1>{table}<p>{note}{more}</p></body></html>\n"


def _contents(title: str, results: Mapping[str, Any]) -> str:
    """Return the page that lists the pages of a site: those first on which an expectation does not hold."""
    rows = []
    for name, result in sorted(results.items(), key=lambda item: (item[1].success, item[0])):
        counts = result.statistics
        state = '<td class="text-success">holds</td>' if result.success else '<td class="text-danger">does not hold</td>'
        held = f"{counts['successful_expectations']} of {counts['evaluated_expectations']}"
        rows.append(f'<tr><td><a href="{escape(name)}.html">{escape(name)}</a></td>{state}<td>{held}</td></tr>')
    table = f'<table class="table"><tr><th>table</th><th></th><th>expectations that hold</th></tr>{"".join(rows)}</table>'
    return f"{_HEAD.format(title=escape(title))}<h1>{escape(title)}</h1>{table}</body></html>\n"
