"""Where too many articles share one text or one template, each meets its neighbours only; who these are depends on the archive alone."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from archive import NOON, ask, empty, fingerprint, run_step, write

from sumber.pipeline import settings, steps
from sumber.sourcing import claims, wire
from sumber.sourcing.model import Refusal

FORECAST = (
    "{paper}\n\nForecast for {town}\n\nMay {day}, 2026\n\n"
    "{town} (Reuters) - The harbour master of {town}, Lena Brandt, expects {degrees} degrees and light rain along the northern coast until "
    "the evening, she told reporters.\n\n"
    "Drivers should slow down on wet roads around the harbour and keep their distance from lorries, Brandt said.\n\n"
    "Two officials at the weather office said the next forecast would be published tomorrow before the markets open.\n"
)
TOWNS = ("Ostra", "Karsten", "Belmora", "Halden", "Dravik", "Nimbu")


def forecasts() -> dict[str, str]:
    """Return a dozen forecasts of a few days: some with figures of their own, some word for word the same, and one without a day."""
    found = {}
    for number in range(12):
        town, degrees = (TOWNS[number % 6], 11 + number) if number < 8 else ("Ostra", 25)
        text = FORECAST.format(paper=f"Courier {number}", town=town, day=4 + number % 3, degrees=degrees)
        found[f"{number:02}.txt"] = text if number != 10 else text.replace("May 5, 2026\n\n", "")
    return found


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handful be a crowd."""
    monkeypatch.setattr(wire, "NEIGHBOURS", 2)
    monkeypatch.setattr(wire, "CROWD", 5)
    monkeypatch.setattr(claims, "CROWD", 4)


def arrive(current: settings.Settings, places: list[Path], size: int = 2000) -> None:
    for place in places:
        steps.capture(current, place, "arrival", captured_at=NOON)
    for step in ("read", "attribute", "trace"):
        run_step(current, step, "arrival", size)


PAIRS = "SELECT count(*) FROM core.derivation WHERE closed_at IS NULL"


@pytest.mark.usefixtures("few")
def test_neither_order_nor_batches_decide_who_is_a_neighbour(current: settings.Settings, tmp_path: Path) -> None:
    inbox = write(tmp_path / "forecasts", dict(forecasts()))
    files = sorted(inbox.iterdir())
    arrive(current, files)
    together = fingerprint(current)
    ((pairs,),) = ask(current, PAIRS)
    # One story all the same, with fewer pairs than the 66 that there are.
    assert 11 <= pairs < 66
    assert ask(current, "SELECT count(DISTINCT root_key) FROM core.chain WHERE root_key LIKE 'through:%%'")[0][0] == 1
    for seed, size in ((1, 3), (2, 5)):
        empty(current)
        shuffled = Random(seed).sample(files, len(files))  # noqa: S311 - an order
        for start in range(0, len(shuffled), size):
            arrive(current, shuffled[start : start + size])
        assert fingerprint(current) == together, f"batches of {size}"


@pytest.mark.usefixtures("few")
def test_who_is_withdrawn_leaves_its_place_to_others(current: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = write(tmp_path / "forecasts", dict(forecasts()))
    files = sorted(inbox.iterdir())
    gone = {"03.txt", "09.txt"}
    arrive(current, [file for file in files if file.name not in gone])
    tables = ("core.derivation", "core.utterance", "core.claim", "core.claim_relation", "core.chain", "core.chain_dependency")
    without = {name: digest for name, digest in fingerprint(current).items() if name in tables}
    arrive(current, [file for file in files if file.name in gone])
    assert {name: digest for name, digest in fingerprint(current).items() if name in tables} != without
    read = steps.articles.read
    monkeypatch.setattr(
        steps.articles, "read", lambda one, *rest: Refusal("gone", "", "withdrawn") if one.name in gone else read(one, *rest)
    )
    steps.requeue(current, "read", None, None, None)
    for step in ("read", "attribute", "trace"):
        run_step(current, step, "withdrawal")
    assert {name: digest for name, digest in fingerprint(current).items() if name in tables} == without
