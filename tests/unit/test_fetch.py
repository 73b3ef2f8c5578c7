"""What is asked, what is not, and how far an answer may go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumber.pipeline import fetch, polling
from sumber.pipeline.fetch import Answer
from sumber.sourcing.model import Capture, MediaType, Refusal

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENTRY = {"outlet": "Northern Courier", "lang": "en", "published_at": None, "headline": "Port closes"}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255",
        "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "2002:7f00:1::", "64:ff9b::10.0.0.1", "2001:0:53aa:64c:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_addresses_of_closed_networks_are_not_public(address: str) -> None:
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert fetch.is_public(address)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://News.Example/a b?q=ü#part", "http://news.example/a%20b?q=%C3%BC"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/x", "https://news.example:8443/x"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://news.example/%41?a=1&b=%20", "http://news.example/%41?a=1&b=%20"),
    ],
)
def test_addresses_are_asked_in_one_form(url: str, asked: str) -> None:
    assert fetch.canonical(url) == asked


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/", "gopher://x/", "http://", "http://me:secret@news.example/", "http://news.example:99999/",
     "javascript:alert(1)", "http://a\r\nHost: b/", "http://news.example/" + "a" * 3000, "//news.example/", "http://[::1"],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(fetch.RefusedAddressError):
        fetch.canonical(url)


@given(st.text(max_size=80))
def test_no_text_breaks_the_check_of_addresses(text: str) -> None:
    for url in (text, f"http://{text}", f"https://news.example/{text}"):
        try:
            asked = fetch.canonical(url)
        except fetch.RefusedAddressError:
            continue
        assert asked.isascii() and asked.isprintable() and " " not in asked
        assert fetch.canonical(asked) == asked


@pytest.mark.parametrize(
    ("printed", "wait"),
    [("120", 120), ("Mon, 04 May 2026 12:05:00 GMT", 300), ("999999999999", 604_800), ("Mon, 04 May 2020 12:05:00 GMT", 0), ("soon", None)],
)
def test_hosts_say_how_long_to_wait(printed: str, wait: int | None) -> None:
    assert fetch._retry_after(printed, NOW) == (None if wait is None else NOW + timedelta(seconds=wait))


def test_a_feed_is_polled_after_its_interval_and_later_when_it_fails() -> None:
    quarter = timedelta(minutes=15)
    fine = Answer("u", NOW, 200)
    assert polling.next_poll(fine, quarter, 0) == NOW + quarter
    assert polling.next_poll(Answer("u", NOW, failure="x"), quarter, 2) == NOW + 4 * quarter
    assert polling.next_poll(Answer("u", NOW, failure="x"), quarter, 40) == NOW + timedelta(hours=24)
    asked_to_wait = Answer("u", NOW, 429, retry_after=NOW + timedelta(days=2))
    assert polling.next_poll(asked_to_wait, quarter, 1) == NOW + timedelta(days=2)


def test_a_page_is_looked_at_again_for_corrections_and_given_up_when_it_is_gone() -> None:
    fine = Answer("u", NOW, 200)
    assert [polling.next_fetch(fine, visits, 0) for visits in (1, 2, 3, 4)] == [
        NOW + timedelta(hours=1), NOW + timedelta(hours=6), NOW + timedelta(hours=24), None,
    ]  # fmt: skip
    assert polling.next_fetch(Answer("u", NOW, 410), 1, 1) is None
    assert polling.next_fetch(Answer("u", NOW, 500), 0, 5) is None
    assert polling.next_fetch(Answer("u", NOW, failure="x"), 0, 1) == NOW + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("content", "says", "is_a"),
    [
        (b"<!DOCTYPE html><p>x", "application/octet-stream", MediaType.HTML),
        (b"\xef\xbb\xbf  <html><body>x", None, MediaType.HTML),
        (b"<p>x</p>", "text/html", MediaType.HTML),
        (b"The port closes.", "text/plain", MediaType.PLAIN),
        (b"<html>x", "text/plain", MediaType.HTML),
        (b"%PDF-1.7 x", "text/html", "no_text"),
        (b"\x89PNG\r\n", "text/html", "no_text"),
        (b"PK\x03\x04", "text/plain", "no_text"),
        (b'{"a": 1}', "application/json", "no_article"),
        (b" \n", "text/html", "empty"),
    ],
)
def test_what_the_bytes_are_decides(content: bytes, says: str | None, is_a: MediaType | str) -> None:
    made = polling.captured(Answer("https://news.example/a", NOW, 200, content, says), ENTRY)
    assert (made.media_type if isinstance(made, Capture) else made.rule) == is_a
    assert isinstance(made, Capture | Refusal)
