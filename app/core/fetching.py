"""Fetching JSON from another server, for people who may name its address.

Whoever names an address must not reach what only this server reaches (server-side request forgery):
https only, every address that the name has must be public, the connection goes to the very address
that was looked at (a name that changes in between gains nothing), redirects are followed by hand
under the same rules, and time and size are limited as a whole. Operators can name the hosts that
are allowed (FETCH_HOSTS), and hosts of their own network (FETCH_PRIVATE_HOSTS).
"""

import http.client
import io
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urljoin, urlsplit

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.core.errors import AppError

MOST_SECONDS = 10.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
_AGENT = "Plandialog"
_JSON = ("application/json", "application/ld+json", "application/problem+json")


class FetchRefused(AppError):
    """The address may not be fetched, or what came is not what it should be."""

    status = 422
    title = _("That did not work")


class Allowed(NamedTuple):
    """What operators allow: names of hosts (none: all public ones), `host:port` of their own."""

    hosts: frozenset[str]
    private: frozenset[str]

    @classmethod
    def of(cls, hosts: str, private: str) -> "Allowed":
        """From the settings: names separated by commas."""
        return cls(_names(hosts), _names(private))


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in listed.split(",") if name.strip())


def check(url: str, allowed: Allowed) -> None:
    """Whether an address may be asked at all, without asking; raises FetchRefused."""
    _place(url, allowed)


class Fetcher:
    """Several answers of one server within one limit of time and size."""

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        self.until = time.monotonic() + MOST_SECONDS
        self.left = MOST_BYTES

    def json(self, url: str) -> Any:
        """The JSON at the address; raises FetchRefused with a sentence for who named it."""
        hops = 0
        while True:
            answer, body = self._ask(_place(url, self.allowed))
            if answer.status not in (301, 302, 303, 307, 308):
                return _read(answer, body)
            url = urljoin(url, answer.headers.get("Location") or "")
            hops += 1
            if hops > MOST_REDIRECTS:
                _refuse(_("The address leads on and on."))

    def _ask(self, place: "_Place") -> tuple[http.client.HTTPResponse, bytes]:
        try:
            with _connected(place, self._remaining) as connection:
                connection.settimeout(self._remaining())
                connection.sendall(_request(place))
                answer = http.client.HTTPResponse(_Timed(connection, self._remaining))  # type: ignore[arg-type]  # it only ever asks for makefile
                answer.begin()
                body = b"" if 300 <= answer.status < 400 else self._body(answer)
                return answer, body
        except TimeoutError:
            _refuse(_("The other server did not answer in time."))
        except (OSError, http.client.HTTPException, ssl.SSLError):
            _refuse(_("The other server could not be reached, or did not answer as it should."))

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        pieces = []
        while piece := answer.read1(65_536):
            self.left -= len(piece)
            if self.left < 0:
                _refuse(_("What the other server sends is too large."))
            pieces.append(piece)
        return b"".join(pieces)

    def _remaining(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Place(NamedTuple):
    host: str
    port: int
    path: str
    secure: bool
    private: bool  # the operators have named it


def _place(url: str, allowed: Allowed) -> _Place:
    """Where the address leads, if it may be asked at all."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        _refuse(_("This is no address that can be fetched."))
    if not host or not url.isprintable() or " " in url:
        _refuse(_("This is no address that can be fetched."))
    if parts.username is not None or parts.password is not None:
        _refuse(_("An address with a name or a password in it is not fetched."))
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    private = f"{host}:{port}" in allowed.private
    if not secure and not (private and parts.scheme == "http"):
        _refuse(_("The address should begin with https://."))
    if not private and port != 443:
        _refuse(_("Only the usual port of https is fetched from."))
    if not private and allowed.hosts and host not in allowed.hosts:
        _refuse(_("The operators of this platform do not allow fetching from this server."))
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    return _Place(host, port, path, secure, private)


def _connected(place: _Place, remaining: Callable[[], float]) -> socket.socket:
    """A connection to an address of the place that was looked at before, and to no other."""
    found = _addresses(place, remaining())
    if not place.private and not all(is_public(str(one[4][0])) for one in found):
        _refuse(_("This address is not public."))
    family, kind, protocol, _name, address = found[0]
    connection = socket.socket(family, kind, protocol)
    try:
        connection.settimeout(remaining())
        connection.connect(address)
        if not place.private and not is_public(connection.getpeername()[0]):
            _refuse(_("This address is not public."))
        if place.secure:
            connection.settimeout(remaining())
            context = ssl.create_default_context()
            return context.wrap_socket(connection, server_hostname=place.host)
    except BaseException:
        connection.close()
        raise
    return connection


def _addresses(place: _Place, seconds: float) -> list[Any]:
    """What the name stands for. The system's look-up knows no limit of time: a thread waits."""
    with _not_waited_for(ThreadPoolExecutor(1)) as waiting:
        looking = waiting.submit(
            socket.getaddrinfo, place.host, place.port, type=socket.SOCK_STREAM
        )
        try:
            return looking.result(timeout=seconds)
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            _refuse(_("There is no server of this name."))


@contextmanager
def _not_waited_for(waiting: ThreadPoolExecutor) -> Iterator[ThreadPoolExecutor]:
    """Goes on although a look-up may still be waited for; its thread ends with it."""
    try:
        yield waiting
    finally:
        waiting.shutdown(wait=False)


def is_public(address: str) -> bool:
    """Whether everybody reaches it: not this machine, not a network of one's own, no group."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside is not None and not inside.is_global:
            return False
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped.is_global
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _request(place: _Place) -> bytes:
    host = f"[{place.host}]" if ":" in place.host else place.host
    usual = 443 if place.secure else 80
    name = host if place.port == usual else f"{host}:{place.port}"
    try:
        path = place.path.encode("ascii")
    except UnicodeEncodeError:
        _refuse(_("This is no address that can be fetched."))
    return (
        b"GET " + path + b" HTTP/1.1\r\nHost: " + name.encode() + b"\r\n"
        b"User-Agent: " + _AGENT.encode() + b"\r\nAccept: application/json\r\n"
        b"Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )


class _Timed:
    """A connection whose every reading has only the time that is left of the whole."""

    def __init__(self, connection: socket.socket, remaining: Callable[[], float]) -> None:
        self.connection = connection
        self.remaining = remaining

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self.connection, self.remaining))


class _Reading(io.RawIOBase):
    def __init__(self, connection: socket.socket, remaining: Callable[[], float]) -> None:
        self.connection = connection
        self.remaining = remaining

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(self.remaining())
        return self.connection.recv_into(buffer)


def _read(answer: http.client.HTTPResponse, body: bytes) -> Any:
    if answer.status != 200:
        _refuse(_("The other server answered with the status %(status)s.", status=answer.status))
    kind = answer.headers.get_content_type()
    if kind not in _JSON or answer.headers.get("Content-Encoding", "identity") != "identity":
        _refuse(_("What the other server sends is not JSON."))
    return parse(body)


def parse(body: bytes) -> Any:
    """JSON in UTF-8, without what no JSON may hold; raises FetchRefused."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        _refuse(_("This is not JSON, or it is damaged."))


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(message: LazyString) -> NoReturn:
    raise FetchRefused(message) from None
