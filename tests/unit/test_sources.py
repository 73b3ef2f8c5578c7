from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.pipeline import seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing.model import AnonymousType, RelationKind, SourceKind, SourceRelation
from sumber.sourcing.sources import Alias, Context, Record, Registry, is_source_like, resolve, resolve_all

IN_2023 = datetime(2023, 9, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return seeds.registry(Settings().seeds)


def found(registry: Registry, text: str, lang: str) -> list[tuple[str, str]]:
    return [(hit.span.of(text), hit.key) for hit in registry.find(text, lang)]


def registry_of(*aliases: Alias) -> Registry:
    return Registry([Record(key, key, SourceKind.OUTLET) for key in sorted({alias.source for alias in aliases})], aliases)


def alias(source: str, text: str, *contexts: Context, langs: tuple[str, ...] = ()) -> Alias:
    return Alias(source, text, frozenset(langs), frozenset(contexts))


# --- names in running text


def test_the_longest_name_wins_and_hits_never_overlap() -> None:
    registry = registry_of(alias("short", "Kabar Selat"), alias("long", "Kabar Selat Pagi"))
    assert found(registry, "Menurut Kabar Selat Pagi, dan Kabar Selat.", "id") == [("Kabar Selat Pagi", "long"), ("Kabar Selat", "short")]


@pytest.mark.parametrize("text", ["Reutersville", "preReuters", "@Reuters", "#Reuters", "reuters.example", "Reuters_photo"])
def test_a_part_of_a_longer_word_handle_or_domain_is_no_name(registry: Registry, text: str) -> None:
    assert found(registry, f"kata {text} hari ini", "id") == []


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("ja", "ロイター通信によると、雨が降った。", "reuters"),
        ("zh", "据新华社报道，港口重新开放。", "xinhua"),
        ("ko", "연합뉴스는 항구가 열렸다고 전했다.", "yonhap"),
        ("ru", "Об этом сообщил ТАСС.", "tass"),
        ("ar", "وقالت رويترز إن الميناء أعيد فتحه", "reuters"),
        ("ar", "لرويترز", "reuters"),
        ("vi", "Theo TTXVN, cảng đã mở cửa lại.", "vna"),
        ("de", "Das meldete die Nachrichtenagentur dpa.", "dpa"),
    ],
)
def test_names_are_found_in_every_script(registry: Registry, lang: str, text: str, key: str) -> None:
    assert [name for _, name in found(registry, text, lang)] == [key]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("id", "perbedaan antara dua kapal", []),
        ("id", "Antara dua kapal itu ada beda.", []),
        ("id", "kata dia kepada Antara, kemarin", [("Antara", "antara")]),
        ("id", "JAKARTA, KOTA - Hujan turun (Antara)", [("Antara", "antara")]),
        ("id", "tempo hari ia datang", []),
        ("id", "dikutip dari Tempo, kapal itu", [("Tempo", "tempo")]),
        ("en", "as the ship left us, who knew", []),
        ("en", "he told AP by phone", [("AP", "ap")]),
        ("en", "Good Times ahead", []),
        ("en", "The New York Times was first. The Times said so.", [("The New York Times", "new-york-times"), ("Times", "new-york-times")]),
        ("id", "kubu pro-Moskow menang", []),
        ("vi", "Anh nói rằng tàu đã đi", []),
        ("vi", "chính phủ Anh nói rằng tàu đã đi", [("Anh", "gov-gb")]),
        ("vi", "bà Nga nói", []),
        ("en", "Michael Jordan said", []),
    ],
)
def test_ambiguous_names_need_their_context(registry: Registry, lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    hits = found(registry, text, lang)
    assert [hit for hit in hits if not hit[1].startswith("gov-id")][: len(expected) or None] == expected or hits == expected


def test_capitals_only_names_match_in_capitals_only() -> None:
    registry = registry_of(alias("as", "AS"), alias("pos", "Kabar Pos"), alias("web", "kabarpos.example"))
    assert found(registry, "AS As as KABAR POS kabar pos Kabar pos Kabarpos.example", "id") == [
        ("AS", "as"),
        ("KABAR POS", "pos"),
        ("Kabarpos.example", "web"),
    ]


def test_an_alias_counts_only_in_its_languages() -> None:
    registry = registry_of(alias("as", "AS", langs=("id",)))
    assert found(registry, "AS", "id") and not found(registry, "AS", "en")


def test_offsets_hold_in_decomposed_text(registry: Registry) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Tờ Tuổi Trẻ dẫn lời Việt Nam")
    spans = [hit.span.of(text) for hit in registry.find(text, "vi")]
    assert [unicodedata.normalize("NFC", span) for span in spans] == ["Tuổi Trẻ", "Việt Nam"]


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["id", "en", "vi", "ja", "ko", "ar", "xx"]))
def test_any_text_gives_ordered_hits_inside_it(registry: Registry, text: str, lang: str) -> None:
    position = 0
    for hit in registry.find(f"{text} Reuters {text}", lang):
        assert position <= hit.span.start < hit.span.end <= 2 * len(text) + 9
        position = hit.span.end


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=120), st.sampled_from(["id", "en", "vi", "ja", "ko", "ar", "xx"]))
def test_any_mention_resolves_the_same_way_twice(registry: Registry, text: str, lang: str) -> None:
    once = resolve_all(text, lang, registry, "story")
    assert once and once == resolve_all(text, lang, registry, "story")


def test_work_grows_with_length_only(registry: Registry, work: Callable[[Callable[[], object]], int]) -> None:
    sentence = "Hanna Trump said AP told Reuters that US, (AFP) and Antara News left. "
    assert len(registry.find(sentence * 500, "en")) == 500 * len(registry.find(sentence, "en"))
    once = work(lambda: registry.find(sentence * 50, "en"))
    assert work(lambda: registry.find(sentence * 200, "en")) < 5 * once


# --- mentions


@pytest.mark.parametrize(
    ("lang", "mention", "name", "role"),
    [
        ("id", "Menteri Pertahanan Rusia Sergey Shoigu", "Sergei Shoigu", "Menteri Pertahanan Rusia"),
        ("id", "Perdana Menteri Han Duck Soo", "Han Duck-soo", "Perdana Menteri"),
        ("id", "Juru bicara keamanan nasional Gedung Putih, John Kirby", "John Kirby", "Juru bicara keamanan nasional Gedung Putih"),
        ("id", "Rina Sutanto, profesor kelautan di Universitas Samudra", "Rina Sutanto", "profesor kelautan di Universitas Samudra"),
        ("id", "Kapolsek Pulau Anyar Kompol Made Wirata", "Made Wirata", "Kapolsek Pulau Anyar Kompol"),
        ("id", "seorang nelayan bernama Yusuf Lating", "Yusuf Lating", "seorang nelayan bernama"),
        ("en", "Foreign Ministry spokesman Teodor Vance", "Teodor Vance", "Foreign Ministry spokesman"),
        ("en", "Ada Brook, a spokesman for the harbour authority", "Ada Brook", "a spokesman for the harbour authority"),
        ("en", "Norland's fisheries minister Jon Aske", "Jon Aske", "Norland's fisheries minister"),
        ("en", "Mr Aske", "Aske", "Mr"),
        ("vi", "Tổng thống Mỹ Donald Trump", "Donald Trump", "Tổng thống Mỹ"),
        ("vi", "Bộ trưởng Quốc phòng Nga Sergei Shoigu", "Sergei Shoigu", "Bộ trưởng Quốc phòng Nga"),
        ("en", "Hanna Trump, who spoke at the White House", "Hanna Trump", "who spoke at the White House"),
        ("de", "Provinzgouverneurin Ada Brook", "Ada Brook", "Provinzgouverneurin"),
        ("ja", "ロシアのペスコフ報道官", "Dmitry Peskov", "ロシアの, 報道官"),
        ("ko", "러시아 국방장관 세르게이 쇼이구", "Sergei Shoigu", "러시아 국방장관"),
        ("ru", "министр обороны России Сергей Шойгу", "Sergei Shoigu", "министр обороны России"),
        ("ar", "وزير الدفاع الروسي سيرغي شويغو", "Sergei Shoigu", "وزير الدفاع الروسي"),
        ("vi", "ông Trần Văn Biển, giám đốc cảng", "Trần Văn Biển", "ông, giám đốc cảng"),
        ("vi", "Phó thủ tướng Lý Đức Hải", "Lý Đức Hải", "Phó thủ tướng"),
        ("vi", "luật sư Trần Văn Biển của ông Lâm", "Trần Văn Biển", "luật sư, của ông Lâm"),
        ("vi", "cố vấn của bà Hương , ông Trần Văn Biển", "Trần Văn Biển", "cố vấn của bà Hương , ông"),
    ],
)
def test_people_are_told_apart_from_role_and_affiliation(registry: Registry, lang: str, mention: str, name: str, role: str) -> None:
    source = resolve(mention, lang, registry, "story", IN_2023)
    assert (source.kind, source.name, source.role) == (SourceKind.PERSON, name, role)


@pytest.mark.parametrize(
    ("lang", "mention", "anonymous_type", "country", "count"),
    [
        ("id", "sumber intelijen Korea Selatan", AnonymousType.INTELLIGENCE, "KR", None),
        ("id", "seorang pejabat keamanan Irak", AnonymousType.OFFICIAL, "IQ", 1),
        ("id", "Para pejabat Rusia", AnonymousType.OFFICIAL, "RU", None),
        ("id", "tiga orang saksi mata", AnonymousType.WITNESS, None, 3),
        ("en", "two senior US officials familiar with the matter", AnonymousType.OFFICIAL, "US", 2),
        ("en", "a diplomat", AnonymousType.DIPLOMAT, None, None),
        ("en", "analysts", AnonymousType.EXPERT, None, None),
        ("vi", "một quan chức an ninh cấp cao của Malaysia", AnonymousType.OFFICIAL, "MY", 1),
        ("vi", "một nguồn tin", AnonymousType.INSIDER, None, 1),
    ],
)
def test_unnamed_sources_are_typed(
    registry: Registry, lang: str, mention: str, anonymous_type: AnonymousType, country: str | None, count: int | None
) -> None:
    source = resolve(mention, lang, registry, "story")
    assert (source.kind, source.anonymous_type, source.country, source.count) == (SourceKind.ANONYMOUS, anonymous_type, country, count)


@pytest.mark.parametrize(
    ("lang", "mention"),
    [
        ("id", "para pejabat Trump"),
        ("id", "mantan istri Budi Laut itu"),
        ("id", "beberapa pemimpin agama Kristen"),
        ("id", "para pemegang saham Samudra"),
        ("vi", "cố vấn kinh tế của tổng thống Trump"),
        ("en", "Armed with a net, the fisherman"),
    ],
)
def test_whoever_is_only_named_to_describe_others_is_not_the_source(registry: Registry, lang: str, mention: str) -> None:
    source = resolve(mention, lang, registry, "story")
    assert (source.kind, source.name) == (SourceKind.ANONYMOUS, mention)


@pytest.mark.parametrize(
    ("lang", "mention", "expected"),
    [
        ("id", "kecewa", False),
        ("id", "turun ke jalan", False),
        ("id", "kabar tentang Gedung Putih", False),
        ("id", "Pengisian gudang", False),
        ("id", "Dinas PU", True),
        ("id", "Rina", True),
        ("vi", "hai yếu", False),
        ("vi", "cơ quan khí tượng", True),
        ("en", "absolutely necessary", False),
        ("en", "the temperatures in London", False),
        ("en", "the harbour authorities of Norland", True),
    ],
)
def test_a_mention_without_any_word_for_a_source_is_recognised(registry: Registry, lang: str, mention: str, expected: bool) -> None:
    assert is_source_like(mention, lang, registry) is expected


def test_unnamed_groups_of_two_stories_are_never_one(registry: Registry) -> None:
    assert resolve("a diplomat", "en", registry, "one").id != resolve("a diplomat", "en", registry, "two").id


def test_why_a_source_is_unnamed_is_kept_as_printed(registry: Registry) -> None:
    inside = resolve("an official who spoke on condition of anonymity", "en", registry, "story")
    around = resolve("an official", "en", registry, "story", reason="not cleared to speak")
    assert (inside.anonymity_reason, around.anonymity_reason) == ("on condition of anonymity", "not cleared to speak")


@pytest.mark.parametrize(
    ("lang", "mention", "kind", "name"),
    [
        ("id", "Dinas PU", SourceKind.ORGANISATION, "Dinas PU"),
        ("en", "Bloomberg Mariners Index", SourceKind.ORGANISATION, "Bloomberg Mariners Index"),
        ("en", "The Australian firm", SourceKind.ORGANISATION, "The Australian firm"),
        ("en", "Ms Brook's team", SourceKind.ORGANISATION, "Ms Brook's team"),
        ("vi", "Cơ quan khảo sát biển", SourceKind.ORGANISATION, "Cơ quan khảo sát biển"),
        ("id", "Moskow", SourceKind.GOVERNMENT, "Russia"),
        ("id", "pihak Rusia", SourceKind.GOVERNMENT, "Russia"),
        ("id", "pemerintah Rusia", SourceKind.GOVERNMENT, "Russia"),
        ("vi", "phía Nga", SourceKind.GOVERNMENT, "Russia"),
        ("en", "the White House", SourceKind.GOVERNMENT, "White House"),
        ("id", "Kementerian Pertahanan Rusia", SourceKind.GOVERNMENT, "Russian Defence Ministry"),
        ("vi", "Bộ Quốc phòng Hàn Quốc", SourceKind.GOVERNMENT, "South Korean Defence Ministry"),
        ("id", "Kantor berita Korea Selatan Yonhap", SourceKind.AGENCY, "Yonhap"),
        ("id", "media Inggris Daily Mail", SourceKind.OUTLET, "Daily Mail"),
        ("id", "media Selat, Kabarselat.id", SourceKind.OUTLET, "Kabarselat.id"),
        ("en", "the Norland Tribune", SourceKind.OUTLET, "Norland Tribune"),
        ("id", "dokumen pengadilan", SourceKind.DOCUMENT, "dokumen pengadilan"),
        ("en", "a statement on Telegram", SourceKind.DOCUMENT, "a statement on Telegram"),
        ("en", "Meanwhile, the government of Russia", SourceKind.GOVERNMENT, "Russia"),
        ("en", "the Trump campaign's audit", SourceKind.DOCUMENT, "the Trump campaign's audit"),
        ("de", "das russische Verteidigungsministerium", SourceKind.GOVERNMENT, "Russian Defence Ministry"),
        ("zh", "外交部发言人", SourceKind.GOVERNMENT, "Chinese Foreign Ministry"),
        ("id", "Amerika Serikat (AS)", SourceKind.GOVERNMENT, "United States"),
        ("id", "Hàn Quốc", SourceKind.GOVERNMENT, "South Korea"),
    ],
)
def test_bodies_outlets_and_documents(registry: Registry, lang: str, mention: str, kind: SourceKind, name: str) -> None:
    source = resolve(mention, lang, registry, "story", IN_2023)
    assert (source.kind, source.name) == (kind, name)


@pytest.mark.parametrize(("lang", "mention"), [("id", "Media AS"), ("id", "surat kabar AS"), ("vi", "truyền thông Mỹ"), ("en", "US media")])
def test_nameless_media_are_vague(registry: Registry, lang: str, mention: str) -> None:
    source = resolve(mention, lang, registry, "story")
    assert (source.kind, source.is_vague, source.country, source.is_known) == (SourceKind.OUTLET, True, "US", False)


def test_a_role_is_resolved_by_date_or_by_who_is_present(registry: Registry) -> None:
    def who(at: datetime | None, present: frozenset[str] = frozenset()) -> str:
        return resolve("the US president", "en", registry, "story", at, present).name

    assert who(IN_2023) == "Joe Biden"
    assert who(datetime(2019, 6, 1, tzinfo=UTC)) == "Donald Trump"
    assert who(None, frozenset({"barack-obama", "angela-merkel"})) == "Barack Obama"
    assert who(None, frozenset({"barack-obama", "joe-biden"})) == "White House"


def test_a_spokesperson_without_a_name_is_the_body(registry: Registry) -> None:
    source = resolve("juru bicara Kementerian Pertahanan Rusia", "id", registry, "story")
    assert (source.key, source.role) == ("ru-defence-ministry", "juru bicara")


@pytest.mark.parametrize(
    ("lang", "mention", "names"),
    [
        ("id", "Korea Utara dan Rusia", ["North Korea", "Russia"]),
        ("en", "the US and South Korea", ["United States", "South Korea"]),
        ("id", "AFP dan AP", ["AFP", "Associated Press"]),
        ("id", "Moskow dan Pyongyang", ["Russia", "North Korea"]),
        ("en", "researchers at Oxford and Norland", ["researchers at Oxford and Norland"]),
    ],
)
def test_joint_mentions_are_several_sources(registry: Registry, lang: str, mention: str, names: list[str]) -> None:
    assert [source.name for source in resolve_all(mention, lang, registry, "story")] == names


# --- relations


def test_the_principal_is_followed_upwards(registry: Registry) -> None:
    def principal(key: str) -> str:
        return registry.principal(registry.get(key), IN_2023).key

    assert [principal(key) for key in ("sergei-shoigu", "john-kirby", "kcna", "global-times", "reuters")] == [
        "gov-ru",
        "gov-us",
        "gov-kp",
        "gov-cn",
        "reuters",
    ]


def test_a_circle_of_relations_ends() -> None:
    records = [Record(key, key, SourceKind.ORGANISATION) for key in "ab"]
    relations = [SourceRelation("a", RelationKind.CONTROLLED_BY, "b"), SourceRelation("b", RelationKind.CONTROLLED_BY, "a")]
    registry = Registry(records, [], relations)
    assert registry.principal(registry.get("a")).key == "b"


def test_two_possible_principals_are_no_principal() -> None:
    records = [Record(key, key, SourceKind.ORGANISATION) for key in "abc"]
    relations = [SourceRelation("a", RelationKind.SPEAKS_FOR, "b"), SourceRelation("a", RelationKind.SPEAKS_FOR, "c")]
    registry = Registry(records, [], relations)
    assert registry.principal(registry.get("a")).key == "a"
