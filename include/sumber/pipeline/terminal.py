"""Text from articles, made harmless for terminals and logs: what would steer them is shown as an escape instead."""

from __future__ import annotations

import json
import logging
import re
from types import TracebackType
from typing import Any

# C0 and C1 controls begin escape sequences; the bidirectional controls reorder a line (Boucher and Anderson, "Trojan Source", 2021); a lone
# surrogate cannot be written at all. Marks that right-to-left scripts need (U+200E, U+200F) stay.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return `text` with every character that steers a terminal as an escape such as `\x1b`; line breaks and tabs stay."""
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def line(text: str) -> str:
    r"""Return `visible(text)` in one line, so that a name cannot pretend to be a line of a log."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def show(text: str) -> None:
    """Print `visible(text)` to standard output."""
    print(visible(text))


def to_json(value: Any) -> str:
    """Return `value` as indented JSON that steers no terminal; what JSON does not know is written as its string."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    # JSON's own escapes cover the C0 controls within strings; the rest gets the same form, which every reader undoes.
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Formatter(logging.Formatter):
    """Formats records for a terminal or a file: one line per record, and only tracebacks in several."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the record's line."""
        return line(super().formatMessage(record))

    def formatException(  # noqa: N802 - logging's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the traceback."""
        return visible(super().formatException(ei))


def log_lines() -> None:
    """Make this process log to standard error, from level INFO on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
