"""Show the provenance chain of one appearance: every branch, every hop, and the characters that each rests on.

  sumber chain --find "lock gates"              the passages that hold these words, with their ids
  sumber chain --article NAME                   the passages of one article (file name, record id, URL or SHA-256)
  sumber chain 5718220153347109                 one passage: its id, which `sumber report --format json` and the mart give too
  sumber chain NAME#2                           passage 2 of an article, as --article numbers them
  sumber chain ID --as-of 2023-09-10            what readers saw at the end of that day (UTC)
  sumber chain ID --format prov > chain.jsonld  for other systems

The id of a claim lists the passages that make it.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a type, named like one

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import export, frames, store, terminal, tracing
from sumber.sourcing.model import Appearance, Article, Attribution, Derivation, HopRelation, Origin

PROV_FORMATS = {"prov": "jsonld", "prov-json": "json"}
LISTED = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", nargs="?", metavar="ID", help="id of a passage (or of a claim), or NAME#N")
    parser.add_argument("--find", metavar="TEXT", help="list the passages that hold all of these words")
    parser.add_argument("--article", metavar="NAME", help="list the passages of this article")
    parser.add_argument("--most", type=pending.positive, default=LISTED, metavar="N", help="list at most N passages (default %(default)s)")
    parser.add_argument("--as-of", type=_moment, metavar="TIME", help="show what readers saw then: a day (its end, UTC) or a time")
    parser.add_argument(
        "--format",
        choices=("text", "json", *PROV_FORMATS),
        default="text",
        help="text for people, json, prov (W3C PROV-JSONLD) or prov-json (default text)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the chain, or the passages that are meant."""
    is_search = arguments.find is not None or arguments.article is not None
    if is_search == (arguments.id is not None):
        raise InputError("say which passage: its ID or NAME#N; --find TEXT or --article NAME list them")
    current = pending.configured()
    with pending.reported(), store.transaction(current.url("etl")) as cursor:
        if is_search:
            words = (arguments.find or "").split()
            listed = _listed(cursor, arguments.most, place=arguments.article, words=words)
            if not listed:
                raise InputError(f"no passage {_meant(arguments.article, words)}")
            _print_list(listed, arguments.most, arguments.format, arguments.as_of)
            return 0
        number, others = _meaning(cursor, arguments.id, arguments.most)
        if number is None:
            _print_list(others, arguments.most, arguments.format, arguments.as_of)
            return 0
        found = _load(cursor, number, arguments.as_of)
    match arguments.format:
        case "text":
            _print(found)
        case "json":
            print(terminal.to_json(_record(found)))
        case name:
            try:
                text = export.prov_text(found.article, found.appearance, found.chains, found.derivations, found.made, PROV_FORMATS[name])
            except export.ExportError as error:
                raise InputError(f"appearance {number} cannot be exported: {error}") from error
            print(text)
    return 0


# --- which passage -------------------------------------------------------------------------------------------


def _listed(
    cursor: Cursor, most: int, place: str | None = None, words: Sequence[str] = (), ordinal: int | None = None, claim: int | None = None
) -> list[dict[str, Any]]:
    return frames.records(store.list_appearances(cursor, most, place, words, ordinal, claim))


def _meant(place: str | None, words: Sequence[str]) -> str:
    held = f"holds {' and '.join(map(repr, words))}" if words else "was traced"
    return f"{held}{f' in an article called {place!r}' if place else ''}"


def _meaning(cursor: Cursor, text: str, most: int) -> tuple[int | None, list[dict[str, Any]]]:
    """Return the id of the passage that is meant, or the passages of the claim that is. Raises InputError."""
    if text.isdecimal():
        number = int(text)
        if number >= 2**63:
            raise InputError(f"{text} is too large for an id")
        if not store.find_appearances(cursor, number).empty:
            return number, []
        listed = _listed(cursor, most, claim=number)
    else:
        name, hash_sign, ordinal = text.rpartition("#")
        if not hash_sign or not ordinal.isdecimal():
            raise InputError(f"{text!r} is neither an id nor NAME#N: --article {text!r} lists an article's passages, --find searches")
        listed = _listed(cursor, most, place=name, ordinal=min(int(ordinal), 2**31 - 1))
        if len(listed) > 1:
            raise InputError(f"{len(listed)} articles are called {name!r}: use the id of a passage, which --article {name!r} lists")
    if not listed:
        raise InputError(f"no passage and no claim is called {text!r}: --find TEXT and --article NAME list what there is")
    return (listed[0]["id"], []) if len(listed) == 1 else (None, listed)


def _print_list(rows: Sequence[Mapping[str, Any]], most: int, form: str, as_of: datetime | None) -> None:
    if as_of is not None or form in PROV_FORMATS:
        raise InputError(f"{len(rows)} passages are meant, and --as-of and --format prov show one: give its id")
    if form == "json":
        print(terminal.to_json([dict(row) for row in rows]))
        return
    for row in rows:
        when = f", {row['published_at']:%Y-%m-%d}" if row["published_at"] else ""
        where = f"{row['article'] or row['url'] or row['article_id']}#{row['ordinal']}"
        terminal.show(f"{row['id']}  {where} ({row['outlet'] or 'outlet not stated'}{when})")
        terminal.show(f"  {' '.join(row['text'].split())}")
        terminal.show(f"  {row['chain'] or '(nobody is named)'}\n")
    if len(rows) == most:
        terminal.show(f"at most {most} are shown: --most {most * 5} shows more")


def _moment(text: str) -> datetime:
    """Return a time; a day stands for its end, in UTC, as does a time without a zone."""
    try:
        if len(text) <= len("2023-09-10"):
            return datetime.combine(date.fromisoformat(text), time(), UTC) + timedelta(days=1)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is neither a day like 2023-09-10 nor a time like 2023-09-10T12:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# --- one chain -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """One appearance in one state, with all that bears on it."""

    article: Article
    appearance: Appearance
    number: int
    made: export.Made
    states: int
    as_of: datetime | None
    chains: tuple[Mapping[str, Any], ...]
    namings: tuple[Mapping[str, Any], ...]
    relations: tuple[Mapping[str, Any], ...]
    derivations: tuple[Derivation, ...]
    names: Mapping[int, str]


def _load(cursor: Cursor, number: int, as_of: datetime | None) -> _Found:
    states = frames.records(store.find_appearances(cursor, number))
    state = _state(number, states, as_of)
    article_id, ordinal, generation = (state[key] for key in ("article_id", "ordinal", "generation"))
    articles, appearances = tracing.load(cursor, {article_id: state["attributed_generation"]})
    appearance = next(one for one in appearances if one.ordinal == ordinal)
    chains = frames.records(store.load_chains(cursor, state["captured_month"], article_id, generation, ordinal))
    neighbours = store.load_neighbours(cursor, article_id, as_of)
    return _Found(
        article=articles[article_id],
        appearance=frames.with_resolved_hops(appearance, store.load_resolved_hops(cursor, article_id, generation, ordinal)),
        number=number,
        made=export.Made(**{key: state[key] for key in ("attributed_version", "attributed_at", "method_version", "opened_at")}),
        states=len(states),
        as_of=as_of,
        chains=tuple(chains),
        namings=tuple(frames.records(store.load_naming_articles(cursor, article_id, generation, ordinal))),
        relations=tuple(frames.records(store.load_relations(cursor, chains[0]["own_claim_id"], as_of))),
        derivations=tuple(frames.derivations(neighbours)),
        names=dict(zip(neighbours["other_id"], neighbours["other"], strict=True)),
    )


def _state(number: int, states: Sequence[dict[str, Any]], as_of: datetime | None) -> dict[str, Any]:
    """Return the state that readers see, or saw at a time. Raises InputError, saying when there was one."""
    held = [
        row
        for row in states
        if (row["closed_at"] is None if as_of is None else row["opened_at"] <= as_of and (not row["closed_at"] or row["closed_at"] > as_of))
    ]
    if held:
        return held[-1]
    first, last = states[0]["opened_at"], states[-1]["closed_at"]
    if as_of is not None and as_of < first:
        raise InputError(
            f"appearance {number} was not known at {as_of:%Y-%m-%d %H:%M} UTC: it was first traced at {first:%Y-%m-%d %H:%M:%S}"
        )
    if as_of is None:
        raise InputError(
            f"appearance {number} is asserted no more: --as-of {states[-1]['opened_at']:%Y-%m-%dT%H:%M:%S.%fZ} shows it as it was"
        )
    raise InputError(f"appearance {number} was not asserted at {as_of:%Y-%m-%d %H:%M} UTC; it was last withdrawn at {last}")


def _other(number: int, one: Derivation) -> int:
    return one.derived_id if one.original_id == number else one.original_id


def _hop(found: _Found, hop: Attribution) -> dict[str, Any]:
    text = found.article.text
    described = {
        "hop": hop.hop,
        "source": hop.source.name,
        "kind": str(hop.source.kind),
        "role": hop.source.role,
        "anonymous_type": str(hop.source.anonymous_type) if hop.source.anonymous_type else None,
        "relation": str(hop.relation),
        "origin": str(hop.origin),
        "scope": str(hop.scope),
        "rule": hop.rule,
        "confidence": hop.confidence,
        "cue": [[*span, span.of(text)] for span in hop.cue],
        "mention": [*hop.mention, hop.mention.of(text)] if hop.mention else None,
    }
    if hop.relation is not HopRelation.RESOLVED_AS:
        return described
    return {**described, "named_by": [{key: row[key] for key in ("name", "url", "outlet")} for row in _named_by(found, hop)]}


def _named_by(found: _Found, hop: Attribution) -> list[Mapping[str, Any]]:
    return [row for row in found.namings if row["branch"] == hop.branch]


def _record(found: _Found) -> dict[str, Any]:
    kept = (
        "branch",
        "originating_outlet",
        "ultimate_source",
        "supplying_agency",
        "terminus",
        "root_key",
        "confidence",
        "claim_id",
        "utterance_id",
    )
    # Merges are written in place: what a passage was one with at an earlier time is not kept.
    unknown = dict.fromkeys(("claim_id", "utterance_id")) if found.as_of else {}
    article, appearance = found.article, found.appearance
    return {
        "article": {"id": article.id, "name": article.name, "url": article.url, "lang": article.lang, "published_at": article.published_at},
        "id": found.number,
        "ordinal": appearance.ordinal,
        "as_of": found.as_of,
        "traced_at": found.made.opened_at,
        "states": found.states,
        "content": [[*span, span.of(article.text)] for span in appearance.content],
        "form": str(appearance.form),
        "act": str(appearance.act),
        "stance": str(appearance.stance),
        "branches": [
            {**{key: chain[key] for key in kept}, **unknown, "hops": [_hop(found, hop) for hop in appearance.branch(chain["branch"])]}
            for chain in found.chains
        ],
        "relations": [dict(row) for row in found.relations],
        "derivations": [
            {
                "article": found.names[_other(article.id, one)],
                "kind": str(one.kind),
                "direction": _direction(article.id, one),
                "confidence": one.confidence,
                "evidence": list(one.evidence),
            }
            for one in found.derivations
        ],
    }


def _direction(number: int, one: Derivation) -> str:
    if not one.is_directed:
        return "not known"
    return "made from it" if one.derived_id == number else "it was made from this one"


def _print(found: _Found) -> None:
    article, appearance = found.article, found.appearance
    where = ", ".join(f"{span.start}–{span.end}" for span in appearance.content)
    name = article.name or article.url or article.id
    terminal.show(f"{name}#{appearance.ordinal}, characters {where}: {appearance.form} speech, {appearance.stance}")
    terminal.show(f"  {' … '.join(span.of(article.text) for span in appearance.content)}")
    seen = f"as of {found.as_of:%Y-%m-%d %H:%M} UTC, " if found.as_of else f"claim {found.chains[0]['claim_id']}, "
    states = f"one of {found.states} states, " if found.states > 1 else ""
    terminal.show(f"  id {found.number}, {seen}{states}traced at {found.made.opened_at:%Y-%m-%d %H:%M:%S} UTC\n")
    for chain in found.chains:
        if len(found.chains) > 1:
            terminal.show(f"branch {chain['branch']}{f' ({appearance.operator})' if appearance.operator else ''}")
        for hop in appearance.branch(chain["branch"]):
            _print_hop(found, hop)
        terminal.show(f"  originating outlet: {chain['originating_outlet'] or 'none named'}")
        terminal.show(f"  ultimate source:    {chain['ultimate_source'] or 'the narration of the outlet itself'}")
        terminal.show(f"  supplying agency:   {chain['supplying_agency'] or 'none'}")
        terminal.show(f"  ends: {chain['terminus']}; root: {chain['root_key']}; confidence {chain['confidence']:.2f}\n")
    for row in found.relations:
        verb = row["relation"] if row["is_subject"] else f"other way round, {row['relation']}"
        terminal.show(f"  {verb}: {row['other_text']} [{row['article']}]")
    for one in found.derivations:
        how = f"{one.kind}, direction {_direction(article.id, one)}, {one.confidence:.2f}"
        terminal.show(f"  same copy: {found.names[_other(article.id, one)]} ({how}): {one.evidence[0]}")


def _print_hop(found: _Found, hop: Attribution) -> None:
    text = found.article.text
    said = " … ".join(span.of(text) for span in hop.cue)
    if hop.mention:
        mention = f"“{hop.mention.of(text)}” at {hop.mention.start}–{hop.mention.end}"
    elif hop.origin is Origin.REVIEW:
        mention = "named by a person"
    elif hop.relation is HopRelation.RESOLVED_AS:
        mention = "named by " + ", ".join(str(row["name"] or row["url"] or row["id"]) for row in _named_by(found, hop))
    else:
        mention = "inferred"
    arrow = "  " if hop.hop == 0 else "← "
    role = f", {hop.source.role}" if hop.source.role and hop.source.role != hop.source.name else ""
    terminal.show(f"  {'  ' * hop.hop}{arrow}{hop.source.name}{role} ({hop.source.kind})")
    cue = f", cue “{said}”" if said else ""
    how = f"{hop.relation}, from {hop.origin}, {hop.scope} scope"
    terminal.show(f"  {'  ' * hop.hop}     {how}: {mention}{cue}; {hop.rule}, {hop.confidence:.2f}")
