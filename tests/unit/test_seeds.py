import csv
import re
import shutil
from pathlib import Path

import pytest

from sumber.pipeline import seeds
from sumber.pipeline.settings import Settings
from sumber.sourcing.lexicons import WordClass
from sumber.sourcing.model import AnonymousType, RelationKind, SourceKind
from sumber.sourcing.sources import Context, Registry

FOLDER = Settings().seeds
PROJECT = Path(__file__).resolve().parents[2]


def cells(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "seeds"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("articles"))
    return copy


def append(path: Path, line: str) -> int:
    """Append a line; return its number."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1


# --- what a user sees of a bad row


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("sources.csv", "reuters,Reuters,agency,GB,,,,", "key 'reuters' is already used"),
        ("sources.csv", "kabar-x,Kabar X,paper,ID,,,,", "kind 'paper' is not one of person, government"),
        ("sources.csv", "kabar-x,Kabar X,outlet,Indonesia,,,,", "country 'Indonesia' is not an ISO 3166-1 alpha-2 code"),
        ("sources.csv", "kabar-x,Kabar X,outlet,ID,,true,,", "is_wire must be 'yes' or empty, not 'true'"),
        ("sources.csv", "kabar-x,Kabar X,outlet,ID,,,,42", "wikidata '42' is not like Q42"),
        ("sources.csv", "kabar-x,Kabar X,outlet", "3 cells, expected 8"),
        ("source_aliases.csv", "nobody,*,Nobody,", "source 'nobody' is not a key in sources.csv"),
        ("source_aliases.csv", "reuters,*,R,sometimes", "contexts 'sometimes' is not one of sourcing"),
        ("source_aliases.csv", "reuters,,R,", "langs is empty"),
        ("source_aliases.csv", "reuters,*,,", "alias is empty"),
        ("source_relations.csv", "reuters,owns,ap,,,,x", "relation 'owns' is not one of speaks_for"),
        ("source_relations.csv", "reuters,owned_by,ap,,2020-13-01,,x", "valid_from '2020-13-01' is not a date like 2023-09-05"),
        ("source_relations.csv", "reuters,owned_by,ap,,2020-01-02,2020-01-01,x", "valid_from is after valid_to"),
        ("source_relations.csv", "reuters,owned_by,ap,,,,", "evidence is empty"),
        ("roles.csv", "id,kata,kelas,,", "class 'kelas' is not one of honorific"),
        ("anonymous_types.csv", "spy,en,spy,", "type 'spy' is not one of official"),
        ("admiralty.csv", "truth,A,x", "axis must be reliability or credibility"),
        ("sections.csv", "Money-Talk,sport,", "name 'Money-Talk' is not up to 3 plain words"),
        ("sections.csv", "sport,sport,", "name 'sport' is there twice"),
        ("sections.csv", "chess,chess,", "topic 'chess' is not one of arts, culture"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(folder: Path, name: str, line: str, reason: str) -> None:
    number = append(folder / name, line)
    with pytest.raises(seeds.SeedError) as error:
        seeds.load(folder)
    assert str(error.value).startswith(f"{folder / name}:{number}: {reason}")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "roles.csv").unlink()
    with pytest.raises(seeds.SeedError, match=r"roles\.csv: No such file"):
        seeds.load(folder)


def test_a_wrong_header_is_named(folder: Path) -> None:
    (folder / "admiralty.csv").write_text("grade,meaning\nA,good\n", encoding="utf-8")
    with pytest.raises(seeds.SeedError, match=r"admiralty\.csv:1: the columns must be axis,grade,meaning"):
        seeds.load(folder)


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "roles.csv").write_bytes(b"langs,word,class,value,reason\nid,caf\xe9,role,,\n")
    with pytest.raises(seeds.SeedError, match=r"roles\.csv: not UTF-8"):
        seeds.load(folder)


def test_the_seeds_are_read_once_per_folder() -> None:
    assert seeds.load(FOLDER) is seeds.load(FOLDER)


# --- what the seed files promise


@pytest.fixture(scope="module")
def registry() -> Registry:
    return seeds.registry(FOLDER)


def test_there_are_enough_sources_of_every_kind(registry: Registry) -> None:
    count = {kind: sum(source.kind is kind for source in registry) for kind in SourceKind}
    assert count[SourceKind.AGENCY] + count[SourceKind.OUTLET] >= 400
    assert count[SourceKind.AGENCY] >= 80
    assert {record.country for record in registry.records.values() if record.body == "government"} >= {
        "ID",
        "MY",
        "VN",
        "SG",
        "US",
        "GB",
        "RU",
        "KR",
        "KP",
    }


def test_keys_are_slugs() -> None:
    assert all(row["key"] == row["key"].lower() and row["key"].replace("-", "").isalnum() for row in cells("sources.csv"))


def test_every_source_is_found_by_an_alias() -> None:
    named = {row["source"] for row in cells("source_aliases.csv")}
    assert [row["key"] for row in cells("sources.csv") if row["key"] not in named] == []


def test_no_alias_stands_for_two_sources() -> None:
    """An alias that needs no context must mean one source in each language; one that does may be shared ("Times")."""
    owners: dict[tuple[str, str], set[str]] = {}
    for row in cells("source_aliases.csv"):
        if not row["contexts"]:
            for lang in row["langs"].split():
                owners.setdefault((lang, row["alias"]), set()).add(row["source"])
    shared = {
        (lang, alias): keys | owners.get(("*", alias), set())
        for (lang, alias), keys in owners.items()
        if len(keys | owners.get(("*", alias), set())) > 1
    }
    assert shared == {}


def test_state_media_roll_up_to_a_state(registry: Registry) -> None:
    """Media that a relation puts under control end at a government or party, never at another outlet."""
    for record in registry.records.values():
        relations = registry.relations_of(record.key)
        if record.kind.is_news and any(one.relation is RelationKind.CONTROLLED_BY for one in relations):
            principal = registry.principal(registry.get(record.key))
            assert not principal.kind.is_news, record.key
            assert record.is_state_controlled or principal.kind is not SourceKind.GOVERNMENT, record.key


def test_an_office_has_one_head_at_a_time(registry: Registry) -> None:
    heads: dict[str, list[tuple[str, str, str]]] = {}
    for row in cells("source_relations.csv"):
        if row["capacity"] == "head":
            heads.setdefault(row["object"], []).append((row["valid_from"], row["valid_to"] or "9999", row["subject"]))
    for office, terms in heads.items():
        for earlier, later in zip(sorted(terms), sorted(terms)[1:], strict=False):
            assert earlier[1] <= later[0], (office, earlier, later)


def test_every_anonymous_type_but_three_has_words_in_the_first_languages() -> None:
    """Media, documents and others are told by other word classes."""
    for lang in ("id", "en", "vi"):
        types = {row["type"] for row in cells("anonymous_types.csv") if lang in row["langs"].split()}
        assert types >= set(AnonymousType) - {AnonymousType.MEDIA, AnonymousType.DOCUMENT, AnonymousType.OTHER}


def test_short_names_that_are_words_need_context() -> None:
    needed = {"Antara", "Tempo", "Kompas", "Times", "Post", "Guardian", "Independent", "AP", "Express", "Mirror", "Standard"}
    free = {row["alias"] for row in cells("source_aliases.csv") if not row["contexts"]}
    assert needed & free == set()
    assert set(Context) >= {context for row in cells("source_aliases.csv") for context in row["contexts"].split()}


def test_the_admiralty_scale_is_whole() -> None:
    scale = {(grade.axis, grade.grade) for grade in seeds.load(FOLDER).admiralty}
    assert scale == {("reliability", letter) for letter in "ABCDEF"} | {("credibility", digit) for digit in "123456"}


def test_every_switch_of_a_language_is_documented_and_read() -> None:
    set_by = {word for lexicon in seeds.load(FOLDER).lexicons.values() for word in lexicon.words[WordClass.SETTING]}
    switches = (PROJECT / "docs" / "languages.md").read_text(encoding="utf-8").partition("## Switches")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| ([a-z-]+) \|", switches, re.MULTILINE)) - {"switch"}
    code = (path.read_text(encoding="utf-8") for path in (PROJECT / "include" / "sumber" / "sourcing").rglob("*.py"))
    tested = re.compile(r"\"([a-z-]+)\" (?:not )?in (?:settings|[a-z.]*words\[WordClass\.SETTING\])")
    read = {name for text in code for name in tested.findall(text)}
    assert set_by == documented == read
