"""How sentences, quotations and cues are read, on a small lexicon and on the project's own."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.pipeline import seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing import cues, sentences
from sumber.sourcing.cues.frames import Part
from sumber.sourcing.lexicons import Cue, CueClass, Lexicon, Order, WordClass, build, join
from sumber.sourcing.model import Article, Block, BlockRole, Span

SAID = Cue(("said",), CueClass.SPEECH, frozenset({Order.SVC, Order.CVS, Order.CSV}), confidence=0.9)
SMALL = build("en", [SAID], [("that", WordClass.COMPLEMENTISER), ("prime minister", WordClass.ROLE), ("mr", WordClass.ABBREVIATION)])


@pytest.fixture(scope="module")
def loaded() -> seeds.Seeds:
    return seeds.load(Settings().seeds)


def article(text: str, lang: str = "en") -> Article:
    """An article in which every line is a paragraph of the body."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(start, start + len(line)), BlockRole.BODY))
        start += len(line) + 1
    return Article(1, 1, text, lang, tuple(blocks), published_at=datetime(2024, 3, 5, tzinfo=UTC))


def sentences_of(text: str, lexicon: Lexicon = SMALL) -> list[str]:
    reading = sentences.read(article(text, lexicon.lang), lexicon)
    return [reading.slice(one.start, one.end) for one in reading.sentences]


def quotations_of(text: str) -> list[str]:
    reading = sentences.read(article(text), SMALL)
    return [reading.slice(first, last) for first, last in reading.quotations]


# --- sentences and quotations


def test_a_full_stop_after_an_abbreviation_or_an_initial_ends_nothing() -> None:
    assert sentences_of("He met Mr. Reeve and J. Field. They left.") == ["He met Mr. Reeve and J. Field.", "They left."]


def test_a_quotation_is_not_split_and_keeps_its_tag() -> None:
    assert sentences_of("“Why not? We are here.” Ana Field said. It rained.") == ["“Why not? We are here.” Ana Field said.", "It rained."]


def test_a_gap_in_a_scraped_line_ends_a_sentence() -> None:
    assert sentences_of("More on this  The mayor left") == ["More on this", "The mayor left"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “a b c” twice.", ["“a b c”"]),
        ("He said ”a b c” and ”d e f”.", ["”a b c”", "”d e f”"]),
        ("„a b c“ sagte er.", ["„a b c“"]),
        ("« a b c » a-t-il dit.", ["« a b c »"]),
        ('He said " a b c " twice.', ['" a b c "']),
        ('A 5" pipe and a 6" pipe.', []),
        ('He said "a b c and left.\nThen "d e f" came.', ['"a b c and left.', '"d e f"']),
        ('"a b c.\n"d e f," she said.', ['"a b c.', '"d e f,"']),
    ],
)
def test_marks_are_paired_by_what_stands_beside_them(text: str, found: list[str]) -> None:
    assert quotations_of(text) == found


def test_letters_written_in_parts_are_read_like_whole_ones_and_keep_their_punctuation() -> None:
    text = "“Caf\u00e9, b\u00e1r?” Ren\u00e9 said. It rained."
    whole, parts = (sentences.read(article(unicodedata.normalize(form, text)), SMALL) for form in ("NFC", "NFD"))
    assert whole.low == parts.low
    assert whole.quotations == parts.quotations
    assert [parts.slice(one.start, one.end) for one in parts.sentences] == [
        unicodedata.normalize("NFD", whole.slice(one.start, one.end)) for one in whole.sentences
    ]


def test_phrases_are_one_token_in_texts_and_cues() -> None:
    reading = sentences.read(article("The Prime Minister said so."), SMALL)
    assert reading.low == ["the", "prime minister", "said", "so", "."]
    assert reading.slice(1, 2) == "Prime Minister"
    assert join(("x", "prime", "minister", "y"), SMALL.phrases) == ("x", "prime minister", "y")


# --- cues


def matches(text: str, lang: str, loaded: seeds.Seeds) -> tuple[cues.CueMatch, ...]:
    return cues.find(article(text, lang), loaded.lexicons[lang], loaded.registry)


def test_a_match_names_its_rule_cue_and_speaker(loaded: seeds.Seeds) -> None:
    text = "Wali Kota Rina Hartati mengatakan pada Senin bahwa jembatan dibuka."
    (match,) = matches(text, "id", loaded)
    assert match.rule == "speaker-cue-content-that"
    assert [span.of(text) for span in match.content] == ["jembatan dibuka"]
    assert [span.of(text) for span in match.cue] == ["mengatakan pada Senin bahwa"]
    assert [(one.part, one.span.of(text)) for one in match.mentions] == [(Part.SPEAKER, "Wali Kota Rina Hartati")]


def test_relays_stand_after_the_speaker_from_the_inside_out(loaded: seeds.Seeds) -> None:
    text = "“Kami siap,” kata Andi Wijaya, dikutip Kabar Selat dari Reuters."
    (match,) = matches(text, "id", loaded)
    assert [(one.part, one.span.of(text)) for one in match.mentions] == [
        (Part.SPEAKER, "Andi Wijaya"),
        (Part.SUPPLIER, "Reuters"),
        (Part.RELAYER, "Kabar Selat"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The claim that the road was closed is old news here."),
        ("en", "He wanted to say that the road was closed."),
        ("id", "Mereka datang untuk mengatakan bahwa jalan ditutup."),
        ("vi", "Theo kế hoạch, con đường sẽ được sửa trong tháng tới."),
    ],
)
def test_constructions_in_which_a_cue_reports_nothing(lang: str, text: str, loaded: seeds.Seeds) -> None:
    assert not [match for match in matches(text, lang, loaded) if match.mentions and "that" in match.rule]


SPOKEN = """said saying as kata katanya menurut according to dikutip dari theo sagte Budi Reuters ông cho biết he itu yang bahwa that citing
“ ” " 」 . , : - ( ) İ ß 😀"""
WORDS = st.sampled_from([*SPOKEN.split(), "\n", "\u202e", "\ud83d"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from(["id", "en", "vi", "de"]), st.booleans())
def test_any_text_is_read_and_every_span_lies_inside(loaded: seeds.Seeds, words: list[str], lang: str, spaced: bool) -> None:
    text = (" " if spaced else "").join(words)
    for match in cues.find(article(text, lang), loaded.lexicons[lang], loaded.registry):
        for span in (*match.content, *match.cue, *match.hedges, *(one.span for one in match.mentions)):
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("unit", ["said ", "“", '"a said b"\n', "X, said, ", "kata X, ", "yang ", ". ", "("])
def test_the_work_grows_with_the_length(unit: str, loaded: seeds.Seeds, work: Callable[[Callable[[], object]], int]) -> None:
    def steps(size: int) -> int:
        read = article(unit * (size // len(unit)), "id" if "kata" in unit or "yang" in unit else "en")
        return work(lambda: cues.find(read, loaded.lexicons["en"], loaded.registry))

    steps(100)  # what is built once
    # Linear work takes four times as many steps on four times the text; the square would take sixteen.
    assert steps(16_000) < 5 * steps(4_000)


@pytest.mark.parametrize(
    ("lang", "unit"), [("zh", "“好”说"), ("zh", "他说：“好”。"), ("zh", "“好”说\n"), ("zh", "据，"), ("ja", "「好」と述べた。")]
)
def test_the_work_on_words_that_are_not_set_apart_grows_with_the_length(
    lang: str, unit: str, loaded: seeds.Seeds, work: Callable[[Callable[[], object]], int]
) -> None:
    def steps(size: int) -> int:
        read = article(unit * (size // len(unit)), lang)
        return work(lambda: cues.find(read, loaded.lexicons[lang], loaded.registry))

    steps(100)  # what is built once
    assert steps(8_000) < 5 * steps(2_000)


def test_letters_written_in_parts_leave_punctuation_alone() -> None:
    """One letter with a separate mark anywhere must not cost the text its commas and full stops."""
    text = "Jose\u0301 spoke, then left. (So did Ada.)"
    assert sentences.DECOMPOSED.findall(text) == ["Jose\u0301", "spoke", ",", "then", "left", ".", "(", "So", "did", "Ada", ".", ")"]
