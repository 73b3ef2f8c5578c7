"""Stable ids: 63-bit hashes of raw values, the same on every machine and in every order of arrival."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_ID = 2**63 - 1

_SEPARATORS = re.compile(r"[\W_]+")  # every character that is not alphanumeric


def of(*parts: str | int) -> int:
    """Hash `parts`, in order, into an id between 0 and 2**63-1 (fits a signed Postgres bigint).

    Each part is prefixed with its length, so that ("ab", "c") and ("a", "bc") differ. Lone surrogates are kept.
    """
    raw = [str(part).encode("utf-8", "surrogatepass") for part in parts]
    whole = b"".join([len(part).to_bytes(8, "big") + part for part in raw])
    return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big") & MAX_ID


def fold(name: str) -> str:
    """Return the comparison form of a name: NFKC, case-folded, punctuation to single spaces; diacritics are kept."""
    folded = name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
    if folded.isalnum():
        return folded
    words = folded.split()
    if "".join(words).isalnum():
        return " ".join(words)  # most names are plain
    return _SEPARATORS.sub(" ", folded).strip()


def sha256(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of `content`: the address of a capture."""
    return hashlib.sha256(content).hexdigest()
