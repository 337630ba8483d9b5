"""Asking another site one careful question: a real server with TLS on this machine, and every way it may cheat."""

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.lib.fetch import MOST_BYTES, Network, NotFetched, get_json, is_public

TLS = Path(__file__).parent.parent / "data" / "tls"  # a certificate of oembed.example, which exists nowhere
HOST = "oembed.example"
ADDRESS = f"https://{HOST}/oembed?url=x"
JSON = b"Content-Type: application/json\r\n\r\n"
Answer = Callable[[ssl.SSLSocket], None]


class Server:
    """Takes one connection after the other, remembers what it was asked, and answers each the same."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, b""
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(connection, server_side=True) as secure:
                    self.asked += secure.recv(65536)
                    self.answer(secure)
            except OSError:
                continue


@pytest.fixture
def site() -> Iterator[Callable[..., tuple[Server, Network]]]:
    """`site(bytes or a function)`: a server, and a network in which its name leads to it and its address is public."""
    servers = []

    def start(answer: bytes | Answer) -> tuple[Server, Network]:
        server = Server((lambda secure: secure.sendall(answer)) if isinstance(answer, bytes) else answer)
        servers.append(server)
        context = ssl.create_default_context(cafile=str(TLS / "cert.pem"))
        return server, Network(lambda host: ["127.0.0.1"], lambda ip: True, context, server.port)

    yield start
    for server in servers:
        server.listening.close()


def ask(network: Network, address: str = ADDRESS) -> object:
    return get_json(address, hosts={HOST}, network=network)


def refused(network: Network, address: str = ADDRESS) -> str:
    with pytest.raises(NotFetched) as caught:
        ask(network, address)
    return str(caught.value)


def test_the_answer_is_the_json(site):
    server, network = site(b"HTTP/1.1 200 OK\r\n" + JSON + b'{"title": "The last ferry"}')
    assert ask(network) == {"title": "The last ferry"}
    assert server.asked.startswith(b"GET /oembed?url=x HTTP/1.0\r\nHost: oembed.example\r\n")
    assert b"Cookie" not in server.asked
    assert b"Accept-Encoding: identity" in server.asked


@pytest.mark.parametrize(
    "address",
    [
        "http://oembed.example/",
        "https://elsewhere.example/",
        "https://oembed.example:8443/",
        "https://me@oembed.example/",
        "https://oembed.example.evil.example/",
        "https://127.0.0.1/",
        "https://oembed.example/a b",
        "ftp://oembed.example/",
        "",
    ],
)
def test_nobody_else_is_asked(site, address):
    server, network = site(b"")
    assert "not on the list" in refused(network, address)
    assert server.asked == b""


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:93.184.216.34"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
        [],
    ],
)
def test_a_name_that_leads_to_a_private_address_is_not_followed(site, found):
    server, network = site(b"")
    assert "not public" in refused(replace(network, resolve=lambda host: found, is_public=is_public))
    assert server.asked == b""


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("64:ff9b:1::a00:1", False),
    ],
)
def test_what_is_public(address, public):
    assert is_public(address) is public


def test_the_name_is_looked_up_once_and_that_address_is_used(site):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    _, network = site(b"HTTP/1.1 200 OK\r\n" + JSON + b"{}")
    assert ask(replace(network, resolve=lambda host: next(answers))) == {}
    assert next(answers) == ["10.0.0.1"]


def test_the_certificate_must_be_that_of_the_name(site):
    server, network = site(b"HTTP/1.1 200 OK\r\n" + JSON + b"{}")
    assert "CERTIFICATE_VERIFY_FAILED" in refused(replace(network, context=ssl.create_default_context()))
    with pytest.raises(NotFetched, match="Hostname mismatch"):
        get_json("https://other.example/", hosts={"other.example"}, network=network)
    assert server.asked == b""


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "404 Not Found", "500 Oh", "204 No"])
def test_only_200_is_an_answer_and_no_redirect_is_followed(site, status):
    server, network = site(f"HTTP/1.1 {status}\r\nLocation: https://127.0.0.1/\r\n".encode() + JSON + b"{}")
    assert status[:3] in refused(network)
    assert server.asked.count(b"GET") == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"Content-Type: text/html\r\n\r\n<p>x</p>", "text/html"),
        (b"\r\n{}", "text/plain"),
        (JSON + b"<html>", "JSONDecodeError"),
        (JSON + b"\xff\xfe", "Error"),
        (JSON + b"[" * 100_000, "RecursionError"),
        (b"Content-Encoding: gzip\r\n" + JSON + gzip.compress(b" " * 10_000_000), "compressed"),
        (b"Transfer-Encoding: chunked\r\n" + JSON + b"fffffff\r\n{", "IncompleteRead"),
        (JSON + b" " * (MOST_BYTES + 1), "more than"),
    ],
)
def test_what_is_no_plain_json_of_moderate_size_is_no_answer(site, answer, why):
    _, network = site(b"HTTP/1.1 200 OK\r\n" + answer)
    assert why in refused(network)


def test_an_answer_in_chunks_is_read(site):
    body = json.dumps({"title": "x"}).encode()
    chunks = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    _, network = site(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + JSON + chunks)
    assert ask(network) == {"title": "x"}


def test_of_ten_megabytes_hardly_any_is_taken(site):
    sent = []

    def pour(secure: ssl.SSLSocket) -> None:
        secure.sendall(b"HTTP/1.1 200 OK\r\n" + JSON)
        for _ in range(160):
            secure.sendall(b" " * 65536)
            sent.append(65536)

    _, network = site(pour)
    assert "more than" in refused(network)
    assert sum(sent) < 9_000_000


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_site_that_dribbles_does_not_hold_us_longer_than_the_deadline(site, head):
    stop = threading.Event()

    def dribble(secure: ssl.SSLSocket) -> None:
        secure.sendall(head)
        while not stop.wait(0.05):
            secure.sendall(b"x")

    _, network = site(dribble)
    began = time.monotonic()
    refused(replace(network, deadline=0.5))
    stop.set()
    assert time.monotonic() - began < 2


def test_neither_does_a_name_that_is_not_found_in_time(site):
    done = threading.Event()
    _, network = site(b"")
    began = time.monotonic()
    refused(replace(network, resolve=lambda host: [str(done.wait(5))], deadline=0.3))
    done.set()
    assert time.monotonic() - began < 2


def test_a_site_that_is_not_there_is_no_error_of_ours(site):
    server, network = site(b"")
    server.listening.close()
    refused(network)
    refused(replace(network, resolve=lambda host: (_ for _ in ()).throw(socket.gaierror("no such name"))))
