"""Whoever names an address reaches nothing that only this server reaches."""

import shutil
import socket
import ssl
import subprocess
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import fetching
from app.core.fetching import Allowed, Fetcher, FetchRefused, is_public
from tests.council import council, send

NOBODY = Allowed.of("", "")


@pytest.fixture
def place():
    with council() as found:
        yield found


@pytest.fixture(autouse=True)
def spoken(context):
    """Refusals are sentences in a language."""


def fetch(place, path="/", *, more=""):
    return Fetcher(Allowed.of("", f"{place.host}{more}")).json(place.url(path))


def refused(url, allowed=NOBODY):
    with pytest.raises(FetchRefused) as found:
        Fetcher(allowed).json(url)
    return str(found.value)


def test_a_server_of_ones_own_network_that_operators_have_named(place):
    place.answers["/"] = {"name": "Größe"}
    assert fetch(place) == {"name": "Größe"}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.1", "2130706433", "0x7f000001", "017700000001",
        "224.0.0.1", "[ff02::1]", "255.255.255.255", "127.0.0.1.", "LOCALHOST",
    ],
)  # fmt: skip
def test_what_is_not_public_is_not_asked(host, monkeypatch):
    def never(*_arguments):
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", never)
    assert refused(f"https://{host}/") in (
        "Diese Adresse ist nicht öffentlich.",
        "Einen Server mit diesem Namen gibt es nicht.",
        "Diese Adresse kann nicht abgerufen werden.",
    )


@given(st.ip_addresses())
def test_public_is_never_what_python_says_is_private(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(str(address))


def test_a_name_with_a_public_and_a_private_address_is_not_asked(monkeypatch):
    def both(_host, port, **_more):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in ("1.1.1.1", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert "nicht öffentlich" in refused("https://ris.example.org/")


def test_a_name_that_changes_its_address_gains_nothing(place, monkeypatch):
    """The name is looked up once for each request; the connection goes to what was looked at."""
    port = place.server.server_port
    answers = [("1.1.1.1", 443), ("127.0.0.1", port)]
    connected = []

    def rebinding(_host, _port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", answers.pop(0))]

    def note(_self, address):
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", note)
    refused("https://ris.example.org/")
    assert connected == [("1.1.1.1", 443)]
    assert place.asked == []


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/inside", "https://127.0.0.1/", "http://169.254.169.254/latest/meta-data/",
     "file:///etc/passwd", "gopher://localhost/", "//127.0.0.1:{port}/inside", "", "https://[::1]/"],
)  # fmt: skip
def test_a_redirect_into_ones_own_network_is_not_followed(place, target):
    with council() as inside:
        inside.answers["/inside"] = {"secret": 1}
        location = target.format(port=inside.server.server_port)
        place.answers["/"] = lambda handler: send(handler, b"", status=302, Location=location)
        with pytest.raises(FetchRefused):
            fetch(place)
        assert inside.asked == []


def test_redirects_on_the_same_server_are_followed_but_not_for_ever(place):
    place.answers["/"] = lambda handler: send(handler, b"", status=301, Location="/there")
    place.answers["/there"] = {"found": True}
    assert fetch(place) == {"found": True}
    place.answers["/there"] = lambda handler: send(handler, b"", status=307, Location="/there")
    with pytest.raises(FetchRefused, match="immer weiter"):
        fetch(place)
    assert len(place.asked) == 2 + 1 + fetching.MOST_REDIRECTS


def test_an_endless_answer_ends(place, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 200_000)

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Connection", "close")
        handler.end_headers()
        with suppress(OSError):
            while not place.over.is_set():
                handler.wfile.write(b" " * 65_536)

    place.answers["/"] = endless
    with pytest.raises(FetchRefused, match="zu groß"):
        fetch(place)


@pytest.mark.parametrize("what", ["nothing", "headers", "body"])
def test_a_slow_answer_ends(place, monkeypatch, what):
    """A byte now and then does not make the time begin anew."""
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.4)

    def slow(handler):
        if what == "body":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
        with suppress(OSError):
            while what != "nothing" and not place.over.wait(0.05):
                handler.wfile.write(b"H" if what == "headers" else b" ")
                handler.wfile.flush()
        place.over.wait()

    place.answers["/"] = slow
    with pytest.raises(FetchRefused, match="nicht rechtzeitig"):
        fetch(place)


def test_a_look_up_of_a_name_that_does_not_end_is_not_waited_for(place, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: place.over.wait() and [])
    assert "nicht rechtzeitig" in refused("https://ris.example.org/")


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"<html>", {"kind": "text/html"}),
        (b"{}", {"kind": "text/plain"}),
        (b"{}", {"Content_Encoding": "gzip"}),
        (b"{", {}),
        (b"\xff\xfe", {}),
        (b'{"a": NaN}', {}),
        (b"[" * 100_000, {}),
        (b"", {"status": 500}),
        (b"{}", {"status": 404}),
    ],
)
def test_what_is_not_json_is_refused(place, body, more):
    place.answers["/"] = lambda handler: send(handler, body, **more)
    with pytest.raises(FetchRefused):
        fetch(place)


def test_a_server_that_speaks_no_http(place):
    def nonsense(handler):
        handler.wfile.write(b"\x00" * 1000)
        handler.close_connection = True

    place.answers["/"] = nonsense
    with pytest.raises(FetchRefused, match="nicht erreicht"):
        fetch(place)


@pytest.mark.parametrize(
    "url",
    ["", "ris.example.org", "http://ris.example.org/", "ftp://ris.example.org/", "https://",
     "https://name:word@ris.example.org/", "https://ris.example.org:8443/", "https://ris.example.org:x/",
     "https://ris.example.org/\r\nHost: inside", "https://a..b/", "https://" + "a" * 300 + ".org/",
     "https://ris.example.org/ä"],
)  # fmt: skip
def test_addresses_that_are_none(url, monkeypatch):
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_a, **_k: [(socket.AF_INET, 1, 6, "", ("1.1.1.1", 443))]
    )
    monkeypatch.setattr(socket.socket, "connect", lambda *_arguments: None)
    monkeypatch.setattr(socket.socket, "getpeername", lambda _self: ("1.1.1.1", 443))
    assert refused(url)


def test_operators_can_name_the_servers_that_are_allowed():
    allowed = Allowed.of("ris.hannover-stadt.de, other.example.org", "")
    assert "erlauben nicht" in refused("https://ris.example.org/", allowed)


def test_a_certificate_that_nobody_vouches_for_is_refused(place, tmp_path, monkeypatch):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    wanted = (
        f"-keyout {key} -out {certificate} -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    subprocess.run([openssl, *made.split(), *wanted.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    place.server.socket = context.wrap_socket(place.server.socket, server_side=True)
    place.answers["/"] = {"found": True}
    url = place.url("/").replace("http://", "https://")
    allowed = Allowed.of("", place.host)
    assert "nicht erreicht" in refused(url, allowed)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert Fetcher(allowed).json(url) == {"found": True}
