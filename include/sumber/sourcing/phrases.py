"""Noun phrases without a parser: where the words that name somebody begin and end, before a cue and after it.

Phrases are cut at closed-class words, verbs and punctuation, all of which are data (`lexicons`); names by their capitals.
"""

from __future__ import annotations

from sumber.sourcing import sentences
from sumber.sourcing.lexicons import PRONOUNS, CueClass, Lexicon, WordClass
from sumber.sourcing.sentences import ENDS, Reading

COMMAS = frozenset({",", ";", "，", "、", "،"})
BREAKS = frozenset({",", ";", ":", "(", ")", "—", "–", "―", "-", "[", "]", "|", "…", "/", "،", "•"})
NOUNS = (WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM, WordClass.DOCUMENT)
HEADING = 8  # tokens in a heading that lost its line
LONGEST_OCCASION = 16  # tokens between a name and a cue that say on what occasion somebody spoke
SHORTEST_SHORT = 3  # letters in a body's short name
LONGEST_PLACE = 5  # tokens of "tỉnh Bà Rịa" before its hyphen
LONGEST_PERSON = 5  # tokens in a personal name


class Phrases:
    """Finds phrases in a text already read; every step looks at each token a bounded number of times.

    `names` is what `cues.named` returns.
    """

    def __init__(self, reading: Reading, lexicon: Lexicon, names: dict[int, int]) -> None:
        self.r, self.low, self.capital, self.quoted = reading, reading.low, reading.capital, reading.quoted
        self.lexicon = lexicon
        self.names = names
        # Of the sentence at hand; `Analyst.sentence` sets them.
        self.hits: set[int] = set()  # where its cues begin, nouns left out
        self.hit_ends: dict[int, int] = {}  # where each cue ends
        words = lexicon.words
        self.complementisers = words[WordClass.COMPLEMENTISER]
        self.relatives = words[WordClass.RELATIVE]
        self.coordinators = words[WordClass.COORDINATOR]
        self.contrasts = words[WordClass.CONTRAST]
        self.boundaries = lexicon.all(WordClass.BOUNDARY, WordClass.CONTRAST)
        self.cuts = lexicon.all(WordClass.BOUNDARY, WordClass.CONTRAST, but=(WordClass.INFINITIVE, WordClass.COMPLEMENTISER))
        self.times = words[WordClass.TIME]
        self.time_prepositions = words[WordClass.TIME_PREPOSITION]
        self.recipients = words[WordClass.RECIPIENT]
        self.locatives = words[WordClass.LOCATIVE]
        self.prepositions = words[WordClass.PREPOSITION]
        self.verbs = words[WordClass.VERB]
        self.openers = words[WordClass.OPENER]
        self.pronouns = lexicon.pronouns
        self.acronyms = frozenset(word.upper() for word in self.pronouns if len(word) > 1)  # "US officials"
        self.people = lexicon.all(WordClass.ROLE, WordClass.TITLE)
        self.bodies = words[WordClass.BODY]
        self.nouns = lexicon.all(*NOUNS)
        self.common = lexicon.all(*NOUNS, WordClass.DEFINITE, WordClass.INDEFINITE)
        self.nominals = words[WordClass.NOMINAL]
        self.determiners = lexicon.all(WordClass.DEFINITE, WordClass.INDEFINITE)
        self.affixed_verbs = "affixed-verbs" in words[WordClass.SETTING]
        self.bare_clauses = "bare-clauses" in words[WordClass.SETTING]
        self.articles = self.nominals & self.determiners if self.bare_clauses else frozenset()
        self.definites = words[WordClass.DEFINITE]
        self.demonstratives = words[WordClass.DEMONSTRATIVE]
        self.prenominal = lexicon.all(WordClass.DEFINITE, WordClass.INDEFINITE)
        self.infinitives = words[WordClass.INFINITIVE]
        self.verb_prefixes = tuple(sorted(words[WordClass.VERB_PREFIX]))
        self.not_verbs = words[WordClass.NOT_VERB]
        self.indefinites = words[WordClass.INDEFINITE]
        self.negations = words[WordClass.NEGATION]
        self.hedges = words[WordClass.HEDGE]
        self.questions = words[WordClass.QUESTION]
        self.bare_starts = lexicon.all(WordClass.INFINITIVE, WordClass.DEFINITE, WordClass.INDEFINITE)
        self.areas = words[WordClass.AREA]
        self.marked_clauses = "marked-clauses" in words[WordClass.SETTING]
        self.drops_subjects = "dropped-subjects" in words[WordClass.SETTING]
        self.serial_verbs = "serial-verbs" in words[WordClass.SETTING]
        self.capital_nouns = "capital-nouns" in words[WordClass.SETTING]
        self.closed = lexicon.all(
            WordClass.PREPOSITION,
            WordClass.LOCATIVE,
            WordClass.COORDINATOR,
            WordClass.DEFINITE,
            WordClass.INDEFINITE,
            WordClass.TITLE,
            WordClass.RELATIVE,
        )
        self.verb_second = "verb-second" in words[WordClass.SETTING]
        self.no_subjects = lexicon.all(
            WordClass.LOCATIVE,
            WordClass.TIME,
            WordClass.TIME_PREPOSITION,
            WordClass.OPENER,
            WordClass.ADVERB,
            but=(WordClass.DEFINITE, WordClass.INDEFINITE),
        )
        self.titles = words[WordClass.TITLE]
        self.adverbs = words[WordClass.ADVERB]
        self.possessives = words[WordClass.POSSESSIVE]
        self.supports = words[WordClass.SUPPORT]
        self.possessors = words[WordClass.POSSESSOR]
        self.topics = words[WordClass.TOPIC]
        self.documents = words[WordClass.DOCUMENT]
        self.suppliers = words[WordClass.SUPPLIER]
        self.origins = words[WordClass.ORIGIN]
        self.seen = words[WordClass.SEEN]
        self.place_prepositions = words[WordClass.PLACE_PREPOSITION]
        self.likenings = words[WordClass.AS]
        self.sayings = words[WordClass.SAYING]
        self.expletives = words[WordClass.EXPLETIVE]
        # "most promising", "early warning": between these and a noun a participle is an adjective
        self.measures = (words[WordClass.PLURAL] & words[WordClass.INDEFINITE]) | (self.times & self.time_prepositions)
        self.nobodies = words[WordClass.NOBODY]
        self.forums = words[WordClass.FORUM]
        self.humans = words[WordClass.HUMAN]
        self.participles = tuple(sorted(words[WordClass.PARTICIPLE]))
        self.agents = words[WordClass.AGENT]
        self.passives = words[WordClass.PASSIVE]
        self.verb_suffixes = tuple(sorted(words[WordClass.VERB_SUFFIX]))
        self.pasts = words[WordClass.PAST]
        self.not_sources = words[WordClass.NOT_A_SOURCE]
        self.perfects = words[WordClass.PERFECT]
        self.infinite_perfects = words[WordClass.PERFECT_INFINITIVE]
        self.like_openers = words[WordClass.LIKE]
        self.mediums = words[WordClass.MEDIUM]
        self.pointers = words[WordClass.POINTER]
        self.obliques = words[WordClass.OBLIQUE]
        self.genitives = words[WordClass.GENITIVE]
        self.reflexives = words[WordClass.REFLEXIVE]
        self.particles = words[WordClass.PARTICLE]
        self.conditions = words[WordClass.CONDITION]
        self.adverb_endings = tuple(sorted(words[WordClass.ADVERB_SUFFIX]))
        self.subjunctives = words[WordClass.SUBJUNCTIVE]
        self.claims = words[WordClass.CLAIM]
        self.falsehoods = words[WordClass.FALSEHOOD]
        self.flat = words[WordClass.FLAT]
        self.aparts = words[WordClass.APART]
        self.occasions = words[WordClass.OCCASION]
        self.namely = words[WordClass.NAMELY]
        self.units = words[WordClass.UNIT]
        self.companions = words[WordClass.COMPANION]
        self.futures = words[WordClass.FUTURE]
        self.neuters = words[WordClass.NEUTER]
        self.pointing = lexicon.all(WordClass.NEUTER, WordClass.DEFINITE, WordClass.DEMONSTRATIVE)
        # say whose something is: "of"
        self.owners = lexicon.all(WordClass.PREPOSITION, but=(WordClass.LOCATIVE, WordClass.RECIPIENT))
        clause_joiners = (WordClass.CONTRAST, WordClass.COORDINATOR, WordClass.RELATIVE)
        self.subordinators = lexicon.all(WordClass.BOUNDARY, but=(WordClass.INFINITIVE, WordClass.COMPLEMENTISER, *clause_joiners))
        # when, where, to whom
        self.adjuncts = lexicon.all(WordClass.LOCATIVE, WordClass.RECIPIENT, WordClass.TIME_PREPOSITION, WordClass.TIME, WordClass.ADVERB)
        self.phrase_heads = lexicon.all(*NOUNS, WordClass.DEFINITE, WordClass.INDEFINITE, *PRONOUNS, WordClass.TITLE)
        self.joiners = lexicon.all(WordClass.CONTRAST, WordClass.COORDINATOR)
        self.publishers = lexicon.all(WordClass.ROLE, WordClass.TITLE, WordClass.BODY, WordClass.MEDIUM)
        self.adverbs_by_form = self._adverbs()
        between = lexicon.all(WordClass.AUXILIARY, WordClass.NEGATION, WordClass.ADVERB)
        self.skippable = between | self.adverbs_by_form if self.adverbs_by_form else between

    def _quoted_in(self, first: int, last: int) -> int:
        """Return how many tokens of a range stand in quotations."""
        quoted = self.quoted[first:last]
        return len(quoted) - quoted.count(-1)

    def _adverbs(self) -> frozenset[str]:
        """Return the words of the text that are adverbs by their ending and are never capitalised: "vigorously"."""
        if not self.adverb_endings:
            return frozenset()
        found = {word for word in set(self.low) if len(word) > 4 and word.endswith(self.adverb_endings)}
        if found:
            found -= {word for word, is_capital in zip(self.low, self.capital, strict=True) if is_capital}
        return frozenset(found) - self.nouns - self.lexicon.words[WordClass.NOT_ADVERB]

    def _skip_time(self, p: int, stop: int) -> int:
        """Return the token after a time expression at `p`, or `p` where there is none."""
        low = self.low
        k = p
        if k < stop and low[k] in self.time_prepositions:
            k += 1
        begin = k
        while k < stop and (low[k] in self.times or low[k][0].isdigit() or low[k] == "(" or (k > begin and low[k] in (")", "/", "-"))):
            if low[k] == "(" and not (k + 1 < stop and (low[k + 1][0].isdigit() or low[k + 1] in self.times)):
                break
            k += 1
            if self.serial_verbs and k < stop and low[k][0] == "h" and low[k][1:].isdigit() and low[k - 1].isdigit():
                k += 1  # "6h22"
        return k if k > begin else p

    def _noun_phrase(
        self, p: int, stop: int, long: bool = False, until: frozenset[str] = frozenset(), plain: bool = False
    ) -> tuple[tuple[int, int] | None, int]:
        """Return a noun phrase that starts at `p`, with an apposition after a comma, and the token after it."""
        low, capital, quoted = self.low, self.capital, self.quoted
        end = self._phrase_end(p, stop, long, until)
        if end <= p:
            return None, p
        if self._is_pronoun(p, stop):
            return (p, end), end
        if plain:
            return (p, end), end
        if any(self.names.get(self.r.starts[k]) for k in range(p, end)):
            return (p, end), end  # nobody stands in apposition to a news organisation that is named
        # Apposition: "the foreign minister, Jane Doe," or "Jane Doe, the minister".
        is_dashed = self.serial_verbs and end + 1 < stop and low[end] in ("-", "–") and self.r.ends[end - 1] < self.r.starts[end]
        if end + 1 < stop and (low[end] in COMMAS or is_dashed) and quoted[end + 1] < 0:
            nxt = end + 1
            has_name = any(capital[k] for k in range(p, end)) and low[end - 1] not in self.nouns
            further = self._phrase_end(nxt, stop, True)
            if further > nxt and low[nxt] not in self.times and nxt not in self.hits and low[nxt] not in self.boundaries:
                closes = further >= stop or low[further] in COMMAS or low[further] in ENDS or quoted[further] >= 0 or low[further] in "()"
                closes = closes or (
                    self.serial_verbs and further in self.hits and low[nxt] in self.people
                )  # "Theo ông Nam, giám đốc cảng cho biết, C"
                names_follow = capital[nxt] and low[nxt] not in self.nouns
                if self.affixed_verbs and names_follow and not closes:
                    # "kata Kepala Dinas Sosial, Rina Hartati di Sena": where or when it was said ends the name
                    is_known = self.names.get(self.r.starts[nxt]) == 0
                    is_single = further == nxt + 1 and self.r.starts[nxt] not in self.names and self._ends_in_short(p, end)
                    is_person = low[nxt] in self.titles or is_known or is_single or self._is_personal(nxt, further)
                    closes = is_person and (
                        low[further] in self.locatives
                        or low[further] in self.times
                        or low[further] in self.recipients
                        or further in self.hits
                    )
                describes = (
                    low[nxt] in self.people
                    or low[nxt] in self.indefinites
                    or low[nxt] in self.definites
                    or low[nxt] in self.nouns
                    or (nxt + 1 < stop and low[nxt + 1] in self.people)
                )
                role_first = low[p] in self.nouns or any(low[k] in self.nouns for k in range(p, min(end, p + 4)))
                role_first = role_first or (self.affixed_verbs and low[p] in self.indefinites)
                is_office = self.affixed_verbs and low[p] in self.people
                is_nameless = not self._has_name_at(p, end) or (
                    (self._is_personal(nxt, further) and (self._ends_in_body(p, end) or is_office))
                    or (is_office and further == nxt + 1 and self.r.starts[nxt] not in self.names and self._ends_in_short(p, end))
                )  # "Kepala Bidang Tanaman Pangan, Rina Hartati": the office's field is no name
                is_led = any(low[k] in self.bodies or low[k] in self.mediums for k in range(p + 1, end))
                if self.serial_verbs and low[p] in self.people and low[nxt] in self.titles and is_led:
                    acts = further < stop and (low[further] in self.skippable or further in self.hits)
                    if acts and self._is_personal(nxt + 1, further):
                        return (p, further), further  # "Giám đốc Hãng Lam Sơn, ông Edo Holt cũng xác nhận"
                if self.affixed_verbs and closes and low[nxt] in self.titles and self._is_personal(nxt, further):
                    return (p, further), further  # "Kasubdit I Polri, Kombes Budi Hartono"
                if is_dashed and closes and has_name and describes:
                    return (p, end), further
                if closes and not is_dashed and ((names_follow and role_first and is_nameless) or (has_name and describes)):
                    return (p, further), further
        return (p, end - 1 if end - 1 > p and low[end - 1] in self.relatives else end), end

    def _phrase_end(self, p: int, stop: int, long: bool, until: frozenset[str] = frozenset()) -> int:
        """Return the end of the run of words from `p` that can be one noun phrase."""
        low, capital, quoted = self.low, self.capital, self.quoted
        if p >= stop or quoted[p] >= 0:
            return p
        if self._is_pronoun(p, stop):
            return p + 2 if p + 1 < stop and low[p + 1] in self.demonstratives else p + 1
        k = p
        named = inside = False
        while k < stop and k - p < 40:
            word = low[k]
            if quoted[k] >= 0:
                break
            if word in BREAKS:
                if word == "(" and k > p:
                    close = self._close(k, stop)
                    if close and close - k <= 10 and not low[k + 1][0].isdigit():
                        k = close
                        continue
                if word == "-" and k + 1 < stop and (self.r.starts[k + 1] == self.r.ends[k] or self._is_spaced_hyphen(k)):
                    k += 1
                    continue
                break
            inside_noun = self.capital_nouns and k > p and low[k - 1] in self.determiners  # "einem kürzlich ergangenen Urteil"
            if word in until or (k > p and (word in self.sayings or (word in self.skippable and not capital[k] and not inside_noun))):
                break
            if k > p and word in self.expletives and k + 1 < stop and (low[k + 1] in self.skippable or low[k + 1] in self.verbs):
                break  # "told reporters there was a blast"
            if word in ENDS and word != ".":
                break
            if word == ".":
                if k + 1 < stop and self._is_shortened(k - 1):
                    k += 1
                    continue
                break
            if word in self.complementisers or (word in self.cuts and k > p):
                break
            if (
                word in self.relatives
                and k + 2 < stop
                and low[k + 1] in self.skippable
                and low[k + 2] in self.people
                and (not named or all(low[m] in self.nouns or self.r.slice(m, m + 1).isupper() for m in range(p, k) if capital[m]))
            ):
                k += 2
                continue  # "Kepala Badan Air yang juga Ketua Satgas Rina Wati"
            if word in self.relatives and not (long and not named):
                break
            if (
                k > p
                and word in self.pronouns
                and word not in self.determiners
                and k + 1 < stop
                and (not self.demonstratives or self._acts(k + 1))
            ):
                break  # "told the Courier he would leave"
            if k > p and word in self.coordinators:
                if not self._joins(k, stop):
                    break
                named = False
                k += 1
                continue
            if k > p and word in self.times and not self._is_demonstrative(k) and not self._is_inside_name(k):
                break
            if k > p and self._is_verb(k) and not (capital[k] and capital[k - 1]):
                is_verb = self.serial_verbs and word in self.passives and k - 1 > p and not capital[k - 1] and low[k - 1] not in self.nouns
                k -= is_verb  # "Cảnh sát thu được vũ khí"
                break
            if (
                self.capital_nouns
                and k > p
                and not capital[k]
                and (capital[k - 1] or low[k - 1] == ")")
                and not {word, low[k - 1]} & self.closed
            ):
                break
            if self.genitives and k > p and capital[k - 1] and word in self.determiners and word not in self.genitives:
                break  # "laut dem Minister eine Lösung": a second phrase
            if (
                k > p
                and word in self.articles
                and low[k - 1] not in self.closed
                and not capital[k]
                and not low[k - 1].endswith(self.participles)
            ):
                break  # "told reporters the quay was shut": a second phrase
            if (
                k > p
                and self.verb_suffixes
                and not capital[k]
                and word.endswith(self.verb_suffixes)
                and (capital[k - 1] or low[k - 1] in self.nouns or low[k - 1] == ")")
            ):
                break
            if (
                k > p
                and word in self.locatives
                and not (self.serial_verbs and capital[k] and k + 1 < stop and capital[k + 1])  # "nhà nghiên cứu Cho Kyung Hwan"
                and not (self.bare_clauses and self._is_inside_name(k) and not any(capital[k + 2 : k + 3]))  # "Nurses Without Fear"
                and not self._is_field(k, stop)
                and (named or not long or word not in self.prepositions or self._leads_to_occasion(k, stop))
                and not self._links(p, k, stop, named)
            ):
                break
            if self.serial_verbs and k > p and not capital[k] and word not in self.closed and self._closes_news_name(k):
                break
            if (
                k > p
                and k in self.hits
                and not capital[k]
                and any(c.kind is not CueClass.NOUN for c in self.lexicon.cues[word])
                and word not in self.nouns
            ):
                break
            if k > p and word in self.adverbs and not capital[k] and word not in self.prepositions:
                break
            if word in self.prepositions or word in self.locatives:
                inside = True
            if capital[k] and not inside and word not in self.nouns and word not in self.determiners:
                named = True
            if k == p and (word in self.locatives or word in self.time_prepositions) and word not in self.prepositions:
                return p
            k += 1
            if word in self.demonstratives and k > p + 1 and not self._is_named_after(k, stop):
                break  # a demonstrative closes the phrase
        while k > p and (low[k - 1] in self.prepositions or low[k - 1] in self.coordinators or low[k - 1] in self.locatives):
            k -= 1
        return k

    def _is_field(self, k: int, stop: int) -> bool:
        """Tell whether a preposition joins a body's name to its field: "Harbour Institute for Tides and Weather"."""
        is_body = self.capital[k - 1] and self.low[k - 1] in self.bodies
        return self.bare_clauses and is_body and self.low[k] in self.topics and k + 1 < stop and self.capital[k + 1]

    def _is_shortened(self, k: int) -> bool:
        """Tell whether a full stop after a token ends no sentence: "Mr", "P", "P.N"."""
        return sentences.is_initials(self.low[k]) or self.low[k] in self.lexicon.words[WordClass.ABBREVIATION]

    def _is_named_after(self, k: int, stop: int) -> bool:
        """Tell whether a personal name of several words follows a demonstrative at once: "juru bicara itu Rina Hartati"."""
        return (
            not self.serial_verbs
            and k + 1 < stop
            and self.quoted[k] < 0
            and self._is_personal(k, k + 2)
            and not any(self.low[m] in self.times or self.low[m] in self.openers for m in (k, k + 1))
        )

    def _acts(self, k: int) -> bool:
        """Tell whether a verb or what leads to one stands at `k`."""
        return self.low[k] in self.verbs or self.low[k] in self.skippable or k in self.hits

    def _is_spaced_hyphen(self, k: int) -> bool:
        """Tell whether a hyphen with spaces stands inside a name, as tokenised text has it: "al - Hariri", "Satgas Covid - 19"."""
        if 1 < k < len(self.low) - 1 and self.low[k + 1].isdigit() and self.capital[k - 1]:
            return self.low[k - 2] not in BREAKS and self.low[k - 2] not in ENDS  # there it ends a dateline
        if self.serial_verbs and 1 < k < len(self.low) - 1 and self.capital[k - 1] and self.capital[k + 1]:
            area = next((m for m in range(k - 1, max(k - LONGEST_PLACE, 0), -1) if not self.capital[m] or self.low[m] in self.areas), k)
            if self.low[area] in self.areas:
                return True  # "tỉnh Bà Rịa - Vũng Tàu"
        return k > 0 and k + 1 < len(self.low) and self.capital[k + 1] and self.low[k - 1].isalpha() and len(self.low[k - 1]) <= 2

    def _closes_news_name(self, k: int) -> bool:
        """Tell whether the name of a news organisation that the registry knows ends right before the token at `k`."""
        end = self.r.ends[k - 1]
        return any(self.names.get(start) == end for start in self.r.starts[max(0, k - 6) : k])

    def _is_inside_name(self, k: int) -> bool:
        """Tell whether a token stands with a capital between two others: "Năm" in "Lầu Năm Góc" is no year."""
        is_between = 0 < k < len(self.low) - 1 and self.capital[k - 1] and self.capital[k]
        return is_between and (self.capital[k + 1] or (self.serial_verbs and self.low[k - 1] not in self.times | self.nouns))  # "Sao Mai"

    def _is_pronoun(self, k: int, stop: int) -> bool:
        """Tell whether a token is a pronoun, and not a form of address before a name ("ông Nam") or a determiner ("her lawyer")."""
        if self.low[k] not in self.pronouns or self._is_acronym(k):
            return False
        if self.low[k] in self.humans:
            return k + 1 < stop and self.low[k + 1] in self.demonstratives  # "người này"; "người" alone is a noun
        if k + 1 >= stop:
            return True
        return not (self.low[k] in self.titles and self.capital[k + 1]) and self.low[k] not in self.determiners

    def _is_acronym(self, k: int) -> bool:
        """Tell whether a token is printed in capitals: "US" is no pronoun."""
        return self.r.slice(k, k + 1) in self.acronyms

    def _is_verb(self, k: int, any_case: bool = False) -> bool:
        """Tell whether a token is a verb, by list or by its beginning; one with a capital only where `any_case`."""
        word = self.low[k]
        if word in self.verbs:
            return True
        return (
            bool(self.verb_prefixes)
            and (any_case or not self.capital[k])
            and len(word) > 5
            and word.startswith(self.verb_prefixes)
            and word not in self.not_verbs
            and word not in self.nouns
        )

    def _leads_to_occasion(self, k: int, stop: int) -> bool:
        """Tell whether a preposition at `k` leads to an occasion: "der Verband in einer Meldung", "ein Bericht bei den Protesten"."""
        if not self.capital_nouns or k + 2 >= stop or self.low[k + 1] not in self.determiners or self.low[k] in self.genitives:
            return False
        return self.low[k + 2] in self.documents or (self.low[k - 1] in self.documents and self.low[k] in self.locatives)

    def _links(self, p: int, k: int, stop: int, named: bool) -> bool:
        """Tell whether a preposition of place at `k` belongs to the phrase: "dokter di rumah sakit Donka", not "Budi di Jakarta"."""
        if (
            self.affixed_verbs
            and k + 1 < stop
            and self.low[k] in self.recipients & self.time_prepositions
            and self.low[k + 1] in self.bodies
        ):
            return self.low[p] in self.people  # "peneliti pada Lembaga Sena"
        return (
            not named
            and not self._leads_to_occasion(k, stop)
            and self._is_place(k)
            and k + 1 < stop
            and not (self.bare_clauses and self.low[k + 1] in self.possessives)  # "the mayor in his message"
            and (self.capital[k + 1] or self.low[k + 1] in self.nouns or not self.capital[p])
        )

    def _joins(self, k: int, stop: int) -> bool:
        """Tell whether an "and" at `k` joins two names of one phrase."""
        if k + 1 >= stop or self.quoted[k + 1] >= 0:
            return False
        nxt = self.low[k + 1]
        if (
            k + 1 in self.hits
            or nxt in self.skippable
            or (nxt in self.pronouns and nxt not in self.titles and not self._is_acronym(k + 1))
            or nxt in self.verbs
        ):
            return False
        if self.serial_verbs and self.capital[k + 1] and self.low[k - 1] in self.units:
            return True  # "một số nước phương Tây và Nam Mỹ"
        if self.capital[k + 1] == self.capital[k - 1] or nxt in self.nouns or nxt in self.indefinites or nxt in self.titles:
            return True
        return k + 2 >= stop or self.low[k + 2] in BREAKS

    def _opening(self, floor: int, k: int) -> int:
        """Return the bracket that the closing one at `k` belongs to, or `k` where there is none within reach."""
        return next((index for index in range(k - 1, max(floor, k - 12) - 1, -1) if self.low[index] == "("), k)

    def _close(self, k: int, stop: int) -> int | None:
        for index in range(k + 1, min(stop, k + 12)):
            if self.low[index] == ")":
                return index + 1
        return None

    def _is_named(self, span: tuple[int, int]) -> bool:
        """Tell whether a phrase names somebody: a capital, a noun for a source, or a web address."""
        return any(self.capital[k] or self.low[k] in self.nouns or "." in self.low[k][1:-1] for k in range(*span))

    def _is_time_back(self, p: int) -> bool:
        low = self.low
        if self._is_demonstrative(p) or (self.serial_verbs and p > 0 and self.capital[p] and self.capital[p - 1]):
            return False  # "công ty Sao Mai": no morning
        if low[p] in self.times or (low[p][0].isdigit() and p > 0 and (low[p - 1] in self.time_prepositions or low[p - 1] in self.times)):
            return True
        return low[p] in self.time_prepositions and p + 1 < len(low) and (low[p + 1] in self.times or low[p + 1][0].isdigit())

    def _phrase_back(self, floor: int, end: int) -> tuple[int, int] | None:
        """Return the noun phrase that ends before token `end`, looking back no further than `floor`."""
        low, capital, quoted = self.low, self.capital, self.quoted
        if self.bare_clauses and end - 1 > floor and self._is_pronoun(end - 1, end) and low[end - 1] not in self.indefinites:
            return end - 1, end  # "a message [he] said would help"
        k = after_verb = end
        while k > floor and end - k < 40:
            word = low[k - 1]
            if quoted[k - 1] >= 0:
                break
            if word in BREAKS and not (
                word == "-" and k < end and (self.r.ends[k - 1] == self.r.starts[k] or self._is_spaced_hyphen(k - 1))
            ):
                if word == ")":
                    opening = next((x for x in range(k - 2, max(floor, k - 8) - 1, -1) if low[x] == "("), None)
                    is_age = self.bare_clauses and opening is not None and k - opening == 3 and low[k - 2].isdigit()
                    is_aside = k == end or capital[k] or low[k] in BREAKS or self._is_where(k) or (is_age and k < end)
                    if opening is not None and opening > floor and is_aside:
                        k = opening
                        continue
                break
            if word in ENDS and not (word == "." and k - 2 >= floor and self._is_shortened(k - 2)):
                break
            if word in self.cuts or word in self.complementisers or word in self.namely:
                break
            if word in self.relatives and not self._heads_relative(floor, k - 1):
                break
            if word in self.coordinators and not (
                k < end and k - 1 > floor and not low[k - 2][0].isdigit() and low[k - 2] not in self.times and self._joins(k - 1, end)
            ):
                break
            if self.serial_verbs and k < end and not capital[k - 1]:
                if word in self.demonstratives and word not in self.locatives and word not in self.skippable:
                    break  # a demonstrative closes the phrase before
                is_inside = k - 2 >= floor and low[k - 2] not in BREAKS and quoted[k - 2] < 0 and low[k - 2] not in self.times
                if word in self.skippable and word not in self.prepositions and word not in self.pronouns and is_inside:
                    k -= 1
                    end = k  # "Bộ Y tế cũng ra thông báo": the subject ends at its first auxiliary
                    after_verb = end
                    continue
            if self._is_pronoun(k - 1, end) and k < end:
                if self.affixed_verbs and low[k] in self.relatives:
                    return k - 1, k  # "Ia yang juga juru bicara pemerintah"
                if k == end - 1 and low[k] in self.demonstratives:
                    k -= 1
                break
            if (
                self.capital_nouns
                and k < end
                and not capital[k - 1]
                and not capital[k]
                and word not in self.closed
                and low[k] in self.closed
            ):
                break
            if self._is_verb(k - 1) and not capital[k - 1]:
                head = self._relative_before(floor, k - 1)
                if head is None:
                    break
                after_verb, k = k, head
                continue
            is_owned = (
                self.serial_verbs and k + 1 < end and low[k][0].isdigit() and low[k + 1] in self.possessors
            )  # "khảo sát năm 2018 của X"
            if word in self.times and k < end and not (is_owned or self._is_demonstrative(k - 1) or self._is_inside_name(k - 1)):
                break
            k -= 1
            if (
                word in self.prenominal
                and k > floor
                and low[k - 1] not in self.prepositions
                and low[k - 1] not in self.locatives
                and low[k - 1] not in self.coordinators
                and not (word in self.genitives and capital[k - 1])
            ):
                break
        if k < end and low[k] in self.relatives:
            k = after_verb  # a relative clause whose head stands before the comma
        k = self._after_stop(self._after_heading(floor, self._trim_front(k, end), end), end)
        end = self._trim_back(k, end)
        return (k, end) if end > k and not (end == k + 1 and self._is_apart_adverb(k, end + 1)) else None

    def _aside_after_name(self, floor: int, end: int) -> int:
        """Return where the words begin that say on what occasion a named person spoke: "Rina Hartati saat dihubungi"; `end` without any."""
        if not self.affixed_verbs:
            return end
        low, capital = self.low, self.capital
        for k in range(end - 2, max(floor, end - LONGEST_OCCASION), -1):
            if self.quoted[k] >= 0 or low[k] in BREAKS:
                break
            if low[k] in self.occasions and not capital[k] and capital[k - 1] and low[k - 1] not in self.nouns and k - 1 >= floor:
                return k  # "Rina Hartati dalam wawancara dengan Y", "Kementerian Sena kepada Y"
            if low[k] not in self.boundaries or low[k] not in self.locatives or low[k] in self.infinitives:
                continue
            if not self._is_verb(k + 1) and self._has_subject(k + 1, end):
                break
            if self._is_verb(k - 1) and (relative := self._relative_before(floor, k - 1)) is not None:
                k = relative  # "Rina Hartati yang ditemui seusai rapat"
            return k if capital[k - 1] and low[k - 1] not in self.nouns and low[k - 1] not in self.times else end
        return end

    def _has_subject(self, first: int, end: int) -> bool:
        """Tell whether words after "saat" or "usai" may hold who does something: "usai Rina ditangkap", not "usai Rapat Kerja di Sena"."""
        low, capital = self.low, self.capital
        k = first
        while k < end:
            if low[k] in self.pronouns or (low[k] in self.nouns and not capital[k]):
                return True
            if capital[k]:
                after = next((m for m in range(k, end) if not capital[m]), end)
                is_place = low[k - 1] in self.place_prepositions
                is_event = k == first < after - 1 and after < end and low[after] in self.relatives | self.place_prepositions
                if not (is_place or is_event) or (k == first and low[k] in self.nouns):
                    return True
                k = after
            k += 1
        return False

    def _after_heading(self, floor: int, k: int, end: int) -> int:
        """Return where a speaker's office begins behind a heading that lost its line: "Jalan tetap ditutup Kepala Dinas Rina Wati".

        Where the words of an office are written small but before a name, a capital one after other words begins a phrase of its own.
        """
        low, capital = self.low, self.capital
        if not self.affixed_verbs or k > floor + 2 or not capital[floor] or low[k] in self.nouns:
            return k
        shortest = 1 if self._is_verb(floor, any_case=True) else 2  # "Mendukung Ketua …", not "Istri Ketua …"
        return next(
            (
                m
                for m in range(max(k, floor + shortest), min(end, floor + HEADING))
                if capital[m] and low[m] in self.people and low[m - 1] not in self.nouns and (m - 1 == floor or not capital[m - 1])
            ),
            k,
        )

    def _after_stop(self, k: int, end: int) -> int:
        """Return where a phrase begins behind a sentence that lost its full stop: "0.1% against the dollar Analysts said"."""
        last = end - 1
        is_plural = last - k >= HEADING // 2 and self.capital[last] and self.low[last] in self.people and self.low[last].endswith("s")
        is_apart = is_plural and not self.capital[last - 1] and self.low[last - 1] not in self.closed
        return last if self.bare_clauses and is_apart else k

    def _relative_before(self, floor: int, k: int) -> int | None:
        """Return where the relative pronoun stands whose clause holds the verb at `k`: "a document that circulates online says"."""
        for index in range(k - 1, max(floor, k - 7), -1):
            if self.low[index] in BREAKS or self.quoted[index] >= 0:
                return None
            if self.low[index] in self.relatives:
                return index
        return None

    def _is_demonstrative(self, k: int) -> bool:
        """Tell whether "ini" or "itu" at `k` points at a noun rather than closing a time ("hari ini")."""
        return self.low[k] in self.demonstratives and (k == 0 or self.low[k - 1] not in self.times)

    def _heads_relative(self, floor: int, p: int) -> bool:
        """Tell whether a relative clause inside a speaker hangs on an indefinite head: "people who know the matter said"."""
        return p > floor and (self.low[p - 1] in self.nouns or self.low[p - 1] in self.pronouns or self.low[p - 1] in self.humans)

    def _trim_front(self, k: int, end: int) -> int:
        low = self.low
        while k < end:
            if low[k] in COMMAS or low[k] in self.coordinators or low[k] in self.contrasts:
                k += 1
                continue
            after = self._skip_time(k, end)
            if after > k and not self._counts(k, after, end):
                k = after
                continue
            if low[k] in self.locatives and k + 1 < end and self._counts(k + 1, k + 2, end):
                k += 1  # "about 72 percent"
                continue
            is_adverb = low[k] in self.openers or low[k] in self.adverbs or low[k] in self.skippable or self._is_apart_adverb(k, end)
            if is_adverb and low[k] not in self.pronouns:
                k += 1
                continue
            break
        return k

    def _is_apart_adverb(self, k: int, end: int) -> bool:
        """Tell whether a word with a capital before a comma is an adverb: "Currently, the mayor …"."""
        is_adverb = bool(self.adverb_endings) and self.capital[k] and self.low[k].endswith(self.adverb_endings)
        return (
            is_adverb
            and k + 1 < min(end, len(self.low))
            and self.low[k + 1] in COMMAS
            and self.low[k] not in self.lexicon.words[WordClass.NOT_ADVERB]
        )

    def _counts(self, k: int, after: int, end: int) -> bool:
        """Tell whether the number from `k` to `after` counts the noun behind it: "72 percent of the members", "12 residents"."""
        is_noun = after < end and (self.low[after].isalpha() or self.low[after] == "%") and not self.capital[after]
        return after == k + 1 and is_noun and self.low[k][0].isdigit()

    def _trim_back(self, k: int, end: int) -> int:
        low = self.low
        while end > k:
            last = low[end - 1]
            if last in self.demonstratives and end - 2 >= k and low[end - 2] not in self.times and low[end - 2] not in self.locatives:
                break
            if last in self.skippable or last in BREAKS or last in self.coordinators or (last in self.openers and end - 1 > k):
                if last == ")":
                    break
                end -= 1
            elif (
                (last in self.times and end - 1 > k and not (self.serial_verbs and self.capital[end - 1] and self.capital[end - 2]))
                or (last[0].isdigit() and end - 2 > k and (low[end - 2] in self.time_prepositions or low[end - 2] in self.times))
                or (last in self.time_prepositions and end - 1 > k)
                or (self.serial_verbs and last in self.indefinites and end - 2 > k and low[end - 2] in self.time_prepositions)
            ):
                end -= 1  # "hình ảnh từ nhiều tháng trước"
            else:
                break
        return end

    def _first_phrase(self, a: int, stop: int) -> tuple[int, int] | None:
        begin = self._trim_front(a, stop)
        if begin < stop and self.low[begin] in self.cuts and not self.capital_nouns:
            return None  # "although …": a clause, no subject
        phrase, after = self._noun_phrase(begin, stop)
        return self._called(phrase, after, stop)

    def _called(self, phrase: tuple[int, int] | None, after: int, stop: int) -> tuple[int, int] | None:
        """Return the name behind an office and "is": "cảnh sát trưởng là Ana Field"; else the phrase."""
        if not self.serial_verbs or phrase is None or after + 2 >= stop or self.low[after] not in self.verbs & self.likenings:
            return phrase
        end = self._phrase_end(after + 1, stop, False)
        return (after + 1, end) if self._is_personal(after + 1, end) else phrase

    def _after_boundary(self, begin: int, stop: int) -> int:
        """Return the token after the last conjunction between two tokens: where the innermost clause begins."""
        return next((k for k in range(stop, begin, -1) if self.low[k - 1] in self.cuts), begin)

    def _with_apposition(self, floor: int, phrase: tuple[int, int]) -> tuple[int, int]:
        """Extend a phrase over the comma before it: "the minister, Jane Doe" or "Jane Doe, the minister"."""
        low, capital = self.low, self.capital
        begin, end = phrase
        if begin - 1 <= floor or low[begin - 1] not in COMMAS or self.quoted[begin - 2] >= 0:
            return phrase
        if self.bare_clauses and self._is_office_and_name(begin, end):
            return phrase
        likened = next((k for k in range(begin - 2, max(floor, begin - LONGEST_PERSON - 2), -1) if low[k] in self.likenings), begin)
        if self.bare_clauses and likened < begin and low[likened + 1] in self.articles & self.indefinites:
            return phrase  # "rose to fame as a teacher, Brook said"
        is_aged = self.serial_verbs and begin - 4 > floor and low[begin - 3][0].isdigit() and low[begin - 4] in COMMAS
        edge = begin - 4 if is_aged else begin - 1  # "ông Nam, 65 tuổi, nhà tổ chức sự kiện"
        before = self._phrase_back(floor, edge)
        if before is None or before[1] - before[0] > 14:
            return phrase
        if self.serial_verbs and before[1] < edge:
            return phrase  # "Bộ Y tế đã bỏ qua việc này, ông Nam …": a clause with a predicate
        if low[begin - 2] == ")" and self._opening(floor, begin - 2) < before[0]:
            return phrase  # "(giờ VN), công ty Sena": what stands in brackets
        if low[before[0]] in self.locatives or low[before[0]] in self.time_prepositions or before[0] in self.hits:
            return phrase
        if before[1] - before[0] > 1 and not capital[before[0] + 1] and self._is_verb(before[0], any_case=True):
            return phrase  # "Dihubungi terpisah, Rina Wati"
        if self._is_participial(before):
            return phrase  # "Armed with two knives, the guard"
        if (
            before[0] > floor
            and low[before[0] - 1] not in BREAKS
            and self.quoted[before[0] - 1] < 0
            and low[before[0] - 1] not in self.boundaries
            and low[before[0] - 1] not in self.times
            and not (
                self.affixed_verbs and low[before[0] - 1] in self.coordinators and low[before[0] - 2] in COMMAS
            )  # ", dan Kepala …, X,"
            and self._trim_front(floor, before[0]) < before[0]
        ):
            return phrase
        if (
            capital[begin]
            and before[1] - before[0] <= LONGEST_PERSON
            and all(capital[k] or low[k] in BREAKS for k in range(*before))
            and not any(low[k] in self.nouns for k in range(*before))
            and any(low[k] in self.people for k in range(begin, min(end, begin + 6)))
        ):
            return before[0], end  # "Ana Field, Elmer's chief engineer"
        if low[begin] in self.areas and before[0] >= floor and any(low[k] in self.nouns or low[k] in self.titles for k in range(*before)):
            first, last = self._with_apposition(floor, before)
            return (first, last) if self.serial_verbs else (first, end)  # "công an xã A, huyện B": the place names nobody
        here_role = low[begin] in self.nouns or low[begin] in self.determiners
        here_name = self._begins_name(begin, end)
        there_role = any(low[k] in self.nouns for k in range(before[0], min(before[1], before[0] + 4)))
        if not capital[before[0]] and not any(low[before[0]] in words for words in (self.nouns, self.determiners, self.titles)):
            there_role = there_role and low[before[0]] not in self.prepositions and not self._is_verb(before[0])
        there_name = self._begins_name(*before)
        if self.serial_verbs and before[1] - before[0] > 1 and capital[before[0]] and not capital[before[0] + 1]:
            there_name = there_name and low[before[0]] in self.titles  # "Phản ứng sau quyết định này, người phát ngôn …"
        if self.serial_verbs and not there_name and low[begin] in self.people and not self._has_name_at(begin, end):
            there_name = low[before[0]] in self.people and self._has_name_at(*before)  # "Ngoại trưởng Mỹ Ana Field, cựu giám đốc cảng,"
        is_office = low[before[0]] in self.nouns and end - begin <= 5
        if self.serial_verbs and any(low[k] in self.possessors and low[k + 1] in self.people for k in range(begin, end - 1)):
            return before if here_role and there_name else phrase  # "bà Lê Lan, mẹ của ca sĩ Trần Nam": whose mother is another person
        if (here_name and there_role and (is_office or not self._has_name_at(before[0], before[1]))) or (
            here_role and there_name and not here_name
        ):
            return before[0], end
        return phrase

    def _is_office_and_name(self, first: int, last: int) -> bool:
        """Tell whether a phrase ends in an office in small letters and a full name: "Orbit's corporate secretary Ada Brook"."""
        begin = last
        while begin > first and self.capital[begin - 1]:
            begin -= 1
        return begin > first and self._is_personal(begin, last) and self.low[begin - 1] in self.people

    def _is_participial(self, span: tuple[int, int]) -> bool:
        """Tell whether a phrase begins with a participle and what it governs: "armed with knives", "speaking at the fair"."""
        first, last = span
        endings = (*self.participles, *self.verb_suffixes)
        governs = first + 1 < last and (self.low[first + 1] in self.locatives or self.low[first + 1] in self.prepositions)
        is_bare = (
            first + 1 < last and self.low[first].endswith(self.participles) and not any(self.capital[first + 1 : last])
        )  # "looking ahead"
        return self.bare_clauses and (governs or is_bare) and self.low[first].endswith(endings) and self.low[first] not in self.nouns

    def _begins_name(self, first: int, last: int) -> bool:
        """Tell whether a phrase begins with a name, or with a form of address before one: "Jane Doe", "ông Nam"."""
        if self.low[first] in self.titles and first + 1 < last and self.capital[first + 1]:
            return True
        return (
            self.capital[first]
            and self.low[first] not in self.nouns
            and self.low[first] not in self.determiners
            and not self._is_verb(first)
        )

    def _has_name_at(self, first: int, last: int) -> bool:
        """Tell whether a phrase holds a personal name after its role: two capitals in a row that are no nouns for sources."""
        run = 0
        for k in range(first, last):
            if self.capital[k] and self.low[k] not in self.common and self.r.starts[k] not in self.names:
                run += 1 if not (self.bare_clauses and k > first and self._is_titled(k)) else 2
                if run >= 2:
                    return True
            else:
                run = 0
        return False

    def _is_titled(self, k: int) -> bool:
        """Tell whether a form of address stands before a capital: "Mr. Cole"."""
        return self.low[k - 1] in self.titles or (self.low[k - 1] == "." and self.low[k - 2] in self.titles)

    def _ends_in_body(self, first: int, last: int) -> bool:
        """Tell whether the capitals that end a phrase are a body's name: "direktur rumah sakit Pulau Sena"."""
        k = last
        while k > first + 1 and self.capital[k - 1] and self.low[k - 1] not in self.bodies:
            k -= 1
        return first + 1 < k < last and self.low[k - 1] in self.bodies

    def _ends_in_short(self, first: int, last: int) -> bool:
        """Tell whether a phrase holds a body's short name or noun and only capitals after it: "Ketua DPD KSPSI Sena"."""
        return any(
            (self.r.slice(k, k + 1).isupper() and len(self.low[k]) >= SHORTEST_SHORT)
            or self.low[k] in self.bodies
            or (k == last - 1 and (self.r.starts[k] in self.names or self.low[k] in self.units))
            for k in range(first + 1, last)
        ) and all(self.capital[k] or self.low[k] in self.coordinators for k in range(first, last))

    def _is_personal(self, first: int, last: int) -> bool:
        """Tell whether a phrase is nothing but a name of several words that the registry does not know."""
        words = [k for k in range(first, last) if not (self.low[k] == "." and k > first and self._is_shortened(k - 1))]
        return 2 <= len(words) <= LONGEST_PERSON and all(
            self.capital[k] and self.low[k] not in self.nouns and self.r.starts[k] not in self.names for k in words
        )

    def _is_where(self, k: int) -> bool:
        """Tell whether a place stands at `k`: "the Contract Office (HCO) in Baghdad"."""
        return (self.bare_clauses or self.serial_verbs) and self._is_place(k) and self.capital[k + 1]

    def _is_place(self, k: int) -> bool:
        """Tell whether the token at `k` is a preposition of place."""
        return self.low[k] in self.place_prepositions
