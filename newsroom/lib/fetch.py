"""One careful question to another site: JSON from a host of a list, and nothing that could lead elsewhere.

The name is resolved once, every address it has must be public, and the connection goes to an address that was
checked; the certificate must still be the name's. No redirect is followed, nothing compressed is taken, and the whole
exchange has one deadline. What comes back is a stranger's: whoever asks looks at it before using it.
"""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

DEADLINE = 3.0  # seconds for everything, the name included
MOST_BYTES = 256 * 1024
MOST_HEAD = 32 * 1024  # bytes of status line and headers
PORT = 443
# All of IPv6 that is given out for the public, but for the two parts that carry addresses of IPv4 in them.
PUBLIC6 = ipaddress.ip_network("2000::/3")
CARRIERS = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))


class NotFetched(Exception):
    """Why there is no answer, in a sentence for the log and not for the person."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network, and in no disguise one of a private network."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        return found.is_global and found in PUBLIC6 and not any(found in carrier for carrier in CARRIERS)
    return found.is_global and not found.is_multicast


def resolve(host: str) -> list[str]:
    """All addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True)
class Network:
    """What lies between us and another site. Tests bring one of their own, which ends on this machine."""

    resolve: Callable[[str], list[str]] = resolve
    is_public: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    port: int = PORT
    deadline: float = DEADLINE


def get_json(address: str, *, hosts: Collection[str], network: Network | None = None) -> Any:
    """The JSON at an https address of one of `hosts`. Raises NotFetched for all that goes wrong, in time."""
    network = network or Network()
    ends = time.monotonic() + network.deadline
    parts = urlsplit(address)
    host = parts.hostname or ""
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if parts.scheme != "https" or parts.netloc != host or host not in hosts or " " in target:
        raise NotFetched(f"{address} is not on the list.")
    try:
        ip = _checked_address(host, network, ends)
        return _read(_exchange(ip, host, target, network, ends))
    except (OSError, HTTPException, ValueError, RecursionError) as problem:
        raise NotFetched(f"{host}: {problem!r}") from problem


def _left(ends: float) -> float:
    """The seconds until the deadline. Raises TimeoutError when it has passed."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("out of time")
    return left


def _checked_address(host: str, network: Network, ends: float) -> str:
    """The address to go to: the first, once all are known to be public."""
    pool = ThreadPoolExecutor(max_workers=1)  # looking up a name takes no deadline of its own
    try:
        found = pool.submit(network.resolve, host).result(_left(ends))
    finally:
        pool.shutdown(wait=False)
    if not found or not all(map(network.is_public, found)):
        raise NotFetched(f"{host} has an address that is not public.")
    return found[0]


def _exchange(ip: str, host: str, target: str, network: Network, ends: float) -> bytes:
    """The whole answer as it came, headers and all, at most as long as it may be."""
    plain = socket.create_connection((ip, network.port), timeout=_left(ends))
    with plain, network.context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as connection:
        connection.settimeout(_left(ends))
        connection.do_handshake()
        connection.sendall(_request(host, target))
        came = bytearray()
        while len(came) <= MOST_HEAD + MOST_BYTES:
            connection.settimeout(_left(ends))
            piece = connection.recv(16 * 1024)
            if not piece:
                return bytes(came)
            came += piece
    raise NotFetched(f"{host} answers more than {MOST_BYTES} bytes.")


def _request(host: str, target: str) -> bytes:
    lines = (
        f"GET {target} HTTP/1.0",
        f"Host: {host}",
        "User-Agent: Newsroom (title of an embed)",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "\r\n".join([*lines, "", ""]).encode("ascii")


class _Came:
    """An answer that is there whole, as http.client wants to be given one."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self.data)


def _read(data: bytes) -> Any:
    """The JSON of an answer; raises what http.client and json do, and NotFetched for any other answer than that."""
    response = HTTPResponse(_Came(data))  # type: ignore[arg-type]
    response.begin()
    kind = response.headers.get_content_type()
    if response.status != 200:
        raise NotFetched(f"The answer is {response.status}.")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched("The answer is compressed, which was not asked for.")
    if kind != "application/json" and not kind.endswith("+json"):
        raise NotFetched(f"The answer is {kind}.")
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise NotFetched(f"The answer has more than {MOST_BYTES} bytes.")
    return json.loads(body)
