"""Polite conditional GET of hostile addresses: bytes out, with limits on everything.

The connection goes to the very address that was checked, at every redirect: names are resolved here, and only public addresses are
connected to (RFC 6890), unless an operator named the host. Hosts are asked one request at a time, with a pause between them, as
robots.txt allows (RFC 9309), and left alone for as long as they ask (`Retry-After`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import random
import ssl
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore
from protego import Protego

AGENT: Final = "Sumber"  # what robots.txt files may name
PRODUCT: Final = f"{AGENT}/0.1"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOVED: Final = frozenset({301, 308})
WAIT: Final = frozenset({429, 503})  # answers that may come with a Retry-After
ROBOTS_BYTES: Final = 512_000  # RFC 9309 asks for at least 500 KiB
ROBOTS_KEPT: Final = timedelta(hours=24)
ROBOTS_RETRIED: Final = timedelta(hours=1)  # where the host did not answer
LONGEST_URL: Final = 2_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Policy:
    """How politely and how far to go. `contact` is a page or an e-mail address, for whoever reads the other side's log."""

    contact: str
    allowed_hosts: frozenset[str] = frozenset()  # "host" or "host:port": may be private
    pause: float = 1.0  # seconds between two requests to a host
    longest_pause: float = 30.0  # of what robots.txt asks for
    connections: int = 100
    most_bytes: int = 20_000_000  # as sent, and again as decoded
    redirects: int = 5
    retries: int = 2
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0  # for one request and its body, without waiting for its turn
    dead_after: int = 3  # connections in a row that fail before a host is left alone for this run


@dataclass(frozen=True, slots=True)
class Request:
    """An address, and what is known of its last answer."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request. Either `status` or `failure` is set; `content` only with status 200.

    `url` is the address that was asked for, `moved_to` where it has gone for good. `retry_after` is when the host may be asked again.
    """

    url: str
    attempted_at: datetime
    status: int | None = None
    content: bytes | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    failure: str | None = None
    retry_after: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the address gave its content, or said that it has not changed."""
        return self.status in (200, 304)


@dataclass(frozen=True, slots=True)
class HostState:
    """What is remembered of a host between runs. `robots` is None where none could be had: then nothing may be fetched yet."""

    origin: str
    robots: str | None
    robots_at: datetime
    held_until: datetime | None = None


class RefusedAddressError(Exception):
    """An address that is not asked: of the wrong kind, or leading into a network that is not public."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not loopback, private, link-local, shared, multicast, reserved or documentation.

    Addresses that carry an IPv4 address (mapped, 6to4, Teredo, NAT64) are judged by that one too. Raises ValueError for no address.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def canonical(url: str) -> str:
    """Return an address in the form in which it is asked for: ASCII, without fragment. Raises RefusedAddressError."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise RefusedAddressError(f"no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise RefusedAddressError(f"scheme {parts.scheme[:20]!r} is not http or https")
    if not ascii_host or len(url) > LONGEST_URL:
        raise RefusedAddressError("no host" if not ascii_host else f"longer than {LONGEST_URL} characters")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError("carries a user name or password")
    if not all(char.isalnum() or char in "-._:" for char in ascii_host):
        raise RefusedAddressError("odd characters in the host's name")
    shown = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    netloc = shown if port is None or port == {"http": 80, "https": 443}[parts.scheme] else f"{shown}:{port}"
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def origin_of(url: str) -> str:
    """Return scheme, host and port of a canonical address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that it has looked up and checked itself, so that no second look-up can give another one."""

    def __init__(self, allowed_hosts: frozenset[str], lookup: Resolve) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._allowed, self._lookup = allowed_hosts, lookup

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await asyncio.wait_for(self._lookup(host, port), timeout)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name cannot be resolved: {error}") from error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from error
        if not {host, f"{host}:{port}"} & self._allowed:
            closed = [address for address in addresses if not is_public(address)]
            if closed or not addresses:
                # One private address among public ones is an attack or a mistake; neither is followed.
                raise RefusedAddressError(f"{host} leads to {closed[0] if closed else 'no address'}, which is not public")
        for number, address in enumerate(addresses):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number + 1 == len(addresses):
                    raise
        raise httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise RefusedAddressError("a file is no address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class _Host:
    """What this run knows of one origin."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    free_at: float = 0.0  # on the loop's clock
    held_until: datetime | None = None
    dead: int = 0


class Fetcher:
    """Fetches addresses; one per run. `states` is what earlier runs left of hosts; `states` of the object is what this one leaves."""

    def __init__(
        self,
        policy: Policy,
        states: Mapping[str, HostState] | None = None,
        *,
        lookup: Resolve = resolve,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        self.policy = policy
        self.states: dict[str, HostState] = dict(states or {})
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=policy.connections,
            max_keepalive_connections=policy.connections,
            keepalive_expiry=15.0,
            network_backend=_Guarded(policy.allowed_hosts, lookup),
        )
        self._slots = asyncio.Semaphore(policy.connections)

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._pool.aclose()

    async def all(self, requests: Iterable[Request], seconds: float) -> AsyncIterator[Answer]:
        """Yield an answer per request as they come; what `seconds` do not suffice for is not asked and not answered."""
        waiting = {asyncio.ensure_future(self.get(request)) for request in requests}
        end = asyncio.get_running_loop().time() + seconds
        try:
            while waiting and (left := end - asyncio.get_running_loop().time()) > 0:
                done, waiting = await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    yield one.result()
        finally:
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    async def get(self, request: Request) -> Answer:
        """Fetch one address, following its redirects. Raises nothing that the other side could provoke."""
        began = datetime.now(UTC)
        try:
            return await self._follow(request)
        except RefusedAddressError as error:
            return Answer(request.url, began, failure=f"refused: {error}")
        except TimeoutError:
            return Answer(request.url, began, failure=f"took longer than {self.policy.total_seconds:.0f} seconds")
        except _TooLargeError as error:
            return Answer(request.url, began, failure=str(error))
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            return Answer(request.url, began, failure=f"{type(error).__name__}: {error}"[:500])

    async def _follow(self, request: Request) -> Answer:
        url, moved_to = canonical(request.url), None
        for _ in range(self.policy.redirects + 1):
            answer = await self._polite(request.url, url, request)
            if answer.status not in REDIRECTS or answer.moved_to is None:
                return replace(answer, moved_to=moved_to)
            target = canonical(urljoin(url, answer.moved_to))
            # A move counts only as far as each step of it is for good.
            moved_to = target if answer.status in MOVED and moved_to == (url if moved_to else None) else moved_to
            url = target
        return Answer(request.url, datetime.now(UTC), failure=f"redirected more than {self.policy.redirects} times")

    async def _polite(self, asked: str, url: str, request: Request) -> Answer:
        """Ask one address when its host's turn comes, and again where it fails for a moment."""
        origin = origin_of(url)
        host = self._hosts[origin]
        attempt = 0
        while True:
            async with host.turn:
                now = datetime.now(UTC)
                if host.rules is None:
                    await self._learn(origin, host)
                state = self.states.get(origin)
                held = host.held_until or (state.held_until if state else None)
                if held and held > now:
                    return Answer(asked, now, failure=f"the host asked to wait until {held:%Y-%m-%d %H:%M:%S} UTC", retry_after=held)
                if host.dead >= self.policy.dead_after:
                    return Answer(asked, now, failure="the host does not answer")
                if host.rules is None:
                    return Answer(asked, now, failure="the host's robots.txt cannot be had")
                if not host.rules.can_fetch(url, AGENT):
                    return Answer(asked, now, failure="robots.txt does not allow it")
                failure: Exception | None = None
                try:
                    answer = await self._once(asked, url, request, host)
                    host.dead = 0
                except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
                    failure = error
                    host.dead += isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout)
            if failure is None and (answer.status is None or answer.status < 500 or answer.retry_after is not None):
                return answer
            if attempt >= self.policy.retries or host.dead >= self.policy.dead_after:
                if failure is not None:
                    raise failure
                return answer
            attempt += 1
            await asyncio.sleep(2**attempt * random.uniform(0.5, 1.0) * min(1.0, self.policy.pause))  # noqa: S311 - spreads retries, keeps no secret

    async def _learn(self, origin: str, host: _Host) -> None:
        """Read the host's robots.txt, or what an earlier run kept of it."""
        state, now = self.states.get(origin), datetime.now(UTC)
        kept = ROBOTS_KEPT if state and state.robots is not None else ROBOTS_RETRIED
        if state is None or now - state.robots_at > kept:
            held = state.held_until if state else None
            state = HostState(origin, await self._robots(origin, host), now, held)
            self.states[origin] = state
        if state.robots is not None:
            host.rules = Protego.parse(state.robots)

    async def _robots(self, origin: str, host: _Host) -> str | None:
        """Return a host's robots.txt: empty where it has none, None where it cannot be told (RFC 9309, 2.3.1)."""
        url = f"{origin}/robots.txt"
        try:
            for _ in range(self.policy.redirects + 1):
                answer = await self._once(url, url, Request(url), host, most=ROBOTS_BYTES, cut=True)
                if answer.status in REDIRECTS and answer.moved_to:
                    url = canonical(urljoin(url, answer.moved_to))
                    continue
                if answer.status is not None and 200 <= answer.status < 300:
                    return (answer.content or b"").decode("utf-8", "replace").replace("\0", "")
                return "" if answer.status is not None and 400 <= answer.status < 500 and answer.status != 429 else None
        except RefusedAddressError:
            raise
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, TimeoutError, _TooLargeError) as error:
            host.dead += isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout)
            return None
        return ""

    async def _once(self, asked: str, url: str, request: Request, host: _Host, most: int | None = None, cut: bool = False) -> Answer:
        """Send one request when the host's pause is over, and read its answer within the limits."""
        policy, loop = self.policy, asyncio.get_running_loop()
        if (wait := host.free_at - loop.time()) > 0:
            await asyncio.sleep(wait)
        headers: dict[bytes | str, bytes | str] = {
            "Host": urlsplit(url).netloc,
            "User-Agent": f"{PRODUCT} (+{policy.contact})",
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        limits = {"connect": policy.connect_seconds, "read": policy.read_seconds, "write": policy.read_seconds}
        began = datetime.now(UTC)
        try:
            async with (
                self._slots,
                asyncio.timeout(policy.total_seconds),
                self._pool.stream("GET", url, headers=headers, extensions={"timeout": limits}) as answer,
            ):
                found = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in reversed(answer.headers)}
                content = await _body(answer, found, most or policy.most_bytes, cut) if answer.status == 200 else None
        finally:
            asked_for = host.rules.crawl_delay(AGENT) if host.rules else None
            host.free_at = loop.time() + max(policy.pause, min(float(asked_for or 0.0), policy.longest_pause))
        retry_after = _retry_after(found.get("retry-after"), began) if answer.status in WAIT else None
        if retry_after or answer.status == 429:
            host.held_until = retry_after or began + timedelta(minutes=15)
            state = self.states.get(origin_of(url))
            if state:
                self.states[state.origin] = replace(state, held_until=host.held_until)
        return Answer(
            url=asked,
            attempted_at=began,
            status=answer.status,
            content=content,
            media_type=found.get("content-type", "").partition(";")[0].strip().lower() or None,
            etag=_stored(found.get("etag")),
            last_modified=_stored(found.get("last-modified")),
            moved_to=found.get("location"),
            retry_after=host.held_until if answer.status in WAIT else None,
        )


class _TooLargeError(Exception):
    """A body that is larger than allowed, as sent or as decoded, or that cannot be decoded."""


async def _body(answer: httpcore.Response, headers: Mapping[str, str], most: int, cut: bool) -> bytes:
    """Read and decode a body. More than `most` bytes are cut off or, without `cut`, refused."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise _TooLargeError(f"the body comes in an encoding that was not asked for ({coding[:40]})")
    decoder = zlib.decompressobj(wbits=47) if coding not in ("", "identity") else None
    content, received = bytearray(), 0
    async for chunk in answer.aiter_stream():
        received += len(chunk)
        try:
            content += decoder.decompress(chunk, most + 1 - len(content)) if decoder else chunk
        except zlib.error as error:
            raise _TooLargeError(f"the body cannot be decompressed: {error}") from error
        if received > most or len(content) > most:
            if cut:
                return bytes(content[:most])
            raise _TooLargeError(f"larger than {most:,} bytes")
    if decoder and not decoder.eof and not cut:
        raise _TooLargeError("the compressed body ends too early")
    return bytes(content)


def _retry_after(printed: str | None, now: datetime) -> datetime | None:
    """Return the time that a Retry-After header names, at most a week ahead; None where it names none."""
    if not printed:
        return None
    if printed.strip().isdigit():
        wait = timedelta(seconds=min(int(printed.strip()[:9]), 604_800))
    else:
        try:
            when = parsedate_to_datetime(printed.strip())
        except (ValueError, TypeError):
            return None
        wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return now + max(timedelta(), min(wait, timedelta(days=7)))


def _stored(header: str | None) -> str | None:
    """Return a validator as it can be stored and sent again."""
    return header if header and len(header) <= 500 and header.isprintable() else None
