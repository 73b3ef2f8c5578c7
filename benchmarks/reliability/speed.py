"""What `fuse` and `score` cost in processor time as tables grow, where questions grow with them: from eight voices each to five hundred.

.venv/bin/python benchmarks/reliability/speed.py
"""

from __future__ import annotations

import time
from datetime import date, timedelta

import numpy as np

from sumber.sourcing.model import Source, SourceKind
from sumber.sourcing.reliability import Statement, Testimony, fuse, score

QUESTIONS = 500
VOICES = (8, 32, 128, 512)
DAY = date(2030, 1, 1)


def rows(voices: int) -> list[tuple[str, str, str]]:
    """Return (voice, question, answer): on each question so many voices, right more often than not, the wrong ones on ever more values."""
    rng = np.random.default_rng(voices)
    accuracy = rng.uniform(0.4, 0.9, 4 * voices)
    return [
        (f"s{s}", f"q{q}", "right" if rng.random() < accuracy[s] else f"wrong {int(rng.zipf(1.3)) % voices}")
        for q in range(QUESTIONS)
        for s in rng.choice(4 * voices, voices, replace=False)
    ]


def main() -> None:
    """Print one line per size."""
    print("claims      fuse     score")
    for voices in VOICES:
        said = rows(voices)
        statements = [Statement(*row) for row in said]
        claims = {pair: number for number, pair in enumerate(sorted({row[1:] for row in said}))}
        testimonies = [
            Testimony(claims[slot, value], slot, value, source, f"principal:{source}", DAY - timedelta(days=int(slot[1:])))
            for source, slot, value in said
        ]
        sources = [
            Source(number, key, key, SourceKind.ORGANISATION, is_known=True) for number, key in enumerate(sorted({row[0] for row in said}))
        ]
        began = time.process_time()
        fuse(statements)
        fused = time.process_time()
        score(DAY, sources, testimonies)
        print(f"{len(said):7,}  {fused - began:6.2f} s  {time.process_time() - fused:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
