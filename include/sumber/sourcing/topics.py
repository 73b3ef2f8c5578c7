"""What an article is about, as far as its page says so: the section that its address names.

Newsrooms file what they publish, and their addresses show where ("/sport/", "finance."). That is read and nothing is guessed from the
text: an article whose address names no section has no topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from sumber.sourcing import pages

LONGEST_NAME = 3  # words of a section's name: "khoa hoc cong nghe" is two names


class Topic(StrEnum):
    """The top level of IPTC's Media Topics (https://www.iptc.org/std/NewsCodes/treeview/mediatopic/)."""

    ARTS = "arts, culture, entertainment and media"
    CONFLICT = "conflict, war and peace"
    CRIME = "crime, law and justice"
    DISASTER = "disaster, accident and emergency incident"
    ECONOMY = "economy, business and finance"
    EDUCATION = "education"
    ENVIRONMENT = "environment"
    HEALTH = "health"
    HUMAN_INTEREST = "human interest"
    LABOUR = "labour"
    LIFESTYLE = "lifestyle and leisure"
    POLITICS = "politics and government"
    RELIGION = "religion"
    SCIENCE = "science and technology"
    SOCIETY = "society"
    SPORT = "sport"
    WEATHER = "weather"


def topic_of(url: str | None, sections: Mapping[str, Topic]) -> Topic | None:
    """Return the topic of the section that an article's address names.

    `sections` maps names of sections, as `plain` writes them, to topics. The folder next to the page's own name is asked first, then those
    above it, then the host; a folder that names two topics ("politics-business") names none. None where no place names one.
    """
    if url is None:
        return None
    parts = urlsplit(url)
    folders = [folder for folder in unquote(parts.path).split("/") if folder][:-1]
    for place in (*reversed(folders), *_before_domain(parts.hostname or "")):
        words = plain(place).split()
        names = {" ".join(words[at : at + size]) for size in range(1, LONGEST_NAME + 1) for at in range(len(words) - size + 1)}
        topics = {sections[name] for name in names if name in sections}
        if len(topics) == 1:
            return topics.pop()
    return None


@lru_cache(maxsize=4096)
def _before_domain(host: str) -> tuple[str, ...]:
    """Return the parts of a host before the domain that its outlet registered: that is a name and no section."""
    return tuple(host.removesuffix(pages.site(host) or "").split("."))


def plain(name: str) -> str:
    """Return a section's name as addresses write it: in lower case, without accents, words apart by one space."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.replace("đ", "d")))
