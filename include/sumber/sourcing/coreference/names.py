"""The personal name in a mention: behind its office, rank or affiliation, and completed from the rest of the article."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import dropwhile, islice, takewhile

from sumber.sourcing import identity, sources
from sumber.sourcing.coreference.bodies import PLACES, Bodies
from sumber.sourcing.lexicons import WordClass
from sumber.sourcing.model import Source, SourceKind
from sumber.sourcing.sentences import is_field

BRACKETED = re.compile(r"\([^()]{0,80}\)")
BRACKETS = "()"  # stands for what stood in brackets: the short form of the body named before, never inside a name
ABBREVIATED = range(3, 5)  # letters: two are initials ("JD Brook"), more a name in capitals
BEFORE_CAPITAL = re.compile(r"\b(\w++)[^\w\s]*+ (?=\s*[,.;:()\"'“”]*[^\W\d_a-z])")
APPOSED = re.compile(r"\s?,\s([^\W\d_]+)\s")
LAST_WORD = re.compile(r"\b(\w++)[^\w\s]*\Z")
HYPHENS = frozenset({"-", "–"})
PARTICLES = frozenset({"al", "el", "bin", "binti", "ibn", "van", "von", "der", "de", "da", "du"}) | HYPHENS
OFFICE_WORDS = frozenset({sources.WordClass.UNIT, sources.WordClass.BODY, sources.WordClass.ORGANISATION, sources.WordClass.UNNAMED})
LONGEST_NAME = 6  # tokens
HOLDER_REACH = 120  # characters after an office within which its holder's name ends
EMPLOYER = range(3, 10)  # letters of a body's short name before a person's
LONGEST_RANK = 4  # words in a rank
SHORTEST_RANK = 4  # letters of one that tells a name inside a mention: "AKBP", not "H"
SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]{1,3}[^aeiouy]{0,2}")  # without its accents, as every word of a Vietnamese name is


@dataclass(slots=True)
class Names(Bodies):
    """Finds and completes personal names.

    `full` maps each word of a personal name, folded, to the longest name in the text that holds it.
    """

    full: dict[str, str] = field(default_factory=dict)
    namesakes: dict[str, dict[str, None]] = field(default_factory=dict)  # by last word, the personal names that end in it
    shortened: dict[str, str] = field(default_factory=dict)  # by folded run that begins a sentence, the name in it: "Brave Ada Brook"
    short: frozenset[str] = frozenset()  # short names of bodies, told in brackets after the whole ones

    def _completed(self, source: Source, printed: str) -> Source:
        """Give a surname its full name, and a role the name that it stands before elsewhere in the article."""
        if source.is_known and source.role != printed:
            return source
        if source.kind is SourceKind.PERSON and source.role != printed:
            parts = identity.fold(source.name).split()
            if not parts:
                return source  # signs only
            if (name := self.shortened.get(" ".join(parts))) is not None:
                return self._named(source, name)
            if len(parts) > 1 and is_abbreviation(source.name.split()[0]):
                parts = parts[1:]  # "MEC Brook" is the Ada Brook whom the article names
            if self._is_of_place(source.name, printed):
                return source
            whole = self._full_name(parts, printed)
            whole = whole and self._after_workplace(self._without_affiliation(whole, parts), parts)
            if whole and source.role is None and identity.fold(whole).startswith(f"{parts[0]} ") and self._is_made_known_as_firm(parts):
                return self._organisation(source.name)  # "car maker Orbit", which has an "Orbit Swift" on sale
            is_whole = len(parts) > 2 and self.no_articles  # "Permaisuri Keraton Sena Agung"
            if whole and not is_whole and set(parts) <= set(identity.fold(whole).split()) and len(whole.split()) > len(parts):
                is_giant = source.role is None and self._is_called_organisation(identity.fold(whole).split())
                return self._organisation(whole) if is_giant else self._named(source, whole)
            if whole and source.role is not None and len(parts) > 1 and identity.fold(whole).endswith(" " + " ".join(parts)):
                return self._named(source, whole)  # "Prof Hale-Green" is "Al Hale-Green"
            is_firm = len(parts) == 1 and parts[0] in self.short
            if source.role is None and (is_firm or self._is_called_organisation(parts) or self._is_it(parts)):
                return self._organisation(source.name)
            return source
        if source.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS) or source.role == printed:
            name = self._holder(self._without_article(printed))
            if name:
                return self._named(source, name)
        return source

    def _full_name(self, parts: list[str], printed: str) -> str | None:
        """Return the full name of who is called by a part of it; after a title that of a man or a woman: "Mr Holt" is no Ada Holt."""
        words = self.lexicon.words
        whole = self.full.get(parts[-1]) or self.full.get(parts[0])
        title = next((word for word in printed.lower().replace(".", "").split() if word in words[WordClass.TITLE]), "")
        other = words[WordClass.WOMAN if title in words[WordClass.MAN] else WordClass.MAN]
        if whole is None or title not in words[WordClass.MAN] | words[WordClass.WOMAN] or identity.fold(whole).split()[0] not in other:
            return whole
        sharing = islice(self.namesakes.get(parts[-1], ()), PLACES)
        return next((name for name in sharing if identity.fold(name).split()[0] not in other), None)

    def _without_affiliation(self, whole: str, parts: list[str]) -> str:
        """Return a run of capitals without what stands in front of the name by which a person is called: "LPSK Hasto Atmojo"."""
        run = self._without_ranks(whole.split())  # "Datuk Seri Arta Wirawan"
        while len(run) > 1 and not set(parts) & set(identity.fold(run[0]).split()):
            cut = 1 if self._is_affiliation(run, 0) else self._affiliation(run)
            if not cut or set(parts) & set(identity.fold(" ".join(run[:cut])).split()):
                break
            run = run[cut:]
        return " ".join(run)

    def _after_workplace(self, whole: str, parts: list[str]) -> str:
        """Return a name from the word by which a person is called, where a noun for an institution leads the run: "Masjid Sena Rina"."""
        run = whole.split()
        start = next((k for k, word in enumerate(run) if identity.fold(word) in parts), 0)
        given = self.lexicon.words[WordClass.GIVEN]
        while start and run[start - 1].lower().rstrip(".") in given:
            start -= 1
        leads = self.lexicon.words[WordClass.LED]
        if not start or len(run) - start < 2 or not leads:
            return whole
        text = self.article.text
        before = [found[1] for at in self._capitals(whole) if (found := LAST_WORD.search(text[max(0, at - 40) : at].rstrip().lower()))]
        return " ".join(run[start:]) if any(word in leads for word in before) else whole

    def _is_of_place(self, name: str, printed: str) -> bool:
        """Tell whether a title and a place make it another person than a namesake: "Lord Reed of Elmer" is no "Tom Reed"."""
        before, _, after = printed.partition(name)
        title, rest = before.split()[-1:], after.split()[:2]
        words = self.lexicon.words
        return (
            len(title) == 1
            and title[0].lower() in words[WordClass.TITLE] - words[WordClass.ABBREVIATION]
            and len(rest) == 2
            and rest[0].lower() in words[WordClass.PREPOSITION]
            and rest[1][0].isupper()
        )

    def _renamed(self, source: Source, printed: str) -> Source:
        """Give a person the name that stands after its office: "Kapolsek Denpasar Barat Kompol Made Rai" -> "Made Rai"."""
        if source.is_known and source.kind is SourceKind.PERSON:
            return source
        head = " ".join(BRACKETED.sub(" ", printed).partition(",")[0].split())
        if source.kind is SourceKind.PERSON and " ".join(BRACKETED.sub(" ", source.name).split()) not in head:
            return source  # "direktur rumah sakit Pulau Sena, Rina Hartati": the name stands by itself
        name = self.name_in(printed)
        if not name and source.kind is SourceKind.PERSON and source.name != printed and self._is_office(printed.split()):
            words = source.name.split()
            if all(self._is_field(words[at]) or self._is_affiliation(words, at) for at in range(len(words))):
                name = printed  # "Kepala Perwakilan Sena Raya": nobody is called Raya
        if not name and (self._is_before_country(source, head) or self._is_of_named_body(source, head)):
            return self._office(head)
        if not name:
            words = head.split()
            return self._office(head) if source.kind is SourceKind.PERSON and self._is_of_body(words, self._run_start(words)) else source
        if " " not in name:
            name = self._full_name([identity.fold(name)], printed) or name  # "thủ hiến Sena Lestari" where the text has "Rina Lestari" too
        for word in identity.fold(name).split():
            if self.full.get(word, name) in head:
                self.full[word] = name  # "Banyumas Achmad Husein" is no longer name where the mention is "Bupati Banyumas Achmad Husein"
        if identity.fold(name) == identity.fold(source.name):
            return source
        return self._named(source, name)

    def _office_and_name(self, printed: str) -> Source | None:
        """Read "Utusan Korea Utara, Kim Kye Gwan": an office, a comma, and nothing but a name."""
        office, comma, name = BRACKETED.sub(" ", printed).partition(",")
        if self.no_articles:
            name = " ".join(takewhile(lambda word: word not in self.lexicon.words[WordClass.PLACE_PREPOSITION], name.split()))
        parts = self._without_ranks(name.split())
        is_ranked = len(parts) < len(name.split())
        held = list(dropwhile(lambda word: word.lower() in self.lexicon.words[WordClass.INDEFINITE], office.split()))
        if not comma or not (1 if is_ranked else 2) <= len(parts) <= LONGEST_NAME or not held:
            return None
        is_made = self.family_first or all(word[0].isupper() for word in held)  # "Kasubdit I Polri, Kombes …"
        if not ((is_ranked and is_made) or self._is_office(held) or self.is_for_people(held[0].lower())):
            return None
        roles = self.lexicon.all(WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM)
        places = self.lexicon.all(WordClass.PLACE, WordClass.UNIT, WordClass.LED)
        if any(part.lower() in places for part in parts):
            return None  # "warga Bandung, Jawa Barat", "Camat Nagasari, Kabupaten Tangerang"
        if not all((part[0].isupper() and part.lower() not in roles) or part.lower() in PARTICLES for part in parts) or "," in name:
            return None
        plain = " ".join(parts)
        known = self.registry.named(plain, self.article.lang)
        if known is not None:
            return replace(known, role=office) if known.kind is SourceKind.PERSON else None
        if " " not in plain:
            plain = self.full.get(identity.fold(plain), plain)
        for word in identity.fold(plain).split():
            self.full[word] = plain
        key = f"{SourceKind.PERSON}:{identity.fold(plain)}"
        country = sources.resolve(office, self.article.lang, self.registry, self.story, self.article.published_at).country
        return Source(identity.of("source", key), key, plain, SourceKind.PERSON, country=country, role=office)

    def _ends_an_office(self, words: list[str]) -> bool:
        """Tell whether a phrase is the end of an office that a comma cut, and a name: "Hubungan Masyarakat BNPB Rina Hartati"."""
        if not self.no_articles or len(words) < 4:
            return False
        known = self.registry.language(self.article.lang).words.get(identity.fold(words[0]), ())
        is_unit = (
            any(one.word_class is sources.WordClass.UNIT for one in known) and words[0].lower() not in self.lexicon.words[WordClass.BODY]
        )
        employer = words[-3]
        return is_unit and (employer == BRACKETS or (len(employer) in EMPLOYER and employer.isupper()))

    def _without_ranks(self, words: list[str]) -> list[str]:
        """Return the words of a name without the ranks and forms of address in front: "Ajun Komisaris Besar Polisi Rina Hartati"."""
        titles = self.lexicon.words[WordClass.TITLE]
        while len(words) > 1:
            size = next((size for size in range(LONGEST_RANK, 0, -1) if " ".join(words[:size]).lower().rstrip(".") in titles), 0)
            if not 0 < size < len(words):
                break
            words = words[size:]
        return words

    def _is_office(self, words: list[str]) -> bool:
        """Tell whether a phrase begins with an office or title."""
        known = self.lexicon.all(WordClass.ROLE, WordClass.TITLE)
        return bool(words) and any(" ".join(words[:size]).lower().rstrip(".") in known for size in (1, 2, 3))

    def name_in(self, printed: str) -> str | None:
        """Return the personal name in a mention that begins with an office or title, or None.

        The name is what follows the last word of an office, organisation or place before a comma. A part of it that stands alone elsewhere
        in the article is an affiliation too ("Direktur Lion Air Budi Santoso" where the text has "Lion Air" by itself), and the word by
        which the person is called later tells where the name begins.
        """
        head = BRACKETED.sub(f" {BRACKETS} ", printed).split(",")[0].split()
        while head and head[-1] == BRACKETS:
            head.pop()
        if not self._is_office(head) and not self._ends_an_office(head):
            return self._after_rank(head) or self._after_short_name(head)
        if self._is_kin(head):
            return None  # "vợ ông Nam"
        possessors = self.lexicon.words[WordClass.POSSESSOR] if self.owners_behind else frozenset()
        owner = next((k for k in range(1, len(head)) if head[k] in possessors), len(head))
        if owner < len(head) and not any(word[0].isupper() for word in head[1:owner]):
            return None  # "quản lý của ca sĩ Lê Lan"
        head = head[:owner]  # "Bộ trưởng Môi trường Ana Field của Norland"
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        at = next((k for k in range(3, len(head)) if head[k].lower() in linked), 0)
        if at and BRACKETS not in head[at:] and all(head[k][0].isupper() and not self._is_affiliation(head, k) for k in (at - 2, at - 1)):
            head = head[:at]  # "Dr. Rina Hartati dari University of Sena"
        start = self._run_start(head)
        if self._is_of_body(head, start):
            return None
        words = self.lexicon.words
        border = head[start - 1].lower().rstrip(".")
        is_title = border in words[WordClass.TITLE] and " ".join(head[max(start - 2, 0) : start]).lower() not in words[WordClass.ROLE]
        is_sure = border == BRACKETS or is_title or border in words[WordClass.PLACE]  # "thủ tướng" ends in a title, and is none
        begins_name = self.lexicon.all(WordClass.FAMILY, WordClass.FORENAME) if head[start - 1].isupper() else words[WordClass.FAMILY]
        if start > 1 and border in words[WordClass.BODY] and len(head) - start > 2 and head[start].lower() not in begins_name:
            start += 1  # "Direktur Rumah Sakit Sena Rina Hartati", not "Deputi KPK Budi Agus Santoso"
        families, further = words[WordClass.FAMILY], head[start:]
        is_placed = len(further) > 2 and self._is_area(head, start) and further[0].lower() not in families
        if is_placed and not self._first_forename(further) and not self._affiliation(further):
            start += 1  # "Thị trưởng thành phố Sena Ana Field", "komisaris polisi negara bagian Sena Ana Field"
        run = head[start:]
        if self.family_first and " ".join(head[start - 1 :]).lower() in words[WordClass.UNIT]:
            return None  # "giới quan sát phương Tây"
        is_member = False
        if head[start - 1].lower() in linked or (start > 1 and head[start - 2] in linked):
            is_in_place = border in words[WordClass.PLACE_PREPOSITION] and len(run) > 2 and self._is_known_body(run[0])
            if not is_in_place and (len(run) < 3 or border not in self.lexicon.all(WordClass.BODY, WordClass.UNIT)):
                return None  # "pengacara dari Bogor": where somebody is from names nobody
            run, is_member = run[1:], True  # "anggota dewan dari Partai Fajar Rina Hartati", "the representative in Norland Ada Brook"
        if len(run) == 1 and run[0].isupper() and not printed.isupper():
            return None  # "Chủ tịch UBND": an abbreviation is a body's name
        if not run or not all(word[0].isupper() or word.lower() in PARTICLES for word in run):
            return None
        if self._is_known_body(" ".join(run)) or (len(run) > 1 and self._country_of(run[-1]) is not None):
            return None  # "Staf Umum Angkatan Bersenjata Ukraina": no name ends in a country's
        leads = self.lexicon.all(WordClass.BODY, WordClass.LED)
        needs_body = self._is_organisation_word(border) or any(
            " ".join(head[first:end]).lower() in leads
            for first, end in ((start - 1, start), (start - 2, start), (start - 2, start - 1))
            if first >= 0
        )
        is_certain = any(word in self.called or word.lower() in words[WordClass.FORENAME] for word in run)
        linking = max((k for k in range(start - 1) if head[k].lower() in words[WordClass.PLACE_PREPOSITION]), default=0)
        is_member = is_member or (is_certain and head[linking] in words[WordClass.SUPPLIER])  # "anggota DPR dari Partai Fajar Rina Hartati"
        if linking and not (is_sure or is_member) and len(run) < 3 and not any(self._is_role(head[k]) for k in range(linking, start)):
            return None  # "pejabat kesehatan di Rumah Sakit Sena": where somebody works
        known = self.lexicon.all(WordClass.ROLE, WordClass.BODY, WordClass.MEDIUM, WordClass.AREA)
        if self.family_first and linking and not is_sure and head[start - 1].islower() and border not in known:
            return None  # "giới phân tích ở cả hai bờ Thái Bình Dương"
        if is_sure:
            run = run[1:] if border == BRACKETS and len(run) > 2 and self._is_known_body(run[0]) else run
            at = self._first_forename(run)
            return " ".join(run[at if at > 1 else 0 :])
        is_bodys = any(self._is_organisation_word(" ".join(head[start - size : start]).lower()) for size in (1, 2) if size <= start)
        is_bodys = is_bodys or (border in words[WordClass.BODY] and not is_certain)
        if len(run) == 1 and start > 1 and is_bodys:
            return None  # "Humas Universitas Sena": the body's own name
        for _ in range(LONGEST_NAME):
            cut = self._affiliation(run)
            if not cut:
                break
            run = run[cut:]
        called = next((k for k, word in enumerate(run) if word in self.called), 0) or self._first_forename(run)
        if called == 1 and run[1] not in self.called and not needs_body:
            called = 0  # "Menteri Keuangan Wirana Budi Santoso": the office needs no further word
        while called and run[called - 1].lower().rstrip(".") in self.lexicon.words[WordClass.GIVEN]:
            called -= 1
        return " ".join(run[called:] if called > 1 or (called == 1 and len(run) > 2) else run)

    def _after_rank(self, head: list[str]) -> str | None:
        """Return the name after a rank inside a mention whose office is unknown: "Dirsamapta Polda Sena Kombes Rina Hartati"."""
        titles = self.lexicon.words[WordClass.TITLE]
        if not self.no_articles or not all(word[0].isupper() for word in head):
            return None
        at = next((k for k in range(1, len(head) - 1) if len(head[k]) >= SHORTEST_RANK and head[k].lower() in titles), 0)
        name = self._without_ranks(head[at:])
        return " ".join(name) if at and not any(self._is_affiliation(name, k) for k in range(len(name))) else None

    def _is_kin(self, head: list[str]) -> bool:
        """Tell whether a mention begins with a noun for kin or friends: "vợ ông Nam" names the husband."""
        words = self.registry.language(self.article.lang).words
        leads = (words.get(identity.fold(" ".join(head[:size])), ()) for size in (1, 2, 3))
        return any(word.word_class is sources.WordClass.KIN for lead in leads for word in lead)

    def _run_start(self, head: list[str]) -> int:
        """Return where the words after the last word of an office, organisation or place begin."""
        return max((k for k in range(1, len(head)) if self._is_affiliation(head, k)), default=0) + 1

    def _is_of_body(self, head: list[str], start: int) -> bool:
        """Tell whether the capitals that end an office name a place or body: "Chủ tịch UBND xã Lam Sơn", "Giám đốc bệnh viện Lam Sơn".

        Where every name begins with one of few family names, syllables without one after the noun for a place or body are its name.
        """
        words, run = self.lexicon.words, head[start:]
        if self.family_first and start > 1 and len(run) == 1 and self._is_area(head, start):
            return True  # "người đứng đầu thị trấn Sena"
        if self.family_first and len(run) == 1 and not is_syllable(run[0]):
            ends = range(start, 1, -1)  # "giám đốc hãng vận tải Orbital": lower-case words between the firm's noun and its name
            return any(head[end - 1].islower() and self._is_organisation_word(head[end - 1]) for end in ends)
        if not self.family_first or start < 2 or not all(map(is_syllable, run)) or self._first_forename(run) or not run:
            return False
        if (
            self._affiliation(run)
            or (len(run) > 1 and run[0].lower() in words[WordClass.FAMILY])
            or any(word in words[WordClass.POSSESSOR] for word in head[1:start])
        ):
            return False
        if self._is_area(head, start):
            return True
        for end in range(start, 0, -1):  # "Công an giao thông", "trường THPT": what leads to the name is a body, not an office
            nouns = [" ".join(head[max(end - size, 0) : end]) for size in (1, 2, 3)]
            if any(self._is_organisation_word(noun) or self._is_public(noun) for noun in nouns):
                return True
            if any(noun.lower() in words[kind] for noun in nouns for kind in (WordClass.ROLE, WordClass.TITLE)):
                return False
        return False

    def _is_area(self, head: list[str], start: int) -> bool:
        """Tell whether a noun for a place stands before the token at `start`: "thành phố", "TP."."""
        nouns = (" ".join(head[max(start - size, 0) : start]).lower().rstrip(".") for size in (1, 2))
        return any(noun in self.lexicon.words[WordClass.AREA] for noun in nouns)

    def _is_of_named_body(self, source: Source, head: str) -> bool:
        """Tell whether an office ends in a body's own name of one word, which was read as its holder: "Direktur rumah lelang *Sena*"."""
        words = head.split()
        start = self._run_start(words)
        is_word = source.kind is SourceKind.PERSON and words[start:] == [source.name] and start > 1
        is_office = self.no_articles and self._is_office(words)
        return is_word and is_office and self._is_organisation_word(" ".join(words[1:start]).lower())

    def _is_before_country(self, source: Source, head: str) -> bool:
        """Tell whether one word between an office and a country was read as its holder: "Pemimpin *Maois* Norlandia"."""
        is_word = source.kind is SourceKind.PERSON and " " not in source.name and self.no_articles
        office, _, country = head.partition(f" {source.name} ")
        return is_word and self._is_office(office.split()) and self._country_of(country) is not None

    def _office(self, printed: str) -> Source:
        """Return the unnamed holder of an office."""
        key = f"{SourceKind.PERSON}:{identity.fold(printed)}"
        return Source(identity.of("source", key), key, printed, SourceKind.PERSON, role=printed)

    def _after_short_name(self, head: list[str]) -> str | None:
        """Return the one word by which a speaker is called, after a body that ends in its short name: "Dewan Komisioner OJS Rudiman"."""
        is_told = (
            len(head) > 2 and head[-1] in self.called and not head[-1].isupper() and head[0].lower() in self.lexicon.words[WordClass.BODY]
        )
        return head[-1] if is_told and len(head[-2]) in EMPLOYER and head[-2].isupper() else None

    def _is_field(self, word: str) -> bool:
        """Tell whether a word is a noun for what an office is for, and nobody's name."""
        return is_field(word.lower(), self.lexicon) and word.lower() not in self.lexicon.words[WordClass.FORENAME]

    def _is_role(self, word: str) -> bool:
        return word.lower().rstrip(".") in self.lexicon.words[WordClass.ROLE]

    def _first_forename(self, run: list[str]) -> int:
        """Return where a common personal name stands first in a run by whose words nobody is called, before a further word; else 0."""
        if any(word in self.called for word in run):
            return 0
        names = self.lexicon.all(WordClass.FORENAME, WordClass.FAMILY, WordClass.GIVEN)
        known = [word.lower().rstrip(".") in names for word in run]
        # A single letter begins a name before another name only: "I Gusti …", not "Daeng M Faqih".
        return next((k for k, word in enumerate(run[:-1]) if known[k] and (known[k + 1] or len(word.rstrip(".")) > 1 or not k)), 0)

    def _is_affiliation(self, head: list[str], k: int) -> bool:
        word = head[k].lower().rstrip(".")
        words = self.lexicon.words
        if word == BRACKETS:
            return True
        if len(word) == 1 and 1 < k == len(head) - 2 and head[k - 1][0].isupper() and not self._is_affiliation(head, k - 1):
            return False  # "Menkum Yasin H Laoli"
        if any(word in words[kind] for kind in (WordClass.ROLE, WordClass.TITLE, WordClass.BODY, WordClass.UNIT, WordClass.PLACE)):
            return True
        known = self.registry.language(self.article.lang).words.get(identity.fold(word), ())
        if any(one.word_class in OFFICE_WORDS for one in known):
            return True
        pair = f"{head[k - 1]} {head[k]}".lower() if k else word
        if pair in words[WordClass.ROLE] or pair in words[WordClass.TITLE] or pair in words[WordClass.BODY]:
            return True
        return (len(word) >= 3 and head[k].isupper()) or head[k][0].isdigit() or (head[k][0].islower() and word not in PARTICLES)

    def _affiliation(self, run: list[str]) -> int:
        """Return how many words at the front of a run stand alone elsewhere in the article, as no given name does."""
        text = self.article.text
        given = self.lexicon.words[WordClass.GIVEN]
        for size in range(len(run) - 1, 0, -1):
            if run[size - 1].lower().rstrip(".") in given:
                continue
            prefix = " ".join(run[:size])
            if self._is_known_body(prefix) or self._is_known_body(run[size - 1]) or self._is_common(run[size - 1]):
                return size
            if size < 2:
                if self._is_worked_at(prefix, run[1]) or (len(run) > 2 and self._is_told_alone(prefix)):
                    return size
                continue
            for at in self._capitals(prefix):
                after = text[at + len(prefix) : at + len(prefix) + 2]
                if after[:1] in (",", ".", ";", ")", "") or (after[:1].isspace() and not after[1:2].isupper()):
                    return size
        return 0

    def _is_told_alone(self, word: str) -> bool:
        """Tell whether a word by which nobody is called stands alone elsewhere, as a club's name does: "bek Sena Budi Agus"."""
        text = self.article.text
        if not self.no_articles or word in self.called or word.lower() in self.lexicon.words[WordClass.FORENAME]:
            return False
        alone = [at for at in self._capitals(word) if re.match(r" [a-z]", text[at + len(word) : at + len(word) + 2])]
        return len(alone) > 1 and not any(self._is_role(text[:at].rsplit(maxsplit=1)[-1].lower()) for at in alone if text[:at].strip())

    def _is_worked_at(self, word: str, following: str) -> bool:
        """Tell whether one word of a run is a workplace: elsewhere it stands after "at" or the like, without the rest of the run."""
        text = self.article.text
        heads = self.lexicon.words[WordClass.BODY] | self.lexicon.words[WordClass.WORKPLACE]
        for at in self._capitals(word):
            end = at + len(word)
            if text[at - 1 : at] != " " or text[end : end + 1].isalnum() or text.startswith(following, end + 1):
                continue
            before = text[max(0, at - 21) : at - 1].split()
            if before and before[-1].lower() in heads:
                return True
        return False

    def _named(self, source: Source, name: str) -> Source:
        known = self.registry.named(name, self.article.lang)
        if known is not None:
            return replace(known, role=source.role)
        if source.role is None and (words := name.split()) and any(self._is_organisation_word(word) for word in (words[0], words[-1])):
            return self._organisation(name)
        key = f"{SourceKind.PERSON}:{identity.fold(name)}"
        return replace(
            source,
            id=identity.of("source", key),
            key=key,
            name=name,
            kind=SourceKind.PERSON,
            is_known=False,
            anonymous_type=None,
            count=None,
            anonymity_reason=None,
        )

    def _without_article(self, role: str) -> str:
        """Return an office without the article that stands before it, where offices before names have none: "the President of Norland"."""
        first, _, rest = role.partition(" ")
        is_article = self.article_descriptions and first.lower() in self.lexicon.words[WordClass.DEFINITE]
        return rest if is_article and " " in rest else role

    def _holder(self, role: str) -> str | None:
        """Return the name that follows `role` somewhere in the text: "Presiden Rusia" -> "Vladimir Putin"."""
        text = self.article.text
        last = LAST_WORD.search(role)
        if last is None:
            return None
        linked = self.lexicon.all(WordClass.PREPOSITION, WordClass.LOCATIVE)
        for begin in self._sites(BEFORE_CAPITAL, role, last[1], last.start()):
            if text[max(0, begin - 1) : begin].isalnum():
                continue
            rest = text[begin + len(role) : begin + len(role) + HOLDER_REACH]
            if self.apposed_titles and (apposed := APPOSED.match(rest)):
                rest = rest[apposed.end() :] if apposed[1] in self.lexicon.words[WordClass.TITLE] else ""  # ", ông Ana Field,"
            elif self.apposed_names and rest.startswith(", "):
                rest = rest[1:]  # "President of Norland, Ada Field,"
            elif not rest.startswith(" "):
                continue
            rest = rest.removeprefix(" ")
            ranked = self._ranked_name(rest)
            if ranked is not None:
                return ranked
            name: list[str] = []
            for word in rest.split()[:LONGEST_NAME]:
                bare = word.strip(",.;:()\"'“”")
                if not bare or not bare[0].isupper() or bare.lower() in linked:
                    break
                if not name and self.family_first and bare.lower() in self.lexicon.words[WordClass.BODY]:
                    break  # "các quan chức" is nobody though the text has "các quan chức Bộ An ninh"
                if not name and bare == word and bare.isupper() and self._country_of(bare) is not None:
                    continue  # "Presiden RI Arta Wirawan"
                name.append(bare)
                if bare != word:
                    break
            is_name = len(name) >= 2 and not (name[0].isupper() and len(name[0]) > 1)  # "Chủ tịch UBND TP": a body's
            if is_name and name[0].lower() not in self.lexicon.words[WordClass.TIME]:
                return " ".join(name)
        return None

    def _ranked_name(self, rest: str) -> str | None:
        """Return the name after the first rank in what follows an office, where nothing but its place stands before that rank."""
        words = BRACKETED.sub(" ", rest.partition("\n")[0]).split()
        titles = self.lexicon.words[WordClass.TITLE]
        for k in range(len(words)):
            if any(" ".join(words[k : k + size]).lower().rstrip(".") in titles for size in range(1, LONGEST_RANK + 1)):
                name = list(takewhile(lambda word: word[0].isupper() and word[-1] not in ",.;:", self._without_ranks(words[k:])))
                further = self._without_ranks(words[k:])[len(name) : len(name) + 1]
                name += [word.rstrip(",.;:") for word in further if word[0].isupper()]
                return " ".join(name) if 2 <= len(name) <= LONGEST_NAME else None
            if not words[k][0].isupper() or words[k][-1] in ".;:":
                return None
        return None


def is_syllable(word: str) -> bool:
    """Tell whether a word is one syllable: "Nguyễn", not "James"."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    return SYLLABLE.fullmatch(bare) is not None


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is a body's short name by its looks: capitals, more than initials and fewer than a name has."""
    return word.isupper() and word.isalpha() and len(word) in ABBREVIATED
