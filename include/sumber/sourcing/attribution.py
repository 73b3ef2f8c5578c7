"""Spans + article -> appearances with every hop: the page's own credits, who passed it on, who said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sumber.sourcing import coreference, cues, identity, sentences, sources
from sumber.sourcing.coreference import Cast
from sumber.sourcing.cues import CueMatch, Part
from sumber.sourcing.lexicons import Lexicon
from sumber.sourcing.model import (
    Appearance,
    Article,
    Attribution,
    CreditRole,
    Form,
    HopRelation,
    NameHit,
    Operator,
    Origin,
    Refusal,
    Scope,
    Source,
    SourceKind,
    Span,
)
from sumber.sourcing.sources import Registry

FALLBACK = "en"  # the lexicon for a language that has none: quotation marks and structure still hold

CREDIT_HOPS = (
    (CreditRole.OUTLET, HopRelation.PUBLISHES, 0.95),
    (CreditRole.ORIGINAL_OUTLET, HopRelation.REPOSTS, 0.9),
    (CreditRole.AGENCY, HopRelation.SUPPLIED_BY, 0.9),
)


def resolve(article: Article, registry: Registry, lexicons: Mapping[str, Lexicon]) -> tuple[tuple[Appearance, ...], tuple[Refusal, ...]]:
    """Attribute every claim of an article to those it came through and those who made it.

    Returns appearances in text order, each with all hops of all its branches, page first, and a refusal for each cue whose speaker could not
    be made out. Raises nothing, on any text.
    """
    lexicon = lexicons.get(article.lang) or lexicons[FALLBACK]
    hits = registry.find(article.text, article.lang)
    reading = sentences.read(article, lexicon)
    names = {hit.span.start: int(registry.get(hit.key).kind.is_news) for hit in hits}
    matches = cues.match(reading, lexicon, names)
    people = coreference.cast(article, lexicon, registry, reading, hits)
    page = credit_hops(article, registry)
    story = _Story(article, registry, people, page, matches)
    return story.appearances(), tuple(story.refusals)


def credit_hops(article: Article, registry: Registry) -> tuple[Attribution, ...]:
    """Return the hops that an article owes to its credits as a whole: outlet, original outlet, agency."""
    hops: list[Attribution] = []
    for role, relation, confidence in CREDIT_HOPS:
        for credit in article.credits:
            if credit.role is not role:
                continue
            source = named(credit.name, article, registry, role)
            if any(hop.source.key == source.key for hop in hops):
                continue
            hops.append(
                Attribution(
                    branch=0,
                    hop=len(hops),
                    source=source,
                    relation=relation,
                    origin=credit.origin,
                    scope=Scope.ARTICLE,
                    rule=f"credit-{role}",
                    confidence=confidence,
                    mention=credit.span,
                )
            )
    return tuple(hops)


def named(name: str, article: Article, registry: Registry, role: CreditRole) -> Source:
    """Return the source that a credit names: a known one, or an outlet or agency created under that name."""
    known = registry.named(name, article.lang)
    if known is not None:
        return known
    source = sources.resolve(name, article.lang, registry, str(article.id), article.published_at)
    if source.kind.is_news and not source.is_vague:
        return source
    kind = SourceKind.AGENCY if role is CreditRole.AGENCY else SourceKind.OUTLET
    key = f"{kind}:{identity.fold(name)}"
    return Source(identity.of("source", key), key, name, kind)


class _Story:
    """Resolves the cue matches of one article, in text order."""

    def __init__(
        self, article: Article, registry: Registry, people: Cast, page: Sequence[Attribution], matches: Sequence[CueMatch]
    ) -> None:
        self.article = article
        self.registry = registry
        self.people = people
        self.page = tuple(page)
        self.matches = matches
        self.refusals: list[Refusal] = []
        self.made: list[tuple[CueMatch, Appearance]] = []

    def appearances(self) -> tuple[Appearance, ...]:
        """Return every appearance, numbered in text order."""
        for match in self.matches:
            appearance = self._appearance(match)
            if appearance is not None:
                self.made.append((match, appearance))
        ordered = sorted((appearance for _, appearance in self.made), key=lambda one: (one.content[0], one.content))
        return tuple(replace(appearance, ordinal=number) for number, appearance in enumerate(ordered))

    def _appearance(self, match: CueMatch) -> Appearance | None:
        speakers, mention = self._speakers(match)
        relayers = self._relayers(match)
        if not speakers and not relayers:
            if match.form is Form.AGENTLESS:
                return self._made(match, [], [], None)
            self.refusals.append(Refusal("speaker_unresolved", match.content[0].of(self.article.text)[:200], f"{match.rule}: nobody could be made out"))
            return None
        return self._made(match, relayers, speakers, mention)

    def _speakers(self, match: CueMatch) -> tuple[tuple[Source, ...], Span | None]:
        mentions = [mention for mention in match.mentions if mention.part is Part.SPEAKER]
        if mentions:
            found = self.people.sources(mentions[0].span)
            for source in found:
                self.people.speaks(source)
            return found, mentions[0].span
        if match.pronoun or match.form is Form.CARRIED_OVER:
            kinds = (SourceKind.PERSON,) if match.pronoun else ()
            last = self.people.last(*kinds) or self.people.last()
            return ((last,), None) if last else ((), None)
        return (), None

    def _relayers(self, match: CueMatch) -> list[tuple[Source, Span, str]]:
        """Return who passed it on, outermost first: the page's own relays, their suppliers, and those told directly."""
        found: list[tuple[Source, Span, str]] = []
        for part in (Part.RELAYER, Part.SUPPLIER, Part.RECIPIENT):
            for mention in match.mentions:
                if mention.part is not part:
                    continue
                for source in self.people.sources(mention.span):
                    if part is Part.RECIPIENT and not source.kind.is_news:
                        continue
                    found.append((source, mention.span, part))
                    self.people.speaks(source)
        return found

    def _made(
        self, match: CueMatch, relayers: Sequence[tuple[Source, Span, str]], speakers: Sequence[Source], mention: Span | None
    ) -> Appearance:
        base = list(self.page)
        seen = {hop.source.key for hop in base}
        for source, span, part in relayers:
            if source.key in seen:
                continue
            seen.add(source.key)
            base.append(self._hop(len(base), source, HopRelation.TOLD if part is Part.RECIPIENT else HopRelation.QUOTES, match, span))
        hops: list[Attribution] = []
        for branch, speaker in enumerate(speakers or [None]):
            line = [replace(hop, branch=branch) for hop in base]
            if speaker is not None and speaker.key not in seen:
                relation = HopRelation.CITES_DOCUMENT if speaker.kind is SourceKind.DOCUMENT else HopRelation.TOLD
                line.append(replace(self._hop(len(line), speaker, relation, match, mention), branch=branch))
            elif speaker is not None and line and line[-1].source.key == speaker.key:
                line[-1] = replace(self._hop(len(line) - 1, speaker, HopRelation.QUOTES, match, mention), branch=branch)
            hops.extend(line)
        return Appearance(
            article_id=self.article.id,
            ordinal=0,
            content=match.content,
            form=match.form,
            attributions=tuple(hops),
            act=match.act,
            position=match.position,
            operator=Operator.JOINTLY if len(speakers) > 1 else None,
            hedges=match.hedges,
            is_ascribed=match.is_ascribed,
            confidence=match.confidence,
        )

    def _hop(self, number: int, source: Source, relation: HopRelation, match: CueMatch, mention: Span | None) -> Attribution:
        return Attribution(
            branch=0,
            hop=number,
            source=source,
            relation=relation,
            origin=Origin.TEXT if mention is not None else Origin.CONTEXT,
            scope=Scope.SPAN,
            rule=match.rule,
            confidence=match.confidence,
            cue=match.cue,
            mention=mention,
        )


__all__ = ["NameHit", "credit_hops", "resolve"]
