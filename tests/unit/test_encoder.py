"""What a sentence encoder adds to matching; the encoder itself only where it is installed."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterable
from dataclasses import replace

import pytest
from stories import KNOWLEDGE, article

from sumber.pipeline import encoder
from sumber.sourcing import wire

ENGLISH = article("The fire in the market hall was put out before dawn; Olena Marchuk lost her stall.", "en", "en")
UKRAINIAN = article("Пожежу в критому ринку загасили до світанку; Олена Марчук втратила свою крамницю.", "uk", "uk")
installed = pytest.mark.skipif(importlib.util.find_spec(encoder.MODULE) is None, reason="the extra encoder is not installed")


def meant(*meanings: tuple[int, ...]) -> list[wire.Signature]:
    by_text = dict(zip((wire.carried_text(ENGLISH), wire.carried_text(UKRAINIAN)), meanings, strict=True))
    knowledge = replace(KNOWLEDGE, encode=by_text.__getitem__)
    return [wire.signature(one, knowledge) for one in (ENGLISH, UKRAINIAN)]


def test_the_likeness_of_meanings_is_their_cosine() -> None:
    def likeness(signatures: Iterable[wire.Signature]) -> float:
        return wire.alike_in_meaning(*(one.wording for one in signatures))

    assert likeness(meant((3, 4), (3, 4))) == 1
    assert likeness(meant((3, 4), (-4, 3))) == 0
    assert likeness(wire.signature(one, replace(KNOWLEDGE, encode=None)) for one in (ENGLISH, UKRAINIAN)) == 0


def test_a_like_meaning_with_an_anchor_in_common_makes_candidates() -> None:
    same, other = meant((5,) * 64, (5,) * 64), meant((5,) * 64, (-5,) * 64)
    assert set(same[0].wording.bands) & set(same[1].wording.bands)
    assert not set(other[0].wording.bands) & set(other[1].wording.bands)


def test_without_an_encoder_a_warning_says_what_is_lost(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(encoder, "MODULE", "no_such_encoder")
    encoder.load.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert encoder.load() is None
    encoder.load.cache_clear()
    assert "EXTRAS=encoder" in caplog.text


@installed
def test_the_encoder_puts_a_translation_nearer_than_another_story() -> None:
    found = encoder.load()
    assert found is not None
    knowledge = replace(KNOWLEDGE, encode=found.encode)
    texts = ("The fire in the market hall was put out before dawn.", "Пожар на рынке потушили до рассвета.", "Der Bundestag stimmt ab.")
    one, translated, other = (wire.signature(article(text, text), knowledge) for text in texts)
    assert wire.alike_in_meaning(one.wording, translated.wording) > 0.5 > wire.alike_in_meaning(one.wording, other.wording)
    assert one.wording.meaning == found.encode(texts[0])
