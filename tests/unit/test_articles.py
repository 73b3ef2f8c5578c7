"""Reading of captures: roles of lines, credits, dates, refusals; and what must hold for any text at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sumber.pipeline import seeds
from sumber.sourcing import articles, identity, pages
from sumber.sourcing.layout import Layout, LayoutKind, LayoutRow
from sumber.sourcing.model import Article, BlockRole, Capture, CreditRole, MediaType, NameHit, Refusal, Source, SourceKind, Span

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
WIB = timezone(timedelta(hours=7))


class Names:
    """A gazetteer of a few names, so that these tests do not hang on the registry."""

    def __init__(self) -> None:
        kinds = {
            SourceKind.AGENCY: ("Reuters", "AFP", "AP", "Antara", "KCNA", "Yonhap", "Havas", "Reuter", "ATS", "연합뉴스", "新华社", "ТАСС"),
            SourceKind.OUTLET: ("VnExpress", "CNN", "Kompas", "The New York Times"),
            SourceKind.GOVERNMENT: ("Rusia", "Korea Utara", "Korea"),
        }
        self.sources = {name: Source(identity.of(name), name, name, kind, True) for kind, names in kinds.items() for name in names}
        self.names = {printed: source for name, source in self.sources.items() for printed in (name, name.upper())}

    def find(self, text: str, lang: str) -> tuple[NameHit, ...]:
        hits = [(text.find(source.name), source) for source in self.sources.values()]
        return tuple(sorted(NameHit(Span(at, at + len(source.name)), source.key) for at, source in hits if at >= 0))

    def get(self, key: str) -> Source:
        return self.sources[key]

    def named(self, name: str, lang: str) -> Source | None:
        return self.names.get(name)


@lru_cache(maxsize=1)
def layout() -> Layout:
    return seeds.layout(SEEDS)


def capture(content: bytes, media_type: MediaType = MediaType.PLAIN, **hints: object) -> Capture:
    return Capture(7, content, media_type, datetime(2026, 6, 1, tzinfo=UTC), **hints)  # type: ignore[arg-type]


def read(text: str, lang: str = "id", **hints: object) -> Article:
    result = articles.read(capture(text.encode(), lang=lang, **hints), layout(), Names())
    assert isinstance(result, Article), result
    return result


def refused(content: bytes, media_type: MediaType = MediaType.PLAIN) -> Refusal:
    result = articles.read(capture(content, media_type, lang="id"), layout(), Names())
    assert isinstance(result, Refusal)
    return result


def roles(article: Article) -> list[tuple[str, str]]:
    return [(block.role.value, block.span.of(article.text)) for block in article.blocks]


def with_role(article: Article, role: BlockRole) -> list[str]:
    return [block.span.of(article.text) for block in article.blocks if block.role is role]


def credited(article: Article) -> list[tuple[str, str]]:
    return [(credit.role.value, credit.name) for credit in article.credits]


BODY = (
    "Pelabuhan itu akan diperluas dalam empat tahun, kata direktur pelabuhan kepada wartawan pada hari Senin di kantornya.\n\n"
    "Dua pejabat mengatakan bahwa pengerukan akan dimulai pada bulan Agustus, lebih lambat daripada pengumuman pertama.\n"
)


FIRST = BODY.split("\n")[0]


# --- credits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("id", "Sumber: Reuters", [("agency", "Reuters")]),
        ("id", "Sumber : Reuters", [("agency", "Reuters")]),
        ("id", "Sumber: Antara/AFP", [("agency", "Antara"), ("agency", "AFP")]),
        ("id", "Sumber: Warta Teluk", [("original_outlet", "Warta Teluk")]),
        ("id", "Sumber: https://www.wartateluk.example/berita/1", [("original_outlet", "wartateluk.example")]),
        ("id", "Quang Hải (Menurut Reuters )", [("byline", "Quang Hải"), ("agency", "Reuters")]),
        ("vi", "Quang Hải (Theo Reuters, AFP)", [("byline", "Quang Hải"), ("agency", "Reuters"), ("agency", "AFP")]),
        ("vi", "Theo VnExpress", [("original_outlet", "VnExpress")]),
        ("vi", "Phương Linh (Tổng hợp)", [("byline", "Phương Linh")]),
        ("vi", "Nguồn: Reuters", [("agency", "Reuters")]),
        ("en", "Source: Reuters", [("agency", "Reuters")]),
        ("en", "With reporting by Reuters", [("agency", "Reuters")]),
        ("en", "(AFP)", [("agency", "AFP")]),
        ("en", "— KCNA", [("agency", "KCNA")]),
        ("id", "(Antara/rds)", [("agency", "Antara")]),
        ("id", "Editor: Wulan Prameswari", [("editor", "Wulan Prameswari")]),
        ("id", "Penulis: Dewi Larasati", [("byline", "Dewi Larasati")]),
        ("de", "Quelle: AFP", [("agency", "AFP")]),
        ("ko", "출처: 연합뉴스", [("agency", "연합뉴스")]),
        ("zh", "来源：新华社", [("agency", "新华社")]),
        ("ru", "Источник: ТАСС", [("agency", "ТАСС")]),
        ("fr", "Source : AFP", [("agency", "AFP")]),
        ("es", "Fuente: AFP", [("agency", "AFP")]),
        ("ar", "المصدر: Reuters", [("agency", "Reuters")]),
    ],
)
def test_closing_lines_credit(lang, line, expected):
    article = read(f"{BODY}\n{line}\n", lang)
    assert credited(article) == expected
    for credit in article.credits:
        if "://" not in line:
            assert credit.span is not None
            assert credit.span.of(article.text) == credit.name


@pytest.mark.parametrize(
    ("ending", "expected"),
    [(" (AFP)", "AFP"), (" — KCNA", "KCNA"), (" (Menurut Reuters )", "Reuters"), (" (Antara/rds)", "Antara"), (" © AFP", "AFP")],
)
def test_signature_at_the_end_of_the_last_paragraph(ending, expected):
    article = read(BODY.rstrip() + ending)
    assert credited(article) == [("agency", expected)]
    assert with_role(article, BlockRole.CREDIT_LINE) == [ending.strip()]
    assert with_role(article, BlockRole.BODY)[-1].endswith("pengumuman pertama.")


@pytest.mark.parametrize("ending", [" (Kementerian Perdagangan).", " (12/5/2026).", " (pelabuhan)", " - Reuters melaporkan hal itu."])
def test_a_bracket_that_is_no_signature_stays_in_the_body(ending):
    article = read(BODY.rstrip() + ending)
    assert credited(article) == []
    assert with_role(article, BlockRole.BODY)[-1].endswith(ending)


@pytest.mark.parametrize(
    ("lang", "start", "expected", "dateline"),
    [
        ("en", "LONDON (Reuters) - ", [("agency", "Reuters")], "LONDON (Reuters) -"),
        ("id", "PULAU SENA, Indonesia (Antara) - ", [("agency", "Antara")], "PULAU SENA, Indonesia (Antara) -"),
        ("en", "(CNN) -- ", [("outlet", "CNN")], "(CNN) --"),
        ("id", "JAKARTA, KOMPAS — ", [("outlet", "KOMPAS")], "JAKARTA, KOMPAS —"),
        ("id", "MOSKOW - ", [], "MOSKOW -"),
        ("id", "Jakarta - ", [], "Jakarta -"),
        ("id", "Seoul: ", [], "Seoul:"),
        ("id", "Pyongyang, Kabarsenja- ", [], "Pyongyang, Kabarsenja-"),
        ("id", "WARTA.CO.ID, SENA -- ", [("outlet", "WARTA.CO.ID")], "WARTA.CO.ID, SENA --"),
        ("id", "NUSAKAPAL.COM, Jakarta - ", [("outlet", "NUSAKAPAL.COM")], "NUSAKAPAL.COM, Jakarta -"),
        ("ko", "(서울=연합뉴스) 홍길동 기자 = ", [("agency", "연합뉴스")], "(서울=연합뉴스) 홍길동 기자 ="),
        ("zh", "新华社北京9月5日电（记者王小明）", [("agency", "新华社")], "新华社北京9月5日电（记者王小明）"),
        ("ru", "МОСКВА, 5 сентября. /ТАСС/. ", [("agency", "ТАСС")], "МОСКВА, 5 сентября. /ТАСС/."),
    ],
)
def test_datelines(lang, start, expected, dateline):
    article = read(start + BODY, lang)
    assert credited(article) == expected
    assert article.dateline == dateline
    assert with_role(article, BlockRole.DATELINE) == [dateline]
    assert with_role(article, BlockRole.LEAD)[0].startswith("Pelabuhan itu")


@pytest.mark.parametrize(
    "start",
    [
        "Rusia - Korea Utara sepakat berunding. ",
        "Hasan Ali (Reuters) berkata demikian. ",
        "Kasus Demam - 19 orang dirawat. ",
        "Pelabuhan itu - kata dia - ",
        "Rusia: Korea Utara sepakat berunding. ",
    ],
)
def test_a_dash_or_bracket_in_a_sentence_is_no_dateline(start):
    article = read(start + BODY)
    assert article.dateline is None
    assert credited(article) == []
    assert with_role(article, BlockRole.LEAD)[0].startswith(start.strip())


def test_a_dateline_below_a_caption_that_nothing_tells_is_cut():
    article = read(f"Warga menonton siaran berita di sebuah toko di tepi jalan raya kota itu bersama anak-anaknya\nSENA - {BODY}")
    assert article.dateline == "SENA -"


CAPTION = "Warga menonton siaran berita mengenai perluasan pelabuhan di sebuah toko di kota itu"


@pytest.mark.parametrize(
    "caption",
    [
        f"{CAPTION}.\n{CAPTION}. /Antara/Rina Hartati//",
        f"{CAPTION}\nFoto: Antara/Rina Hartati\n{CAPTION}",
        f"{CAPTION}. (AFP)\n{CAPTION}. (AFP)",
    ],
)
def test_a_sentence_that_stands_twice_around_a_credit_is_a_caption(caption):
    article = read(f"Pelabuhan Akan Diperluas Tahun Depan\n\n{caption}\n\n{BODY}")
    assert all(not block.startswith(CAPTION) for block in with_role(article, BlockRole.BODY) + with_role(article, BlockRole.LEAD))
    assert len([block for block in with_role(article, BlockRole.CAPTION) if block.startswith(CAPTION)]) == 2


@pytest.mark.parametrize("start", ["MUARA SENA: ", "BACHUK : "])
def test_capitals_and_a_colon_below_a_headline_are_a_dateline(start):
    article = read(f"Pelabuhan Akan Diperluas Tahun Depan\n\n{start}{BODY}")
    assert article.dateline == start.strip()


def test_a_page_s_own_domain_before_a_bar_outweighs_whom_others_spoke_to():
    article = read(f'WARTA.ID | {BODY}\n\n"Ya," ujar Rina Hartati kepada Samudra.co.id, Senin (14/9).\n')
    assert credited(article)[0] == ("outlet", "WARTA.ID")


def test_an_abbreviation_and_a_colon_are_no_dateline():
    assert read(f"Pelabuhan Akan Diperluas Tahun Depan\n\nDPR: {BODY}").dateline is None


def test_a_reporter_and_a_channel_in_one_line_are_byline_and_outlet():
    article = read(f"Pelabuhan Akan Diperluas Tahun Depan\n\nRina Hartati M - wartaSamudra\nKamis, 19 Okt 2017 15:08 WIB\n{BODY}")
    assert credited(article) == [("outlet", "wartaSamudra"), ("byline", "Rina Hartati M")]
    assert article.headline == "Pelabuhan Akan Diperluas Tahun Depan"


def test_a_city_and_an_outlet_in_a_line_of_their_own_are_a_dateline():
    article = read(f"Pelabuhan Akan Diperluas Tahun Depan\n\nJakarta, CNN\n\n{BODY}")
    assert credited(article) == [("outlet", "CNN")]
    assert article.dateline == "Jakarta, CNN"


# --- outlet --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        (f"Kabarselat.id - Berita dari dua tepi selat\n\nPelabuhan Akan Diperluas Tahun Depan\n\n{BODY}", {}, "Kabarselat.id"),
        (f"Warta Teluk | Harian warga teluk\n\nPelabuhan Akan Diperluas Tahun Depan\n\n{BODY}", {}, "Warta Teluk"),
        (f"{BODY}\nFollow WhatsApp Channel Nusaharian untuk update berita terbaru setiap hari\n", {}, "Nusaharian"),
        (f"{BODY}\n© 2026 Warta Teluk. Hak cipta dilindungi.\n", {}, "Warta Teluk"),
        (f'{BODY}"Ya," kata dia, dikutip HarianSamudra.com dari Reuters, Senin.\n', {}, "HarianSamudra.com"),
        (f"{BODY}Berdasarkan informasi yang dihimpun Wartateluk.com, pekerjaan sudah dimulai.\n", {}, "Wartateluk.com"),
        (BODY, {"url": "https://www.wartateluk.example/a?utm_source=x"}, "wartateluk.example"),
        (BODY, {"url": "https://www.wartateluk.example/a", "outlet": "Warta Teluk"}, "Warta Teluk"),
    ],
)
def test_outlet(text, hints, expected):
    article = read(text, **hints)
    first = article.credited(CreditRole.OUTLET)
    assert first is not None
    assert first.name == expected
    assert article.credits[0] == first


def test_a_page_without_any_name_has_no_outlet():
    assert read(BODY).credited(CreditRole.OUTLET) is None


def test_an_outlet_doubled_and_glued_to_a_date_is_the_original_one():
    article = read(f"Kabarselat.id - Berita\n\nPelabuhan Akan Diperluas Tahun Depan\n\nThời Báo BiểnThời Báo Biển11/05/2026\n\n{BODY}")
    assert credited(article) == [("outlet", "Kabarselat.id"), ("original_outlet", "Thời Báo Biển")]
    assert article.published_at == datetime(2026, 5, 11, tzinfo=WIB)
    assert article.headline == "Pelabuhan Akan Diperluas Tahun Depan"


def test_credits_run_from_the_page_to_the_origin():
    article = read(
        "Kabarselat.id - Berita\n\nPelabuhan Akan Diperluas Tahun Depan\n\nVnExpressVnExpress11/05/2026\n\n"
        f"{BODY}\nEditor: Wulan Prameswari\n\nQuang Hải (Menurut Reuters )\n"
    )
    assert [role for role, _ in credited(article)] == ["outlet", "editor", "original_outlet", "byline", "agency"]


# --- furniture and captions ----------------------------------------------------------------------------------


def test_photo_credits_are_no_credits():
    article = read(
        f"Pelabuhan Akan Diperluas Tahun Depan\n\nTerminal peti kemas di pelabuhan itu. (Foto: Reuters)\n\n{BODY}\n"
        "Kapal bersandar di dermaga pada April 2026. Foto: AFP\n\nKapal bersandar di dermaga pada April 2026. Foto: AFP\n\n"
        "Pemimpin itu. /KCNA via REUTERS/\n\nPekerjaan itu akan selesai sebelum akhir tahun 2029, kata direktur itu lagi.\n"
    )
    assert credited(article) == []
    assert [credit.name for credit in article.media_credits] == ["Reuters", "AFP", "AFP", "KCNA via REUTERS"]
    assert len(with_role(article, BlockRole.CAPTION)) == 4


def test_a_source_in_brackets_between_paragraphs_belongs_to_the_picture_above():
    article = read(
        f"Pelabuhan Akan Diperluas Tahun Depan\n\n{BODY}\nPemimpin itu mengunjungi pelabuhan pada 26 Juli. (Sumber: KCNA)\n\n"
        "Pekerjaan itu akan selesai sebelum akhir tahun 2029, kata direktur itu lagi.\n"
    )
    assert credited(article) == []
    assert [credit.name for credit in article.media_credits] == ["KCNA"]


def test_alternative_text_above_a_caption_is_a_caption():
    article = read(
        f"Pelabuhan Akan Diperluas Tahun Depan\n\n{BODY}\nKapal peti kemas di pelabuhan kota itu\n"
        "Kapal peti kemas bersandar pada 26 Juli. (Foto: AFP)\n\nPekerjaan itu akan selesai sebelum akhir tahun 2029.\n"
    )
    assert len(with_role(article, BlockRole.CAPTION)) == 2


def test_related_lines_ads_and_the_foot_are_furniture():
    article = read(
        "Pelabuhan Akan Diperluas Tahun Depan\n\n- 11 Mei 2026, 18:05 WIB\nA\nA\nA\n\nAdvertisement\n"
        f"{BODY}\nBaca Juga: Menteri Mengatakan Resep Sup Ikan Enak\n\nPekerjaan itu akan selesai sebelum akhir tahun 2029.\n\n"
        "[iklan_2]\nTautan sumber\n\nKomentar (3)\nBudi: Menteri itu mengatakan semua sudah beres.\n\nDalam topik yang sama\n"
        "Bagaimana cara memilih ikan segar di pasar pagi?\nPanorama lomba perahu layar\n"
    )
    body = " ".join(with_role(article, BlockRole.LEAD) + with_role(article, BlockRole.BODY))
    for gone in ("Resep", "Advertisement", "iklan", "Tautan", "Budi", "pasar pagi", "Panorama", "A A"):
        assert gone not in body
    assert "sebelum akhir tahun 2029" in body
    assert credited(article) == []


def test_a_link_inside_a_paragraph_is_cut_where_its_title_ends():
    link = "Baca juga: Menteri Mengatakan Sup Ikan Itu Enak"
    for text in (f"{FIRST} {link}  Dia menambahkan hal lain.", f"{FIRST} {link} Adapun gaji pegawai pelabuhan tetap sama."):
        article = read(text)
        assert with_role(article, BlockRole.FURNITURE) == [link]
        assert len(with_role(article, BlockRole.LEAD)) == 2


def test_a_link_inside_a_paragraph_whose_end_cannot_be_seen_stays():
    text = f"{FIRST} Read also: minister denies the claims about the soup. Then the day ended."
    assert with_role(read(text, "en"), BlockRole.FURNITURE) == []


def test_a_title_and_a_dateline_in_one_line_are_told_apart():
    article = read(f"Ferry runs aground after storm hits strait MANILA, Philippines (AP) - {BODY}", "en")
    assert with_role(article, BlockRole.HEADLINE) == ["Ferry runs aground after storm hits strait"]
    assert article.dateline == "MANILA, Philippines (AP) -"


def test_a_credit_line_above_the_last_caption_counts():
    article = read(f"{BODY}\nQuang Hải ( Theo AFP )\n\nTàu cập cảng Cebu hồi tháng tư .", "vi")
    assert credited(article) == [("byline", "Quang Hải"), ("agency", "AFP")]


def test_a_source_below_table_cells_is_no_credit():
    article = read(f"{BODY}\nPelabuhan 2025\nPelabuhan 2026\nSumber: Antara\n")
    assert credited(article) == []


def test_a_paragraph_after_a_foot_label_is_kept():
    article = read(f"{BODY}\nTerkait\n\n{BODY}")
    assert sum(len(text) for text in with_role(article, BlockRole.LEAD) + with_role(article, BlockRole.BODY)) > 1.8 * len(BODY)


def test_lines_that_only_begin_like_furniture_are_kept():
    paragraph = (
        "Baca juga berarti banyak bagi warga desa itu, kata kepala perpustakaan. "
        "Mereka membaca di serambi setiap sore, dan anak-anak meminjam dua buku setiap minggu untuk dibawa pulang ke rumah."
    )
    assert paragraph in with_role(read(f"{BODY}\n{paragraph}\n\n{BODY}"), BlockRole.BODY)


# --- dates and language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("id", "Dewi Larasati , Jurnalis-Kamis, 14 September 2023 |12:13 WIB", datetime(2023, 9, 14, 12, 13, tzinfo=WIB)),
        ("id", "- 5 September 2023, 20:37 WITA", datetime(2023, 9, 5, 20, 37, tzinfo=timezone(timedelta(hours=8)))),
        ("id", "Senin, 5 Sep 2023 20.37 WIT", datetime(2023, 9, 5, 20, 37, tzinfo=timezone(timedelta(hours=9)))),
        ("vi", "Thứ ba, 5/9/2023, 14:00 (GMT+7)", datetime(2023, 9, 5, 14, 0, tzinfo=WIB)),
        ("vi", "5 tháng 9 năm 2023", datetime(2023, 9, 5, tzinfo=WIB)),
        ("en", "May 11, 2026, 08:40 UTC", datetime(2026, 5, 11, 8, 40, tzinfo=UTC)),
        ("en", "11 May 2026 8:40 pm GMT", datetime(2026, 5, 11, 20, 40, tzinfo=UTC)),
        ("en", "2026-05-11T08:40:00+02:00", datetime(2026, 5, 11, 8, 40, tzinfo=timezone(timedelta(hours=2)))),
        ("en", "5/9/2023", None),
        ("en", "9/25/2023", datetime(2023, 9, 25, tzinfo=UTC)),
        ("de", "5. September 2023", datetime(2023, 9, 5, tzinfo=timezone(timedelta(hours=1)))),
        ("fr", "5 septembre 2023", datetime(2023, 9, 5, tzinfo=timezone(timedelta(hours=1)))),
        ("es", "5 de septiembre de 2023", datetime(2023, 9, 5, tzinfo=UTC)),
        ("ko", "2023년 9월 5일 14:00", datetime(2023, 9, 5, 14, 0, tzinfo=timezone(timedelta(hours=9)))),
        ("ru", "5 сентября 2023, 14:00", datetime(2023, 9, 5, 14, 0, tzinfo=timezone(timedelta(hours=3)))),
        ("id", "31/02/2023", None),
        ("id", "01/01/0001", None),
        ("en", "2999-01-01T00:00:00Z", None),
    ],
)
def test_publication_dates(lang, line, expected):
    assert read(f"Pelabuhan Akan Diperluas Tahun Depan\n\n{line}\n\n{BODY}", lang).published_at == expected


def test_a_date_given_from_outside_wins():
    given = datetime(2020, 1, 2, tzinfo=UTC)
    assert read(f"Pelabuhan Akan Diperluas\n\n5 Mei 2026\n\n{BODY}", published_at=given).published_at == given


@pytest.mark.parametrize(("published", "expected"), [("10/19/2025 16:01", 19), ("19/10/2025", 19), ("10/6/2025 15:48", None)])
def test_a_date_in_metadata_is_not_guessed(published, expected):
    record = {"id": "a", "lang": "id", "text": BODY, "published_at": published}
    article = articles.read(capture(json.dumps(record).encode(), MediaType.JSON), layout(), Names())
    assert isinstance(article, Article)
    assert (article.published_at.day if article.published_at else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, "id"),
        ("The harbour will be made larger within four years, the director told reporters on Monday in his office.", "en"),
        ("Cảng sẽ được mở rộng trong bốn năm, giám đốc cảng nói với báo chí hôm thứ hai tại văn phòng của ông.", "vi"),
        ("Der Hafen wird innerhalb von vier Jahren erweitert, sagte der Direktor am Montag vor Journalisten.", "de"),
        ("항구는 앞으로 사 년 동안 확장될 것이라고 책임자가 월요일 기자들에게 말했다. 공사는 팔월에 시작된다.", "ko"),
    ],
)
def test_language_is_told_by_the_text(text, expected):
    article = articles.read(capture(text.encode()), layout(), Names())
    assert isinstance(article, Article)
    assert article.lang == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jonah Pell and Mira Anand", [("byline", "Jonah Pell"), ("byline", "Mira Anand")]),
        ("AFP", [("agency", "AFP")]),
        ("By Reuters", [("agency", "Reuters")]),
    ],
)
def test_bylines_without_a_colon(line, expected):
    assert credited(read(f"Harbour to be made larger next year\n\n{line}\n\n{BODY}", "en")) == expected


def test_the_page_that_had_a_text_first_is_the_original_outlet():
    reprint = "Artikel ini telah tayang di Pesisirkini.com dengan judul Pelabuhan Diperluas"
    article = read(f"Wartarandu.com - Kabar kota\n\nPelabuhan Akan Diperluas Tahun Depan\n\n{BODY}\n{reprint}\n")
    assert credited(article) == [("outlet", "Wartarandu.com"), ("original_outlet", "Pesisirkini.com")]
    assert credited(read(f"{BODY}\n{reprint}\n")) == [("outlet", "Pesisirkini.com")]


# --- scanned columns -----------------------------------------------------------------------------------------


def test_a_printed_column_credits_every_dispatch_and_keeps_all_its_text():
    text = (
        "Une conférence à quatre\nLONDRES, 29 (Reuter). — Le premier\nministre a déclaré hier soir à la\n"
        "chambre que la conférence aurait\nlieu au printemps prochain dans une\nville neutre.\n"
        "PARIS, 29. (Havas.) — Le conseil des\nministres a approuvé le projet de loi\nsur les ports. / ats\n"
        "Photo du port (bélino AP) au moment\ndu départ des bateaux de pêche.\n"
    )
    article = read(text, "fr")
    assert credited(article) == [("agency", "Reuter"), ("agency", "Havas"), ("agency", "ATS")]
    assert {block.role for block in article.blocks} <= {BlockRole.LEAD, BlockRole.BODY, BlockRole.DATELINE}


# --- records and HTML ----------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><html lang="id"><head><title>x</title>
<link rel="canonical" href="https://wartateluk.example/a/amp?utm_source=beranda&id=3">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite"}}, {{"@type": "NewsArticle",
"headline": "Pelabuhan Akan Diperluas Tahun Depan", "datePublished": "2026-05-12T14:30:00+07:00",
"author": {{"name": "Bagas Wiratama"}},
"publisher": {{"name": "Warta Teluk"}}}}]}}</script></head><body><nav><a href="/">Beranda</a></nav><article>
<h1>Pelabuhan Akan Diperluas Tahun Depan</h1>
<p>{BODY.split(chr(10))[0]}</p><p>{BODY.split(chr(10))[2]}</p>
<p>Baca juga: <a href="/b">Resep Sup Ikan</a></p><p>Editor: Wulan Prameswari</p>
<p>Sumber: Reuters</p></article><footer>Komentar (0)</footer></body></html>"""


def test_html():
    article = articles.read(capture(PAGE.encode(), MediaType.HTML), layout(), Names())
    assert isinstance(article, Article)
    assert article.headline == "Pelabuhan Akan Diperluas Tahun Depan"
    assert article.lang == "id"
    assert article.url == "https://wartateluk.example/a/?id=3"
    assert article.published_at == datetime(2026, 5, 12, 14, 30, tzinfo=WIB)
    assert credited(article) == [
        ("outlet", "Warta Teluk"),
        ("editor", "Wulan Prameswari"),
        ("byline", "Bagas Wiratama"),
        ("agency", "Reuters"),
    ]
    body = " ".join(with_role(article, BlockRole.LEAD) + with_role(article, BlockRole.BODY))
    assert "pengerukan" in body
    assert "Resep" not in body


def test_record_text_is_unchanged_and_hints_are_taken():
    text = "\ufeff  " + BODY + "\r\n "
    record = {"id": "r1", "lang": "id", "text": text, "outlet": "Warta Teluk", "title": "Pelabuhan", "url": None, "published_at": None}
    article = articles.read(capture(json.dumps(record).encode(), MediaType.JSON), layout(), Names())
    assert isinstance(article, Article)
    assert article.text == text
    assert article.name == "r1"
    assert article.headline == "Pelabuhan"
    assert credited(article) == [("outlet", "Warta Teluk")]
    assert article.id == identity.of("article", 7)


# --- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type", "rule"),
    [
        (b"", MediaType.PLAIN, "empty"),
        (b" \n\t ", MediaType.PLAIN, "empty"),
        (b"\xfa\xfb" * 20, MediaType.PLAIN, "undecodable"),
        (b"Kapal itu kandas\xff di selat.", MediaType.PLAIN, "undecodable"),
        (BODY.encode() + b"\0" + BODY.encode(), MediaType.PLAIN, "nul"),
        (b"\x01\x02\x03\x04" * 20 + BODY.encode(), MediaType.PLAIN, "binary"),
        (("\ufffd" * 10 + BODY).encode(), MediaType.PLAIN, "broken_encoding"),
        (b"Halaman tidak ada", MediaType.PLAIN, "too_short"),
        (b"x" * (pages.MAX_BYTES + 1), MediaType.PLAIN, "too_large"),
        (b"{", MediaType.JSON, "malformed"),
        (b"[1]", MediaType.JSON, "malformed"),
        (b"[" * 100_000, MediaType.JSON, "malformed"),
        (b'{"id": "a", "lang": "id"}', MediaType.JSON, "malformed"),
        (b'{"id": "a", "lang": "id", "text": 212}', MediaType.JSON, "malformed"),
        (json.dumps({"id": "a", "lang": "id", "text": BODY + "\ud800"}).encode(), MediaType.JSON, "surrogate"),
        (b"<html><head><title>x</title></head><body></body></html>", MediaType.HTML, "no_body"),
        (b"<html><body>\0</body></html>", MediaType.HTML, "nul"),
    ],
)
def test_refusals_name_rule_value_and_reason(content, media_type, rule):
    refusal = refused(content, media_type)
    assert refusal.rule == rule
    assert refusal.reason
    assert "\0" not in refusal.value
    refusal.value.encode()


# --- addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://M.Wartateluk.example:443/a?utm_source=x&id=3#atas", "https://wartateluk.example/a?id=3"),
        ("https://wartateluk.example/a/amp/", "https://wartateluk.example/a/"),
        ("https://wartateluk.example", "https://wartateluk.example/"),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_addresses(url, expected):
    assert pages.canonical(url) == expected


# --- layout data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        LayoutRow("id", LayoutKind.MONTH, "mei", "13"),
        LayoutRow("any", LayoutKind.ZONE, "WIB", "+7"),
        LayoutRow("id", LayoutKind.OWN, "kepada", ""),
        LayoutRow("id", LayoutKind.FURNITURE, "***", ""),
    ],
)
def test_layout_rows_that_cannot_work_are_named(row):
    with pytest.raises(ValueError, match=row.kind):
        Layout([row])


# --- any text ------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        *(
            "Sumber: Reuters",
            "(Menurut Reuters )",
            "(Foto: AFP)",
            "Baca Juga:",
            "Komentar (0)",
            "[iklan_1]",
            "05/09/2023",
            "WIB",
            "\n",
            "\n\n",
        ),
        *(
            "NamaNama05/09/2023",
            " - ",
            "--",
            "(",
            ")",
            "【",
            "】",
            "/",
            "MOSKOW - ",
            "© 2026 ",
            "Follow WhatsApp Channel ",
            "İ",
            "e\u0301",
            "ß",
        ),
        *("dikutip X.com dari ", "\u202e", "\u2028", "\r", "。", "新华社北京9月5日电", "(서울=연합뉴스)"),
        "Kalimat ini cukup panjang untuk dianggap sebagai paragraf, kata dia.",
    )
)


def check(article: Article) -> None:
    position = 0
    for block in article.blocks:
        assert position <= block.span.start < block.span.end <= len(article.text)
        position = block.span.end
    for credit in article.credits:
        assert credit.name.strip()
        assert credit.span is None or 0 <= credit.span.start < credit.span.end <= len(article.text)
    for media in article.media_credits:
        assert media.span.of(article.text) == media.name
    media_spans = [media.span for media in article.media_credits]
    for credit in article.credits:
        if credit.span and credit.role is not CreditRole.OUTLET:
            assert not any(span.start < credit.span.end and credit.span.start < span.end for span in media_spans)


@settings(deadline=None)  # other work on the machine must not fail it
@given(st.lists(PIECES | st.text(max_size=30), max_size=25).map("".join), st.sampled_from(["id", "en", "vi", "fr", "zh", "xx"]))
def test_no_text_raises_and_blocks_are_ordered_inside_and_apart(text, lang):
    record = json.dumps({"id": "a", "lang": lang, "text": text}).encode()
    result = articles.read(capture(record, MediaType.JSON), layout(), Names())
    if isinstance(result, Article):
        assert result.text == text
        check(result)


@settings(deadline=None)  # other work on the machine must not fail it
@given(st.binary(max_size=300), st.sampled_from(list(MediaType)))
def test_no_bytes_raise(content, media_type):
    result = articles.read(capture(content, media_type, lang="id"), layout(), Names())
    if isinstance(result, Article):
        check(result)


@settings(deadline=None)  # other work on the machine must not fail it
@given(st.integers(0, len(PAGE)), st.integers(0, 40), st.text(max_size=20))
def test_no_broken_page_raises(position, cut, junk):
    broken = PAGE[:position] + junk + PAGE[position + cut :]
    result = articles.read(capture(broken.encode("utf-8", "replace"), MediaType.HTML, lang="id"), layout(), Names())
    if isinstance(result, Article):
        check(result)


def test_reading_is_deterministic():
    text = (
        f"Kabarselat.id - Berita\n\nPelabuhan Akan Diperluas Tahun Depan\n\nVnExpressVnExpress11/05/2026\n\n{BODY}\nSumber: AFP, Reuters\n"
    )
    assert read(text) == read(text)


# --- hostile pages and records ---------------------------------------------------------------------------------

_PARAGRAPH = "<p>Menteri Luar Negeri Budi Santoso mengatakan bahwa harga beras naik lima persen pada hari Selasa.</p>"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang=id><head>{head}</head><body><article>{body}</article></body></html>".encode()


def test_a_page_of_endless_elements_is_refused_before_it_costs_anything():
    found = refused(page("<p>a b</p>" * 200_000 + _PARAGRAPH * 5), MediaType.HTML)
    assert (found.rule, found.reason) == ("too_complex", f"the page has more than {pages.MAX_ELEMENTS} elements")


def test_endless_linked_data_costs_no_more_than_its_bound(work):
    def nested(levels: int) -> bytes:
        value = "0"
        for _ in range(levels):
            value = "[" + ",".join([value, *["[[],[],[],[]]"] * 49]) + "]"
        return page(_PARAGRAPH * 5, f'<script type="application/ld+json">{value}</script>')

    def cost(content: bytes) -> int:
        return work(lambda: pages.decode(capture(content, MediaType.HTML), layout()))

    cost(nested(1))  # what is read once
    assert cost(nested(160)) < 2 * cost(nested(80))


def test_linked_data_is_searched_in_the_order_of_the_page():
    graph = [
        [{"@type": "WebSite"}, {"@graph": [{"@type": "NewsArticle", "headline": "Judul pertama"}]}],
        {"@type": "Article", "headline": "B"},
    ]
    found = pages.decode(
        capture(page(_PARAGRAPH * 5, f'<script type="application/ld+json">{json.dumps(graph)}</script>'), MediaType.HTML), layout()
    )
    assert isinstance(found, pages.Page)
    assert found.headline == "Judul pertama"


@pytest.mark.parametrize("key", sorted(pages.MAX_LENGTHS))
def test_a_record_with_an_endless_field_is_refused(key):
    most = pages.MAX_LENGTHS[key]
    record = {"id": "a", "lang": "id", "text": "Harga beras naik lima persen pada hari Selasa, kata Budi Santoso."}
    found = refused(json.dumps({**record, key: "x" * (most + 1)}).encode(), MediaType.JSON)
    assert (found.rule, found.reason) == ("too_long", f"{key} has {most + 1} characters, more than {most}")
    assert found.value == "x" * min(most + 1, 200)
    assert isinstance(articles.read(capture(json.dumps({**record, key: "x" * most}).encode(), MediaType.JSON), layout(), Names()), Article)


def test_endless_metadata_of_a_page_is_no_metadata():
    head = (
        f'<meta property="og:site_name" content="{"N" * 10_000}"><meta property="og:title" content="{"T" * 10_000}">'
        f'<link rel="canonical" href="https://uji.example/{"u" * 10_000}">'
    )
    found = pages.decode(capture(page(_PARAGRAPH * 5, head), MediaType.HTML), layout())
    assert isinstance(found, pages.Page)
    assert (found.outlet, found.headline, found.url) == (None, None, None)


# --- what a page says of itself -----------------------------------------------------------------------------------

FOUND_AT = "https://m.wartateluk.co.id/kapal/17?utm_source=kanal"


def linked(*objects: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(objects[0] if len(objects) == 1 else list(objects))}</script>'


def read_page(head: str = "", body: str = _PARAGRAPH * 5, **hints: object) -> Article:
    hints = {"url": FOUND_AT, "lang": "id", **hints}
    result = articles.read(capture(page(body, head), MediaType.HTML, **hints), layout(), Names())
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://amp.uji.example/a/1", "https://uji.example/a/1"),
        ("https://m.uji.example/a/1/amp", "https://uji.example/a/1/"),
        ("https://uji.example/a/1.amp.html", "https://uji.example/a/1.html"),
        ("https://uji.example/a/1.amp", "https://uji.example/a/1"),
        ("https://uji-example.cdn.ampproject.org/c/s/uji.example/a/1?amp=1", "https://uji.example/a/1"),
        ("https://www.google.com/amp/s/m.uji.example/a/1/amp/", "https://uji.example/a/1/"),
        ("https://uji.example/a?id=3&utm_medium=x&fbclid=1&at_campaign=y&gad_source=2&_gl=z#top", "https://uji.example/a?id=3"),
        ("http://UJI.example:80", "http://uji.example/"),
        # Names that only look like the host of another edition.
        ("https://m.example/a", "https://m.example/a"),
        ("https://mobile.example/amplitude?medium=2", "https://mobile.example/amplitude?medium=2"),
        ("https://[::1", None),
        ("ftp://uji.example/a", None),
    ],
)
def test_one_page_has_one_address(address, expected):
    assert pages.canonical(address) == expected
    if expected:
        assert pages.canonical(expected) == expected


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ("https://www.wartateluk.co.id/kapal/17-kapal-baru", "https://www.wartateluk.co.id/kapal/17-kapal-baru"),
        ("/kapal/17-kapal-baru", "https://wartateluk.co.id/kapal/17-kapal-baru"),
        # Another site's, under the same public suffix, and the front page of its own.
        ("https://korantetangga.co.id/kapal/17", "https://wartateluk.co.id/kapal/17"),
        ("https://www.wartateluk.co.id/", "https://wartateluk.co.id/kapal/17"),
        ("https://[::1", "https://wartateluk.co.id/kapal/17"),
    ],
)
def test_a_page_may_name_its_own_address_on_its_own_site_only(claimed, expected):
    assert read_page(f'<link rel="canonical" href="{claimed}">').url == expected
    assert read_page(f'<meta property="og:url" content="{claimed}">').url == expected


def test_authors_are_followed_to_where_the_page_describes_them():
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Kapal baru", "author": {"@id": "#a"}, "publisher": {"@id": "#p"}},
            {"@type": "Person", "@id": "#a", "name": "By Sari Wulandari and Bram Lestari"},
            {"@type": "Organization", "@id": "#p", "name": "Warta Teluk"},
        ]
    }
    assert credited(read_page(linked(graph))) == [("outlet", "Warta Teluk"), ("byline", "Sari Wulandari"), ("byline", "Bram Lestari")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"creditText": "Sumber: Reuters"}, [("agency", "Reuters")]),
        ({"creditText": "Reuters, Antara"}, [("agency", "Reuters"), ("agency", "Antara")]),
        ({"creditText": "Foto: Bram Lestari/Reuters"}, []),
        ({"creditText": "Baca juga berita lain di situs kami."}, []),
        ({"isBasedOn": "https://www.korantetangga.co.id/2"}, [("original_outlet", "korantetangga.co.id")]),
        ({"isBasedOn": "https://www.wartateluk.co.id/kapal/16"}, []),
        ({"isBasedOn": {"@type": "NewsArticle", "name": "Kapal Kandas", "publisher": {"name": "AFP"}}}, [("agency", "AFP")]),
        ({"isBasedOn": {"@type": "CreativeWork", "name": "Kapal Kandas"}}, []),
        ({"copyrightHolder": {"name": "AFP"}}, [("agency", "AFP")]),
        ({"copyrightHolder": {"name": "Teluk Media Group"}}, []),
        ({"author": {"name": "https://sosial.example/sari"}}, []),
        ({"author": [[{"name": ["x"]}], 3, None]}, []),
    ],
)
def test_linked_data_credits_who_supplied_the_text(fields, expected):
    article = read_page(linked({"@type": "NewsArticle", **fields}))
    assert [one for one in credited(article) if one[0] != "outlet"] == expected


def test_times_and_tags_of_a_page_are_kept():
    head = linked({"@type": "NewsArticle", "datePublished": "2026-05-12T08:00:00+07:00", "dateModified": "2026-05-12T09:30:00+07:00"})
    head += '<meta property="article:tag" content="pelabuhan"><meta name="keywords" content="kapal, pelabuhan,, derek">'
    article = read_page(head)
    assert article.published_at == datetime(2026, 5, 12, 8, tzinfo=WIB)
    assert article.modified_at == datetime(2026, 5, 12, 9, 30, tzinfo=WIB)
    assert article.tags == ("pelabuhan", "kapal", "derek")
    assert read_page(linked({"@type": "Article", "keywords": ["\ud800", "x" * 200, 7, "kapal"]})).tags == ("7", "kapal")


def test_a_note_of_correction_is_kept_and_hides_neither_dateline_nor_signature():
    note = "Ralat: Versi sebelumnya menyebut tiga derek pelabuhan. Jumlah yang benar ialah dua derek, kata direktur pelabuhan itu."
    story = f"PORT RANDU - {BODY.rstrip()} (AFP)"
    for text in (f"Pelabuhan Randu Akan Diperluas\n\n{note}\n\n{story}", f"Pelabuhan Randu Akan Diperluas\n\n{story}\n\n{note}"):
        article = read(text)
        assert article.dateline == "PORT RANDU -"
        assert credited(article) == [("agency", "AFP")]
        assert note in with_role(article, BlockRole.BODY)
    # One that the page shows below the story, where the extractor sees furniture, or that only its metadata hold.
    shown = read_page(body=_PARAGRAPH * 5 + f'<div class="footer-note comment"><span>{note}</span></div>')
    stated = read_page(linked({"@type": "NewsArticle", "correction": {"@type": "CorrectionComment", "text": note}}))
    for article in (shown, stated):
        assert article.text.count(note) == 1
    assert "derek" not in read_page(linked({"@type": "NewsArticle", "correction": note.removeprefix("Ralat: ")})).text


def test_the_language_of_a_page_is_that_of_its_body():
    english = (
        "<p>The harbour of Randu will get two cranes in July, the port director told reporters on Monday.</p>"
        "<p>Ships from four islands waited for hours at the quay on Sunday, and fishermen asked for a second pier.</p>"
    )
    assert read_page(body=english, lang="id").lang == "en"
    assert read_page(body=english, lang=None).lang == "en"  # the template says id
    assert read_page(lang="id").lang == "id"
    # The body cannot be told from languages that are not in use.
    portuguese = "<p>O porto de Randu vai receber dois guindastes em julho, disse o diretor do porto aos jornalistas.</p>" * 5
    assert read_page(body=portuguese, lang="pt").lang == "pt"
