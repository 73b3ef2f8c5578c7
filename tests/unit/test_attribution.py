"""Hops, context and coreference inside one article."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.pipeline import seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing import attribution, coreference, sentences
from sumber.sourcing.coreference.bodies import CAPITAL, SHORT
from sumber.sourcing.coreference.names import BEFORE_CAPITAL
from sumber.sourcing.model import (
    Appearance,
    Article,
    Block,
    BlockRole,
    Credit,
    CreditRole,
    Form,
    HopRelation,
    Operator,
    Origin,
    Scope,
    Source,
    SourceKind,
    Span,
)


@pytest.fixture(scope="module")
def loaded() -> seeds.Seeds:
    return seeds.load(Settings().seeds)


def article(text: str, lang: str = "id", credits: tuple[Credit, ...] = ()) -> Article:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(start, start + len(line)), BlockRole.BODY))
        start += len(line) + 1
    return Article(7, 7, text, lang, tuple(blocks), credits=credits, published_at=datetime(2024, 3, 5, tzinfo=UTC))


def resolved(loaded: seeds.Seeds, text: str, lang: str = "id", credits: tuple[Credit, ...] = ()) -> tuple[Appearance, ...]:
    return attribution.resolve(article(text, lang, credits), loaded.registry, loaded.lexicons)[0]


def names(appearance: Appearance, branch: int = 0) -> list[str]:
    return [hop.source.name for hop in appearance.branch(branch)]


CREDITS = (
    Credit(CreditRole.AGENCY, "Reuters", None, Origin.CREDIT_LINE),
    Credit(CreditRole.OUTLET, "Kabar Selat", None, Origin.OUTLET),
)


def test_byline_stands_for_an_outlet_that_the_page_lost(loaded: seeds.Seeds) -> None:
    byline = Credit(CreditRole.BYLINE, "Rina Sato", None, Origin.BYLINE)
    agency, outlet = CREDITS
    lost = resolved(loaded, "Menteri Ida Lestari mengatakan pelabuhan dibuka kembali besok.", credits=(byline, agency))[0]
    assert names(lost) == ["Rina Sato", "Reuters", "Ida Lestari"]
    assert (lost.attributions[0].origin, lost.attributions[0].source.kind) == (Origin.BYLINE, SourceKind.PERSON)
    whole = resolved(loaded, "Menteri Ida Lestari mengatakan pelabuhan dibuka kembali besok.", credits=(outlet, byline, agency))[0]
    assert names(whole) == ["Kabar Selat", "Reuters", "Ida Lestari"]
    alone = resolved(loaded, "Menteri Ida Lestari mengatakan pelabuhan dibuka kembali besok.", credits=(byline,))[0]
    assert names(alone) == ["Ida Lestari"]  # the page's own reporter is no stage of the way


def test_credits_come_first_and_hold_for_the_article(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "Menteri Ratna Wulan mengatakan bahwa pelabuhan dibuka.", credits=CREDITS)
    assert names(one) == ["Kabar Selat", "Reuters", "Ratna Wulan"]
    assert [(hop.hop, hop.scope, hop.origin, hop.relation) for hop in one.attributions] == [
        (0, Scope.ARTICLE, Origin.OUTLET, HopRelation.PUBLISHES),
        (1, Scope.ARTICLE, Origin.CREDIT_LINE, HopRelation.SUPPLIED_BY),
        (2, Scope.SPAN, Origin.TEXT, HopRelation.TOLD),
    ]


def test_a_line_that_repeats_another_is_one_appearance(loaded: seeds.Seeds) -> None:
    line = "Menteri Ida Lestari mengatakan bahwa pelabuhan dibuka kembali besok."
    (one,) = resolved(loaded, f"{line}\nKapal pertama tiba pada pagi hari.\n{line}")
    assert one.content[0].end < len(line)


def test_an_outlet_that_relays_itself_is_one_node(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "“Kami siap,” kata Ratna Wulan, dikutip Kabar Selat dari Reuters.", credits=CREDITS)
    assert names(one) == ["Kabar Selat", "Reuters", "Ratna Wulan"]


def test_joint_speakers_are_branches_with_an_operator(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "Jepang dan Korea Selatan menyatakan bahwa latihan laut digelar setiap tahun.")
    assert one.operator is Operator.JOINTLY
    assert [names(one, 0), names(one, 1)] == [["Japan"], ["South Korea"]]


def test_a_report_that_ends_at_an_outlet_goes_on_to_the_unnamed_source_that_it_cites(loaded: seeds.Seeds) -> None:
    text = (
        "Reuters mengutip sumber intelijen Jepang yang mengatakan bahwa kapal itu tenggelam.\nReuters melaporkan bahwa awak kapal selamat."
    )
    first, second = resolved(loaded, text)
    assert names(first) == names(second) == ["Reuters", "sumber intelijen Jepang"]
    assert second.attributions[-1].origin is Origin.CONTEXT


def test_a_relay_holds_for_the_same_speaker_next_to_it(loaded: seeds.Seeds) -> None:
    text = "“Kami siap,” kata Andi Wijaya, dikutip Interfax.\nAndi mengatakan bahwa kapal berangkat besok."
    first, second = resolved(loaded, text)
    assert names(first) == names(second) == ["Interfax", "Andi Wijaya"]
    assert second.attributions[0].origin is Origin.CONTEXT


def test_a_quotation_alone_goes_on_with_its_speaker(loaded: seeds.Seeds) -> None:
    _, second = resolved(loaded, "“Kami siap,” kata Andi Wijaya.\n“Kapal berangkat besok pagi dari dermaga dua.”")
    assert second.form is Form.CARRIED_OVER
    assert names(second) == ["Andi Wijaya"]


def test_a_name_is_told_from_office_and_town(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "Kepala Dinas Perhubungan Kota Bogor Made Rai Santosa mengatakan bahwa jalan ditutup.")
    source = one.attributions[-1].source
    assert source.name == "Made Rai Santosa"
    assert source.role


def test_an_office_has_the_name_after_it_elsewhere_as_whole_words_only(loaded: seeds.Seeds) -> None:
    said = "Kepala desa mengatakan bahwa jalan ditutup."
    assert names(resolved(loaded, f"Kepala desa Made Rai datang.\n{said}")[0]) == ["Made Rai"]
    assert names(resolved(loaded, f"SubKepala desa Made Rai datang.\n{said}")[0]) == ["Kepala desa"]


@pytest.mark.parametrize("pronoun", ["Ia", "Dia"])
def test_a_pronoun_means_the_person_with_whom_the_sentence_before_begins(pronoun: str, loaded: seeds.Seeds) -> None:
    text = f"Ratna Wulan mengatakan bahwa air surut. Andi Wijaya datang. {pronoun} menambahkan bahwa kapal aman. Andi Wijaya lega."
    assert names(resolved(loaded, text)[1]) == ["Andi Wijaya"]


def test_a_pronoun_means_nobody_named_behind_all_sentences(loaded: seeds.Seeds) -> None:
    read = article("Kartika Sari tiba di Sena. Ia mengatakan bahwa air surut.\nJoko Widodo")
    credit = replace(read.blocks[-1], role=BlockRole.CREDIT_LINE)
    (one,), _ = attribution.resolve(replace(read, blocks=(*read.blocks[:-1], credit)), loaded.registry, loaded.lexicons)
    assert names(one) == ["Kartika Sari"]


@pytest.mark.parametrize("lang, text", [("vi", "Norland từ chối bình luận"), ("id", "Rina Hartati melaporkan artikel lama")])
def test_a_text_may_end_in_its_cue(lang: str, text: str, loaded: seeds.Seeds) -> None:
    assert resolved(loaded, text, lang) == resolved(loaded, f"{text}.", lang)


def test_nobody_to_point_at_is_kept_and_marked_vague(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "Dia mengatakan bahwa kapal berangkat besok pagi.")
    assert one.attributions[-1].source.is_vague


def test_a_person_told_from_the_office_before_the_name_is_not_the_registry_s(loaded: seeds.Seeds) -> None:
    """The office's body is in the registry; who holds the office is not, and as a private person gets no score."""
    (one,) = resolved(loaded, "Komisioner Ombudsman RI Sari Wulandari menegaskan, pemerintah memiliki tanggung jawab besar.")
    (end,) = one.attributions
    assert (end.source.name, end.source.is_known) == ("Sari Wulandari", False)


def test_the_same_article_gives_the_same_appearances(loaded: seeds.Seeds) -> None:
    text = "“Kami siap,” kata Andi Wijaya, dikutip Interfax.\nJepang dan Korea Selatan menyatakan bahwa latihan digelar."
    assert resolved(loaded, text) == resolved(loaded, text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["id", "en", "vi", "de", "xx"]))
def test_no_text_raises_and_hops_are_numbered_without_gaps(loaded: seeds.Seeds, text: str, lang: str) -> None:
    for one in resolved(loaded, text, lang, CREDITS):
        for span in one.content:
            assert 0 <= span.start < span.end <= len(text)
        for branch in {hop.branch for hop in one.attributions}:
            assert [hop.hop for hop in one.branch(branch)] == list(range(len(one.branch(branch))))


PIECES = st.sampled_from(
    [
        *("Captain", "Ada Brook", "Reuters", "AFP", "said", "told", "that", "according to", "citing", "reportedly", "he", "the minister"),
        *("Menteri", "Budi Rai", "kata", "katanya", "dikutip", "dari", "bahwa", "menurut", "dikabarkan", "itu", "theo", "ông", "cho biết"),
        *("sagte", "habe", "он", "заявил", "что", "他说", "据", "报道", "と述べた", "에 따르면", "وقال", "“", "”", '"', "„", "「", "」"),
        *(",", ".", ":", "(", ")", "-", "/", "\n", " ", "  ", "©", "๛", "ͺ", "\u0301", "\u202e", "\ud800", "İ", "3 March 2024", "Sumber:"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=12), max_size=50),
    st.sampled_from(["", " "]),
    st.sampled_from(["id", "en", "vi", "de", "fr", "ru", "zh", "ja", "ko", "ar", "xx"]),
)
def test_spans_of_any_text_lie_inside_it_and_hold_something(loaded: seeds.Seeds, pieces: list[str], space: str, lang: str) -> None:
    text = space.join(pieces)
    for one in resolved(loaded, text, lang, CREDITS):
        assert list(one.content) == sorted(one.content)
        mentions = [hop.mention for hop in one.attributions if hop.mention is not None]
        for span in (*one.content, *one.hedges, *mentions, *(span for hop in one.attributions for span in hop.cue)):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == text[span.start : span.end] and not span.of(text).isspace()
        assert all(hop.source.name for hop in one.attributions)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'The newspaper "Harbour" announced'),
        ("en", "Captain Ada Brook said from Sena where she was at a meeting:"),
        ("fr", "« Le pont est fermé », a souligné"),
        ("vi", "Ông Nam lên án vụ tấn công;"),
        ("es", "El alcalde Juan Prado dijo que el puerto abre. Añadió que ."),
        ("ja", "港は三日に開く。「橋は直した」と山川市長は述べ"),
    ],
)
def test_a_text_may_end_inside_any_construction(loaded: seeds.Seeds, lang: str, text: str) -> None:
    """Scraped texts are cut off anywhere; here right behind a cue, a comma, a colon, and inside a word without spaces."""
    for end in range(1, len(text) + 1):
        for one in resolved(loaded, text[:end], lang):
            assert all(0 <= span.start < span.end <= end for span in one.content)


def test_a_quotation_mark_is_nobody(loaded: seeds.Seeds) -> None:
    assert resolved(loaded, "© according to “", "xx", CREDITS) == ()


def test_a_name_of_signs_only_is_kept(loaded: seeds.Seeds) -> None:
    (one,) = resolved(loaded, "Captain ๛ said that the road was closed.", "en")
    assert names(one) == ["๛"]
    (one,) = resolved(loaded, "🅰 🅱 left. Captain ๛ said that the road was closed.", "en")
    assert names(one) == ["๛"]


def test_a_sign_that_folds_to_several_words_costs_no_more_than_others(
    loaded: seeds.Seeds, work: Callable[[Callable[[], object]], int]
) -> None:
    def steps(count: int) -> int:
        read = article(f"Ada B{'ͺ' * count} said that it was good.", "en")
        return work(lambda: attribution.resolve(read, loaded.registry, loaded.lexicons))

    steps(2)  # what is built once
    assert steps(4000) < 5 * steps(1000)


def test_a_page_of_credits_is_not_repeated_for_each_passage(loaded: seeds.Seeds) -> None:
    credits = tuple(Credit(CreditRole.AGENCY, f"Q{number} News", None, Origin.CREDIT_LINE) for number in range(1000))
    (one,) = resolved(loaded, "Menteri Ratna Wulan mengatakan bahwa pelabuhan dibuka.", credits=credits)
    assert len(one.attributions) <= 2 * attribution.MOST_CREDITS


def many(unit: str, count: int) -> str:
    """Repeat a sentence with another name each time: "@" stands for it."""
    alphabet = "abdegiklmnoprstu"
    return "\n".join(
        unit.replace("@", "Q" + "".join(alphabet[number >> shift & 15] for shift in (8, 4, 0)) + "q") for number in range(count)
    )


@pytest.mark.parametrize(
    "lang, unit",
    [
        ("en", "Ada Brook told AFP that @ was good. Ada Brook said that @ was bad."),
        ("en", "@ Brook, 62, a clerk from Elmer, said that it was good. The 62-year-old said that it was bad. The clerk said so."),
        ("en", "@ Lines, a ferry firm, has moved its ships. The firm said that it was good. @ said it would sail."),
        ("id", "@ Brook mengatakan bahwa itu baik, seperti dikutip Rai @."),
        ("id", "Menteri @ mengatakan bahwa itu baik."),
        ("id", "@ Brook, S.H., M.H., mengatakan bahwa itu baik."),
        ("id", "Direktur @ @ Budi Santoso mengatakan bahwa itu baik."),
        ("vi", "Bộ trưởng @ cho biết việc đó tốt."),
    ],
)
def test_the_work_of_resolving_grows_with_the_length(
    lang: str, unit: str, loaded: seeds.Seeds, work: Callable[[Callable[[], object]], int]
) -> None:
    def steps(count: int) -> int:
        read = article(many(unit, count), lang)
        return work(lambda: attribution.resolve(read, loaded.registry, loaded.lexicons))

    steps(2)  # what is built once
    assert steps(160) < 4 * steps(40)  # four times the text; what is done once for each article makes it a little less


def test_a_description_is_resolved_without_asking_all_who_spoke(loaded: seeds.Seeds, work: Callable[[Callable[[], object]], int]) -> None:
    text = "The minister said that it was good."
    read, lexicon = article(text, "en"), loaded.lexicons["en"]

    def steps(speakers: int) -> int:
        people = coreference.cast(read, lexicon, loaded.registry, sentences.read(read, lexicon), ())
        for number in range(speakers):
            people.speaks(Source(number, f"person:{number}", f"Q{number}", SourceKind.PERSON))
        return work(lambda: people.sources(Span(0, len("The minister"))))

    steps(1)  # what is built once
    assert steps(1000) == steps(10)


@pytest.mark.parametrize("pattern", [CAPITAL, BEFORE_CAPITAL])
def test_a_short_text_is_searched_for_the_places_that_an_index_of_a_long_one_has(pattern: re.Pattern[str], loaded: seeds.Seeds) -> None:
    text = "Mayor Ada Brook, of Ada, met Adam. The mayor, Bo Holt, saw Mayor (Ada) and Vice-Mayor Ada Brook; ex_Mayor Ada, mayor Ada."
    found = 0
    for phrase, at in (("Ada", 0), ("Ada Brook", 0), ("Mayor", 0), ("The mayor", 4), ("Vice-Mayor", 5), ("mayor", 0)):
        word = re.compile(r"\w+").match(phrase, at)
        places = []
        for printed in (text, text + " " * SHORT):
            read, lexicon = article(printed, "en"), loaded.lexicons["en"]
            people = coreference.cast(read, lexicon, loaded.registry, sentences.read(read, lexicon), ())
            places.append(people._sites(pattern, phrase, word[0] if word else "", at))
        assert places[0] == places[1]
        found += len(places[0])
    assert found > 4


def test_a_headline_in_title_case_names_nobody(loaded: seeds.Seeds) -> None:
    title = "Walikota Terima Undangan Rendra Wijaya ke Karang"
    body = "Rendra Wijaya tiba di Karang. Wijaya mengatakan bahwa dermaga itu aman."
    text = f"{title}\n{body}"
    blocks = (Block(Span(0, len(title)), BlockRole.HEADLINE), Block(Span(len(title) + 1, len(text)), BlockRole.BODY))
    found, _ = attribution.resolve(replace(article(text, "id"), blocks=blocks), loaded.registry, loaded.lexicons)
    assert [one.attributions[-1].source.name for one in found] == ["Rendra Wijaya"]
