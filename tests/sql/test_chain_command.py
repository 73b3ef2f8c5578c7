"""`python -m sumber chain`: found as a person finds it, in every format, and as it stood at an earlier time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from archive import ARTICLES, ask, run_all, run_step, write
from prov.model import ProvDocument
from test_walked_chains import PAPERS

from sumber.__main__ import main
from sumber.pipeline import export, reviews, settings, steps
from sumber.sourcing import identity

Chain = Any


@pytest.fixture
def chain(current: settings.Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Chain:
    """Runs the command on a small archive; returns exit status, output and errors."""
    run_all(current, write(inbox, {**PAPERS, "north.txt": ARTICLES["a-north.txt"]}))
    monkeypatch.setattr(settings, "current", lambda: current)
    capsys.readouterr()

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["chain", *arguments])
        return status, *capsys.readouterr()

    return run


def vague(chain: Chain) -> dict[str, Any]:
    """Return the passage that leaves its source to local media."""
    status, out, _ = chain("--find", "CRACKS 14", "--article", "vague.txt", "--format", "json")
    assert status == 0
    (row,) = json.loads(out)
    return dict(row)


def test_a_passage_is_found_by_its_words_its_article_and_its_claim(chain: Chain) -> None:
    row = vague(chain)
    for text in (str(row["id"]), f"vague.txt#{row['ordinal']}"):
        status, out, _ = chain(text)
        assert status == 0
        assert f"id {row['id']}" in out
    # What another article named is a hop like any other.
    for part in (
        "← The Washington Post",
        "resolved_as, from other_article",
        "named by named.txt",
        "originating outlet: The Washington Post",
    ):
        assert part in out
    status, out, _ = chain("--article", "named.txt")
    assert status == 0
    assert "named.txt#0" in out and "vague.txt" not in out
    status, out, _ = chain(str(row["claim_id"]))
    assert status == 0
    assert "named.txt#" in out and "vague.txt#" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say which passage"),
        (("1", "--find", "x"), "say which passage"),
        (("12345",), "no passage and no claim is called '12345'"),
        ((str(2**70),), "too large"),
        (("vague.txt",), "neither an id nor NAME#N"),
        (("vague.txt#99",), "no passage and no claim"),
        (("--find", "100% of it_"), "no passage holds '100%' and 'of' and 'it_'"),
        (("--article", "nowhere.txt"), "no passage was traced in an article called 'nowhere.txt'"),
        (("--article", "named.txt", "--as-of", "2023-09-10"), "show one"),
    ],
)
def test_what_cannot_be_found_is_one_line(chain: Chain, arguments: tuple[str, ...], said: str) -> None:
    status, out, error = chain(*arguments)
    assert (status, out) == (2, "")
    assert said in error.splitlines()[-1]


def test_json_holds_what_another_article_named(chain: Chain) -> None:
    _, out, _ = chain(str(vague(chain)["id"]), "--format", "json")
    record = json.loads(out)
    (branch,) = record["branches"]
    (named,) = [hop for hop in branch["hops"] if hop["relation"] == "resolved_as"]
    assert [one["name"] for one in named["named_by"]] == ["named.txt"]
    assert [hop["hop"] for hop in branch["hops"]] == list(range(len(branch["hops"])))
    assert [one["article"] for one in record["derivations"]] == ["named.txt"]


def test_prov_is_valid_and_reads_back(chain: Chain) -> None:
    number = str(vague(chain)["id"])
    _, out, _ = chain(number, "--format", "prov")
    schema = json.loads((files("prov.tests") / "schemas" / "prov-jsonld.schema.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(json.loads(out))
    document = ProvDocument.deserialize(content=out, format="jsonld")
    _, as_json, _ = chain(number, "--format", "prov-json")
    assert ProvDocument.deserialize(content=as_json, format="json") == document
    told = document.get_provn()
    for part in (
        "prov:Quotation",
        "wasDerivedFrom",
        "wasAttributedTo",
        "wasAssociatedWith",
        "prov:SoftwareAgent",
        "activity(",
        "resolved_as",
    ):
        assert part in told
    _, own, _ = chain("north.txt#0", "--format", "prov")
    assert "prov:PrimarySource" in ProvDocument.deserialize(content=own, format="jsonld").get_provn(), "a named source said so"


def test_what_is_no_valid_prov_is_not_exported() -> None:
    def made(*edges: tuple[str, str], undeclared: bool = False) -> ProvDocument:
        document = ProvDocument()
        document.add_namespace(export.SUMBER)
        for name in sorted({name for edge in edges for name in edge}):
            document.entity(f"sumber:{name}")
        for one, other in edges:
            document.wasDerivedFrom(f"sumber:{one}", f"sumber:{other}")
        if undeclared:
            document.wasAttributedTo("sumber:a", "sumber:nobody")
        return document

    export.validate(made(("a", "b"), ("b", "c"), ("a", "c")))
    with pytest.raises(export.ExportError, match="derived from itself"):
        export.validate(made(("a", "b"), ("b", "c"), ("c", "b")))
    with pytest.raises(export.ExportError, match="nobody is used and never declared"):
        export.validate(made(("a", "b"), undeclared=True))
    torn = made(("a", "b"))
    torn.activity("sumber:a")
    with pytest.raises(export.ExportError, match="at once"):
        export.validate(torn)


def test_the_old_state_stays_readable_as_of_its_time(chain: Chain, current: settings.Settings) -> None:
    number = str(vague(chain)["id"])
    ((before,),) = ask(current, "SELECT clock_timestamp()")
    named = PAPERS["named.txt"].encode()
    quote = "The lock gates of Ostra have 14 cracks and need repair"
    reviews.submit(current, reviews.Review(identity.sha256(named), quote, reviews.Verdict.REJECT, "Ines", "never printed"))
    for step in ("attribute", "trace"):
        run_step(current, step, "after review")
    _, now, _ = chain(number)
    assert "Washington Post" not in now
    assert "one of 2 states" in now
    _, then, _ = chain(number, "--as-of", before.isoformat())
    assert "← The Washington Post" in then
    assert "named by named.txt" in then
    assert "as of" in then
    _, out, _ = chain(number, "--as-of", before.isoformat(), "--format", "json")
    record = json.loads(out)
    assert record["branches"][0]["originating_outlet"] == "The Washington Post"
    assert record["branches"][0]["claim_id"] is None, "merges keep no history"
    assert chain(number, "--as-of", before.isoformat(), "--format", "prov")[0] == 0
    # A day is its end.
    _, today, _ = chain(number, "--as-of", f"{datetime.now(UTC):%Y-%m-%d}")
    assert "Washington Post" not in today
    status, _, error = chain(number, "--as-of", "2023-09-10")
    assert status == 2
    assert "was not known at 2023-09-11 00:00 UTC: it was first traced at" in error
    # The passage that was rejected is asserted no more, and says how to see it.
    gone = identity.of("appearance", *ask(current, "SELECT id, 0 FROM core.article WHERE name = 'named.txt'")[0])
    status, _, error = chain(str(gone))
    assert status == 2
    assert "is asserted no more: --as-of" in error
    assert chain(str(gone), "--as-of", error.split("--as-of ")[1].split()[0])[0] == 0
    assert steps.check(current, "check", whole=True).refused == 0
