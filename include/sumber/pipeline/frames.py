"""Frozen records -> pandas frames -> frozen records: the one place that knows both.

Frames hold Python objects (dtype object), because ids need all 63 bits and None must stay None. Columns have the names of the database's.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from sumber.sourcing import claims as claiming
from sumber.sourcing import fidelity, identity, reliability, wire
from sumber.sourcing.chains import REVIEWED, Resolution
from sumber.sourcing.model import (
    Act,
    AnonymousType,
    Appearance,
    Article,
    Attribution,
    Block,
    BlockRole,
    Capture,
    Chain,
    Claim,
    ClaimRelation,
    Credit,
    CreditRole,
    Derivation,
    DerivationKind,
    Form,
    HopRelation,
    MediaType,
    Operator,
    Origin,
    Position,
    Scope,
    Source,
    SourceKind,
    Span,
    Utterance,
)
from sumber.sourcing.sources import Registry
from sumber.sourcing.topics import Topic, topic_of

MAX_RAW_VALUE = 2000  # code points of a refused value that are kept


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return a frame with exactly `columns`, whatever the number of rows. Raises KeyError where a row lacks one."""
    return pd.DataFrame([[row[column] for column in columns] for row in rows], columns=list(columns), dtype=object)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries of plain Python values."""
    names = list(table.columns)
    # Column by column: pandas is slow to hand out one row of objects after the other.
    return [dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in names), strict=True)]


# --- captures and articles -----------------------------------------------------------------------------------

CAPTURE_COLUMNS = ("id", "sha256", "media_type", "captured_at", "url", "outlet", "lang", "published_at", "headline", "name")
CONTENT_COLUMNS = ("sha256", "size", "compressed")


def of_captures(captures: Iterable[Capture]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return captures without their bytes, and the bytes, compressed and each once, under their SHA-256."""
    rows, contents = [], {}
    for capture in captures:
        sha256 = identity.sha256(capture.content)
        if sha256 not in contents:
            contents[sha256] = {"sha256": sha256, "size": len(capture.content), "compressed": zlib.compress(capture.content)}
        rows.append({**_fields(capture, CAPTURE_COLUMNS, "sha256"), "sha256": sha256, "media_type": str(capture.media_type)})
    return frame(rows, CAPTURE_COLUMNS), frame(contents.values(), CONTENT_COLUMNS)


def captures(table: pd.DataFrame) -> list[Capture]:
    """Return the captures of a frame that holds their bytes under `compressed`."""
    return [
        Capture(
            content=zlib.decompress(row["compressed"]),
            media_type=MediaType(row["media_type"]),
            **{column: row[column] for column in CAPTURE_COLUMNS if column not in ("sha256", "media_type")},
        )
        for row in records(table)
    ]


ARTICLE_COLUMNS = (
    "id",
    "capture_id",
    "method_version",
    "name",
    "url",
    "outlet",
    "lang",
    "published_at",
    "modified_at",
    "tags",
    "headline",
    "dateline",
    "text",
    "text_sha256",
    "blocks",
    "credits",
    "output_hash",
    # for the gate only
    "sha256",
    "captured_at",
)
MEDIA_CREDIT_COLUMNS = ("article_id", "ordinal", "name", "span_start", "span_end")


def of_articles(articles: Iterable[Article], captured: Mapping[int, Capture], method_version: str) -> pd.DataFrame:
    """Return one row per article; `captured` holds the captures that they were read from, by id."""
    rows = []
    for article in articles:
        capture = captured[article.capture_id]
        page = article.credited(CreditRole.OUTLET)
        row: dict[str, Any] = {
            **_fields(article, ("id", "capture_id", "name", "url", "lang", "published_at", "modified_at", "headline", "dateline", "text")),
            "tags": to_json(article.tags),
            "method_version": method_version,
            "outlet": page.name if page else None,
            "text_sha256": identity.sha256(article.text.encode("utf-8", "surrogatepass")),
            "blocks": to_json([[*block.span, block.role] for block in article.blocks]),
            "credits": to_json([[credit.role, credit.name, credit.span, credit.origin] for credit in article.credits]),
        }
        media = [[credit.name, *credit.span] for credit in article.media_credits]
        row["output_hash"] = _hash({key: value for key, value in row.items() if key != "text"}, media)
        rows.append({**row, "sha256": identity.sha256(capture.content), "captured_at": capture.captured_at})
    return frame(rows, ARTICLE_COLUMNS)


def unstorable(article: Article) -> str | None:
    """Return the first short field of an article that holds NUL or a lone surrogate, in visible form; the gate sees to the text."""
    names = [credit.name for credit in article.credits] + [credit.name for credit in article.media_credits]
    fields = (article.name, article.url, article.lang, article.headline, article.dateline, *names)
    return next((_storable(field) for field in fields if field and _storable(field) != field), None)


def of_media_credits(articles: Iterable[Article]) -> pd.DataFrame:
    """Return one row per media credit."""
    rows = [
        {"article_id": article.id, "ordinal": ordinal, "name": credit.name, "span_start": credit.span.start, "span_end": credit.span.end}
        for article in articles
        for ordinal, credit in enumerate(article.media_credits)
    ]
    return frame(rows, MEDIA_CREDIT_COLUMNS)


def articles(table: pd.DataFrame) -> list[Article]:
    """Return the articles of a frame with the columns of core.article; media credits, which attribute nothing, stay behind."""
    return [
        Article(
            **{key: row[key] for key in ("id", "capture_id", "text", "lang", "headline", "dateline", "url", "published_at", "name")},
            captured_at=row.get("captured_at"),
            blocks=tuple(Block(Span(start, end), BlockRole(role)) for start, end, role in row["blocks"]),
            credits=tuple(
                Credit(CreditRole(role), name, Span(*span) if span else None, Origin(origin)) for role, name, span, origin in row["credits"]
            ),
        )
        for row in records(table)
    ]


def months(table: pd.DataFrame) -> dict[int, date]:
    """Return the month in which each article of a frame with the columns of core.article was captured, by its id."""
    return dict(zip(table["id"], table["captured_month"], strict=True))


# --- sources -------------------------------------------------------------------------------------------------

SOURCE_COLUMNS = ("id", "key", "name", "kind", "is_known", "country", "anonymous_type", "is_vague")


def of_sources(sources: Iterable[Source]) -> pd.DataFrame:
    """Return one row per source. A source that is printed in several forms gets the smallest of each field, whatever their order."""
    by_id: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        by_id[source.id].append(source)
    rows = []
    for number in sorted(by_id):
        forms = by_id[number]
        known = [form for form in forms if form.is_known] or forms
        rows.append(
            {
                "id": number,
                "key": known[0].key,
                "name": min(form.name for form in known),
                "kind": min(str(form.kind) for form in known),
                "is_known": known[0].is_known,
                "country": min((form.country for form in known if form.country), default=None),
                "anonymous_type": min((str(form.anonymous_type) for form in known if form.anonymous_type), default=None),
                "is_vague": all(form.is_vague for form in known),
            }
        )
    return frame(rows, SOURCE_COLUMNS)


def of_registry(registry: Registry) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the registry's sources, aliases (one row per language; empty for any) and relations."""
    ids = {one.key: one.id for one in registry}
    aliases = [
        {"source_id": ids[alias.source], "lang": lang, "alias": alias.text}
        for alias in registry.aliases()
        for lang in sorted(alias.langs) or [""]
    ]
    relations = [
        {
            "subject_id": ids[one.subject],
            "relation": str(one.relation),
            "object_id": ids[one.object],
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
            "evidence": one.evidence,
        }
        for one in registry.relations
    ]
    return (
        of_sources(registry),
        frame(aliases, ("source_id", "lang", "alias")),
        frame(relations, ("subject_id", "relation", "object_id", "valid_from", "valid_to", "evidence")),
    )


def source(row: Mapping[str, Any]) -> Source:
    """Return the source of a row with the columns of core.source; role, count and reason where the row has them."""
    return Source(
        **{key: row[key] for key in ("id", "key", "name", "is_known", "country", "is_vague")},
        kind=SourceKind(row["kind"]),
        anonymous_type=AnonymousType(row["anonymous_type"]) if row["anonymous_type"] else None,
        role=row.get("source_role"),
        count=row.get("source_count"),
        anonymity_reason=row.get("anonymity_reason"),
    )


# --- appearances and attributions ----------------------------------------------------------------------------

APPEARANCE_COLUMNS = (
    "article_id",
    "ordinal",
    "id",
    "content",
    "content_text",
    "form",
    "act",
    "position",
    "stance",
    "operator",
    "hedges",
    "denied",
    "is_ascribed",
    "confidence",
)
ATTRIBUTION_COLUMNS = (
    "article_id",
    "ordinal",
    "branch",
    "hop",
    "source_id",
    "relation",
    "origin",
    "scope",
    "rule",
    "method_version",
    "confidence",
    "cue",
    "mention",
    "mention_text",
    "source_role",
    "source_count",
    "anonymity_reason",
    # for the gate only
    "content",
    "content_text",
    "text",
)


def appearance_id(article_id: int, ordinal: int) -> int:
    """Return the id under which people ask for an appearance."""
    return identity.of("appearance", article_id, ordinal)


def of_appearances(appearances: Iterable[Appearance], texts: Mapping[int, str]) -> pd.DataFrame:
    """Return one row per appearance; `texts` holds the articles' texts by id."""
    rows = [
        {
            "article_id": appearance.article_id,
            "ordinal": appearance.ordinal,
            "id": appearance_id(appearance.article_id, appearance.ordinal),
            "content": [list(span) for span in appearance.content],
            "content_text": [span.of(texts[appearance.article_id]) for span in appearance.content],
            "form": str(appearance.form),
            "act": str(appearance.act),
            "position": _text(appearance.position),
            "stance": str(appearance.stance),
            "operator": _text(appearance.operator),
            "hedges": [list(span) for span in appearance.hedges],
            "denied": list(appearance.denied) if appearance.denied else None,
            "is_ascribed": appearance.is_ascribed,
            "confidence": appearance.confidence,
        }
        for appearance in appearances
    ]
    return frame(rows, APPEARANCE_COLUMNS)


def of_attributions(appearances: Iterable[Appearance], texts: Mapping[int, str], method_version: str) -> pd.DataFrame:
    """Return one row per hop, with the content and text of its appearance for the gate."""
    rows = []
    for appearance in appearances:
        text = texts[appearance.article_id]
        content = [list(span) for span in appearance.content]
        quoted = [span.of(text) for span in appearance.content]
        for hop in appearance.attributions:
            rows.append(
                {
                    "article_id": appearance.article_id,
                    "ordinal": appearance.ordinal,
                    **_fields(hop, ("branch", "hop", "rule", "confidence")),
                    "source_id": hop.source.id,
                    "relation": str(hop.relation),
                    "origin": str(hop.origin),
                    "scope": str(hop.scope),
                    "method_version": method_version,
                    "cue": [list(span) for span in hop.cue],
                    "mention": list(hop.mention) if hop.mention else None,
                    "mention_text": hop.mention.of(text) if hop.mention else None,
                    "source_role": hop.source.role,
                    "source_count": hop.source.count,
                    "anonymity_reason": hop.source.anonymity_reason,
                    "content": content,
                    "content_text": quoted,
                    "text": text,
                }
            )
    return frame(rows, ATTRIBUTION_COLUMNS)


def appearances(found: pd.DataFrame, hops: pd.DataFrame) -> list[Appearance]:
    """Return the appearances of a frame; `hops` has the columns of core.attribution and core.source. Sorted by article and ordinal."""
    by_appearance: dict[tuple[int, int], list[Attribution]] = defaultdict(list)
    sources: dict[tuple[Any, ...], Source] = {}
    for row in records(hops):
        printed = row["source_id"], row["source_role"], row["source_count"], row["anonymity_reason"]
        if printed not in sources:
            sources[printed] = source({**row, "id": row["source_id"]})
        by_appearance[row["article_id"], row["ordinal"]].append(
            Attribution(
                branch=row["branch"],
                hop=row["hop"],
                source=sources[printed],
                relation=HopRelation(row["relation"]),
                origin=Origin(row["origin"]),
                scope=Scope(row["scope"]),
                rule=row["rule"],
                confidence=row["confidence"],
                cue=_spans(row["cue"]),
                mention=Span(*row["mention"]) if row["mention"] else None,
            )
        )
    return [
        Appearance(
            article_id=row["article_id"],
            ordinal=row["ordinal"],
            content=_spans(row["content"]),
            form=Form(row["form"]),
            attributions=tuple(sorted(by_appearance[row["article_id"], row["ordinal"]], key=lambda hop: (hop.branch, hop.hop))),
            act=Act(row["act"]),
            position=Position(row["position"]) if row["position"] else None,
            operator=Operator(row["operator"]) if row["operator"] else None,
            hedges=_spans(row["hedges"]),
            denied=Span(*row["denied"]) if row["denied"] else None,
            is_ascribed=row["is_ascribed"],
            confidence=row["confidence"],
        )
        for row in sorted(records(found), key=lambda row: (row["article_id"], row["ordinal"]))
    ]


ATTRIBUTED_COLUMNS = ("article_id", "article_generation", "method_version", "output_hash")


def of_attributed(readings: pd.DataFrame, found: pd.DataFrame, hops: pd.DataFrame, method_version: str) -> pd.DataFrame:
    """Return one row per reading in `readings` (id, generation) with the hash of its rows in `found` and `hops`."""
    by_article = _rows_by_article(found, APPEARANCE_COLUMNS)
    hops_by_article = _rows_by_article(hops, ATTRIBUTION_COLUMNS[:-3])
    rows = [
        {
            "article_id": row["id"],
            "article_generation": row["generation"],
            "method_version": method_version,
            "output_hash": _hash(method_version, by_article.get(row["id"], []), hops_by_article.get(row["id"], [])),
        }
        for row in records(readings)
    ]
    return frame(rows, ATTRIBUTED_COLUMNS)


# --- chains, utterances, claims ------------------------------------------------------------------------------

CHAIN_COLUMNS = (
    "article_id",
    "ordinal",
    "branch",
    "path",
    "depth",
    "originating_outlet_id",
    "ultimate_source_id",
    "supplying_agency_id",
    "terminus",
    "root_id",
    "root_key",
    "confidence",
)
UTTERANCE_COLUMNS = ("article_id", "ordinal", "id", "canonical_id", "speaker", "act", "position")
CLAIM_COLUMNS = (
    *("article_id", "ordinal", "id", "canonical_id", "utterance_id", "text", "is_affirmed"),
    *("slot", "value", "unit", "value_kind", "places", "valid_times"),
)
MERGED_COLUMNS = ("canonical_id", "slot", "value", "unit", "value_kind")
"""What other articles' claims decide of a claim."""
CLAIM_RELATION_COLUMNS = ("claim_id", "relation", "other_id", "confidence", "evidence", "cited", "method_version")
DERIVATION_COLUMNS = ("derived_id", "original_id", "kind", "is_directed", "confidence", "evidence", "method_version")
DEPENDENCY_COLUMNS = ("article_id", "ordinal", "branch", "other_article_id", "reason")
RESOLVED_HOP_COLUMNS = ("article_id", "ordinal", "branch", "hop", "source_id", "rule", "confidence")
TRACED_COLUMNS = ("article_id", "attributed_generation", "method_version", "output_hash")


def of_chains(chains: Iterable[Chain]) -> pd.DataFrame:
    """Return one row per chain."""
    rows = [
        {
            **_fields(chain, ("article_id", "ordinal", "branch", "root_key", "confidence")),
            "path": [node.id for node in chain.nodes],
            "depth": len(chain.nodes),
            "originating_outlet_id": chain.originating_outlet.id if chain.originating_outlet else None,
            "ultimate_source_id": chain.ultimate_source.id if chain.ultimate_source else None,
            "supplying_agency_id": chain.supplying_agency.id if chain.supplying_agency else None,
            "terminus": str(chain.terminus),
            "root_id": root_id(chain.root_key),
        }
        for chain in chains
    ]
    return frame(rows, CHAIN_COLUMNS)


def root_id(root_key: str) -> int:
    """Return the id of a root, of what its chains share: the principal, or outlet and story, however the unnamed source is worded."""
    return identity.of("root", root_key if root_key.startswith("named:") else root_key.rsplit(":", 1)[0])


def of_utterances(utterances: Iterable[Utterance]) -> pd.DataFrame:
    """Return one row per utterance."""
    return frame(
        ({**_fields(one, UTTERANCE_COLUMNS), "act": str(one.act), "position": _text(one.position)} for one in utterances), UTTERANCE_COLUMNS
    )


def of_claims(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return one row per claim."""
    rows = (
        {
            **_fields(one, CLAIM_COLUMNS),
            "value_kind": _text(one.value_kind),
            "places": list(one.places),
            "valid_times": list(one.valid_times),
        }
        for one in claims
    )
    return frame(rows, CLAIM_COLUMNS)


def of_claim_relations(relations: Iterable[ClaimRelation], method_version: str) -> pd.DataFrame:
    """Return one row per relation between claims."""
    rows = (
        {
            **_fields(one, ("claim_id", "other_id", "confidence")),
            "relation": str(one.relation),
            "evidence": list(one.evidence),
            "cited": [[place.article_id, *place.span] for place in one.cited],
            "method_version": method_version,
        }
        for one in relations
    )
    return frame(rows, CLAIM_RELATION_COLUMNS)


def of_derivations(derivations: Iterable[Derivation], method_version: str) -> pd.DataFrame:
    """Return one row per derivation."""
    rows = (
        {
            **_fields(one, ("derived_id", "original_id", "is_directed", "confidence")),
            "kind": str(one.kind),
            "evidence": list(one.evidence),
            "method_version": method_version,
        }
        for one in derivations
    )
    return frame(rows, DERIVATION_COLUMNS)


def derivations(table: pd.DataFrame) -> list[Derivation]:
    """Return the derivations of a frame with the columns of core.derivation."""
    return [
        Derivation(
            derived_id=row["derived_id"],
            original_id=row["original_id"],
            kind=DerivationKind(row["kind"]),
            is_directed=row["is_directed"],
            confidence=row["confidence"],
            evidence=tuple(row["evidence"]),
        )
        for row in records(table)
    ]


def of_dependencies(chains: Iterable[Chain], told_in: Mapping[int, int], resolutions: Iterable[Resolution]) -> pd.DataFrame:
    """Return one row per chain and other article on which it rests, with the reason.

    Its root rests on the article that names its story (`told_in`), and a vague source on the articles that name it.
    """
    named_by: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for found in resolutions:
        for ordinal in found.ordinals:
            named_by[found.article_id, ordinal][found.named.id].update(article_id for article_id, _ in found.evidence)
    rows = []
    for chain in chains:
        nodes = {node.id for node in chain.nodes}
        naming = {
            article_id for named, evidence in named_by[chain.article_id, chain.ordinal].items() if named in nodes for article_id in evidence
        }
        story = told_in.get(chain.article_id, chain.article_id)
        place = _fields(chain, ("article_id", "ordinal", "branch"))
        if story != chain.article_id:
            rows.append({**place, "other_article_id": story, "reason": "derivation"})
        rows += [{**place, "other_article_id": other, "reason": "resolved_as"} for other in sorted(naming)]
    return frame(rows, DEPENDENCY_COLUMNS)


def of_resolved_hops(appearances: Iterable[Appearance]) -> pd.DataFrame:
    """Return one row per hop that another article's naming put into a branch; `hop` counts the branch's own hops before it."""
    rows = []
    for appearance in appearances:
        own: dict[int, int] = defaultdict(int)
        for hop in appearance.attributions:
            if hop.relation is HopRelation.RESOLVED_AS:
                place = {"article_id": appearance.article_id, "ordinal": appearance.ordinal, "hop": own[hop.branch]}
                rows.append({**place, **_fields(hop, ("branch", "rule", "confidence")), "source_id": hop.source.id})
            else:
                own[hop.branch] += 1
    return frame(rows, RESOLVED_HOP_COLUMNS)


def with_resolved_hops(appearance: Appearance, table: pd.DataFrame) -> Appearance:
    """Return an appearance with the hops of a frame in their places: what `of_resolved_hops` wrote, with sources."""
    added: dict[int, list[tuple[int, Attribution]]] = defaultdict(list)
    for row in records(table):
        hop = Attribution(
            branch=row["branch"],
            hop=row["hop"],
            source=source(row),
            relation=HopRelation.RESOLVED_AS,
            origin=Origin.REVIEW if row["rule"] == REVIEWED else Origin.OTHER_ARTICLE,
            scope=Scope.ARTICLE,
            rule=row["rule"],
            confidence=row["confidence"],
        )
        added[row["branch"]].append((row["hop"], hop))
    hops: list[Attribution] = []
    for number in sorted({hop.branch for hop in appearance.attributions} | added.keys()):
        own = [(place, 1, hop) for place, hop in enumerate(appearance.branch(number))]
        placed = sorted([*own, *((place, 0, hop) for place, hop in added[number])], key=lambda one: one[:2])
        hops += [replace(hop, hop=place) for place, (_, _, hop) in enumerate(placed)]
    return replace(appearance, attributions=tuple(hops))


def of_traced(
    attributed: Mapping[int, int],
    chains: pd.DataFrame,
    utterances: pd.DataFrame,
    claims: pd.DataFrame,
    dependencies: pd.DataFrame,
    resolved: pd.DataFrame,
    method_version: str,
) -> pd.DataFrame:
    """Return one row per attributed article (id -> generation) with the hash of what was traced for it.

    What depends on other articles' claims (canonical ids, slots and their values) is left out: it changes without a new generation.
    """
    tables = [
        _rows_by_article(chains, CHAIN_COLUMNS),
        _rows_by_article(utterances, [column for column in UTTERANCE_COLUMNS if column != "canonical_id"]),
        _rows_by_article(claims, [column for column in CLAIM_COLUMNS if column not in MERGED_COLUMNS]),
        _rows_by_article(dependencies, DEPENDENCY_COLUMNS),
        _rows_by_article(resolved, RESOLVED_HOP_COLUMNS),
    ]
    rows = [
        {
            "article_id": article,
            "attributed_generation": generation,
            "method_version": method_version,
            "output_hash": _hash(method_version, *(table.get(article, []) for table in tables)),
        }
        for article, generation in attributed.items()
    ]
    return frame(rows, TRACED_COLUMNS)


def of_filed(signatures: Iterable[wire.Signature], passages: Iterable[claiming.Passage]) -> list[tuple[Any, ...]]:
    """Return (article id, day, whether dated, bands, whether one of few, keys, ordinals, passage keys, keys needed) per article.

    The last three are as long as each other: one for each key of each passage.
    """
    said: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for passage in passages:
        said[passage.article.id].extend((passage.appearance.ordinal, key, passage.needed) for key in passage.keys)
    rows = []
    for one in signatures:
        ordinals, passage_keys, needed = zip(*sorted(said[one.article.id]), strict=True) if said[one.article.id] else ((), (), ())
        bands, is_dated = tuple(sorted(set(one.wording.bands))), one.article.published_at is not None
        rows.append((one.article.id, one.day, is_dated, bands, one.is_one_of_few, one.wording.keys, ordinals, passage_keys, needed))
    return rows


# --- scores --------------------------------------------------------------------------------------------------

SCORE_COLUMNS = (
    "source_key",
    "ledger",
    "source_id",
    "status",
    "score",
    "lower",
    "upper",
    "roots",
    "checks",
    "external",
    "letter",
    "components",
    "notes",
    "method_version",
)
EVIDENCE_COLUMNS = (
    "source_key",
    "ledger",
    "ordinal",
    "claim_id",
    "root_key",
    "basis",
    "dated",
    "outcome",
    "weight",
    "effect",
    "reason",
)


SLICE_COLUMNS = ("source_key", "ledger", "dimension", "value", "score", "roots")
CORROBORATION_COLUMNS = ("claim_id", "belief", "roots_for", "roots_against", "credibility")
COMPARED_COLUMNS = ("derived_id", "derived_generation", "original_id", "original_generation")
RELAY_COLUMNS = (*COMPARED_COLUMNS, "ordinal", "original_ordinal", "figures", "position", "attribution", "hedges")


def denied_claims(bearings: pd.DataFrame, surely: float) -> dict[int, int]:
    """Return claim of a denial -> the claim that it denies, where the link is as sure as `surely`."""
    denied: dict[int, int] = {}
    for row in records(bearings):
        if row["relation"] == "denies" and row["confidence"] >= surely:
            denied[row["claim"]] = min(row["other"], denied.get(row["claim"], row["other"]))
    return denied


def retractions(bearings: pd.DataFrame) -> list[reliability.Retraction]:
    """Return the retractions among the bearings."""
    return [
        reliability.Retraction(row["other"], row["other_root"], row["root"], row["said_on"], row["known_at"])
        for row in records(bearings)
        if row["relation"] == "retracts"
    ]


def testimonies(table: pd.DataFrame, denied: Mapping[int, int], sections: Mapping[str, Topic]) -> list[reliability.Testimony]:
    """Return the testimonies of a frame; a denial of an accusation is an interested party's.

    A denial is a position on what it denies (`denied`: claim of the denial -> the claim denied): checks of that claim are checks of it.
    `sections` maps sections of addresses to topics.
    """
    found = []
    topic = {url: topic_of(url, sections) for url in table["url"].unique()}
    for row in records(table):
        if not row["is_affirmed"]:
            # "no" answers the question of a denial; as a position it is a voice against "yes".
            row["value"] = "yes" if row["value"] == "no" else row["value"]
            row["claim"] = denied.get(row["claim"], row["claim"])
        found.append(
            reliability.Testimony(
                claim=row["claim"],
                slot=str(row["slot"]),
                value=f"{row['value']} {row['unit']}" if row["unit"] else row["value"],
                source=row["key"],
                root=row["root_key"],
                said_on=row["said_on"],
                denies=not row["is_affirmed"],
                is_interested=row["answers_accusation"],
                confidence=row["confidence"],
                is_reviewed=row["is_reviewed"],
                topic=topic[row["url"]],
                lang=row["lang"],
                known_at=row["known_at"],
            )
        )
    return found


def practices(table: pd.DataFrame) -> list[reliability.Practice]:
    """Return how outlets work."""
    return [reliability.Practice(**row) for row in records(table)]


def relays(table: pd.DataFrame) -> list[reliability.Relay]:
    """Return the comparisons of relayed passages with their origins."""
    return [reliability.Relay(**row) for row in records(table)]


def notes(table: pd.DataFrame) -> list[reliability.Note]:
    """Return overrides and replies."""
    return [
        reliability.Note(source=row["source"], by=row["reviewer"], on=row["noted_on"], reason=row["reason"], score=row["score"])
        for row in records(table)
    ]


def of_relays(found: Iterable[tuple[Mapping[str, Any], Sequence[fidelity.Kept]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per pair of articles compared (`COMPARED_COLUMNS`), and one per passage compared."""
    pairs, rows = [], []
    for pair, kept in found:
        pairs.append(pair)
        for one in kept:
            rows.append({**pair, **_fields(one, ("ordinal", "original_ordinal", "figures", "position", "attribution", "hedges"))})
    return frame(pairs, COMPARED_COLUMNS), frame(rows, RELAY_COLUMNS)


def of_slices(assessment: reliability.Assessment) -> pd.DataFrame:
    """Return one row per judged source, ledger, and topic or language."""
    rows = ({**_fields(one, SLICE_COLUMNS[2:]), "source_key": one.source, "ledger": str(one.ledger)} for one in assessment.slices)
    return frame(rows, SLICE_COLUMNS)


def of_corroborations(assessment: reliability.Assessment) -> pd.DataFrame:
    """Return one row per checkable claim: where its passages answer in several ways (with a unit and without), the best backed answer's."""
    best: dict[int, reliability.Corroboration] = {}
    for one in sorted(assessment.corroborations, key=lambda one: (-one.roots_for, -one.belief, one.roots_against)):
        best.setdefault(one.claim, one)
    return frame(({**_fields(best[claim], CORROBORATION_COLUMNS[1:]), "claim_id": claim} for claim in sorted(best)), CORROBORATION_COLUMNS)


def of_scores(assessment: reliability.Assessment, sources: Mapping[str, int], method_version: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per source and ledger, and one per piece of evidence; `sources` holds ids by key."""
    rows = [
        {
            **_fields(one, ("score", "lower", "upper", "roots", "checks", "external", "letter")),
            "source_key": one.source,
            "source_id": sources.get(one.source),
            "ledger": str(one.ledger),
            "status": str(one.status),
            "components": to_json(dict(one.components)),
            "notes": to_json(
                [{"on": note.on.isoformat(), "by": note.by, "score": note.score, "reason": note.reason} for note in one.notes]
            ),
            "method_version": method_version,
        }
        for one in assessment.scores
    ]
    evidence = []
    ordinals: dict[tuple[str, str], int] = defaultdict(int)
    for one in assessment.evidence:
        key = (one.source, str(one.ledger))
        evidence.append(
            {
                **_fields(one, ("dated", "outcome", "weight", "effect", "reason")),
                "source_key": one.source,
                "ledger": str(one.ledger),
                "ordinal": ordinals[key],
                "claim_id": one.claim,
                "root_key": one.root,
                "basis": str(one.check),
            }
        )
        ordinals[key] += 1
    return frame(rows, SCORE_COLUMNS), frame(evidence, EVIDENCE_COLUMNS)


# --- refusals ------------------------------------------------------------------------------------------------

REJECTION_COLUMNS = ("capture_id", "rule", "value_hash", "step", "record", "value", "reason", "name")


def rejection(step: str, capture_id: int, name: str | None, rule: str, value: object, reason: str, record: str = "") -> dict[str, Any]:
    """Return the row of one refused record; the raw value is kept in a form that the database can hold, cut to 2,000 code points."""
    raw = _storable(str(value))
    return {
        "capture_id": capture_id,
        "rule": rule,
        "value_hash": identity.of(step, record, raw),
        "step": step,
        "record": record,
        "value": raw[:MAX_RAW_VALUE],
        "reason": _storable(reason),
        "name": _storable(name) if name else None,
    }


def of_rejections(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return one row per refused record and rule, each once, sorted."""
    unique = {(row["capture_id"], row["rule"], row["value_hash"]): row for row in rows}
    return frame((unique[key] for key in sorted(unique)), REJECTION_COLUMNS)


def _storable(text: str) -> str:
    """Return `text` without what Postgres cannot hold: NUL and lone surrogates become visible escapes."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()


def _fields(record: object, names: Iterable[str], *without: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names if name not in without}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _spans(value: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in value)


def to_json(value: object) -> str:
    """Return a value as compact JSON, its characters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(*parts: object) -> int:
    return identity.of(json.dumps(parts, ensure_ascii=True, default=str, sort_keys=True))


def _rows_by_article(table: pd.DataFrame, columns: Iterable[str]) -> dict[int, list[tuple[Any, ...]]]:
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in table[list(columns)].itertuples(index=False, name=None):
        rows[row[0]].append(row)
    return {article: sorted(found, key=lambda row: row[1:3]) for article, found in rows.items()}
