"""Page: a finished response, with its bodies for each way to send it, and what it shows."""

import gzip
import json
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

# The best that takes no longer than making the page does.
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
# Seconds for which a page is kept at most.
LIFE = 60
# Seconds for which others may show a page while the site does not answer.
MOST_STALE = 600
# Below this, in bytes, a compressed body is not smaller by the length of a packet.
SMALL = 500
IDENTITY, GZIP, BROTLI = "", "gzip", "br"
# What “not modified” repeats (RFC 9110); all else would take the place of what the page itself came with.
REPEATED = ("Cache-Control", "ETag", "Vary", "Last-Modified", "Surrogate-Key")


class Position(NamedTuple):
    """A place in the log of facts: milliseconds, and a number within them."""

    at: int = 0
    number: int = 0


@dataclass
class Page:
    """A page as anybody gets it: `made_at` in seconds, `position` up to which facts are in it, `names` it shows."""

    headers: dict[str, str]
    bodies: dict[str, bytes]
    names: frozenset[str]
    position: Position
    made_at: float
    # What this process knows of it: up to where it has looked whether it is stale, since when readers lack something,
    # until when the clock leaves it as it is and by which timetable; whether anybody has asked for it lately.
    looked: Position | None = field(default=None, compare=False)
    lacks_since: float | None = field(default=None, compare=False)
    until: float = field(default=0.0, compare=False)
    timed_by: object = field(default=None, compare=False)
    is_wanted: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, response: HttpResponse, *, position: Position, made_at: float) -> Self:
        """A response to a question that nobody in particular has asked."""
        patch_vary_headers(response, ["Accept-Encoding"])
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        headers["ETag"] = weak(headers["ETag"])
        names: frozenset[str] = response.shows  # type: ignore[attr-defined]
        return cls(headers, bodies_of(response.content), names, position, made_at)

    def tell_others(self, *, fresh: int, until: float, with_names: bool) -> None:
        """Say to caches in front of the site how long they may show it: `fresh` seconds, and while the site is away.

        Never past `until` (seconds), even if this page is as old as it gets when they fetch it.
        """
        spare = max(0, int(until - self.made_at - LIFE))
        fresh = min(fresh, spare)
        control = self.headers["Cache-Control"].split(", ")
        parts = [part for part in control if not part.startswith(("must-revalidate", "s-maxage", "stale-"))]
        terms = {"s-maxage": fresh, "stale-while-revalidate": min(fresh, spare - fresh)}
        terms["stale-if-error"] = min(MOST_STALE, spare - fresh)
        self.headers["Cache-Control"] = ", ".join([*parts, *(f"{name}={value}" for name, value in terms.items())])
        if with_names:
            self.headers["Surrogate-Key"] = " ".join(sorted(self.names))

    @property
    def size(self) -> int:
        """Bytes of its bodies, and about those of all else."""
        return sum(map(len, self.bodies.values())) + 4096

    def to_bytes(self) -> bytes:
        """For keeping elsewhere: a line of JSON, then the bodies one after the other."""
        about = {
            "headers": self.headers,
            "lengths": {name: len(body) for name, body in self.bodies.items()},
            "names": sorted(self.names),
            "position": self.position,
            "made_at": self.made_at,
        }
        return b"".join([json.dumps(about).encode(), b"\n", *self.bodies.values()])

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """What `to_bytes` gave."""
        line, _, rest = kept.partition(b"\n")
        about = json.loads(line)
        bodies, start = {}, 0
        for name, length in about["lengths"].items():
            bodies[name] = rest[start : start + length]
            start += length
        return cls(about["headers"], bodies, frozenset(about["names"]), Position(*about["position"]), about["made_at"])

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to somebody who asks for it: in the encoding they like best, or “not modified”."""
        encoding = self.best(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.bodies[encoding]
        headers = {**self.headers, "Content-Length": str(len(body))}
        if encoding:
            headers["Content-Encoding"] = encoding
        if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
            modified = parse_http_date_safe(self.headers.get("Last-Modified", ""))
            known = get_conditional_response(request, self.headers["ETag"], modified)
            if isinstance(known, HttpResponseNotModified):
                return HttpResponseNotModified(headers={n: v for n, v in self.headers.items() if n in REPEATED})
        return HttpResponse(body if request.method == "GET" else b"", headers=headers)

    def best(self, accepted: str) -> str:
        """The smallest of its bodies that a browser takes."""
        if not accepted:
            return IDENTITY
        ways = [way.strip().lower() for way in accepted.split(",")]
        for encoding in (BROTLI, GZIP):
            if encoding in self.bodies and encoding in ways:
                return encoding
        return IDENTITY if ";" not in accepted else self._weighed(ways)

    def _weighed(self, ways: list[str]) -> str:
        """The same where qualities are given: one that is 0 is refused."""
        for encoding in (BROTLI, GZIP):
            for way in ways:
                name, _, quality = way.partition(";")
                if name.strip() == encoding and encoding in self.bodies and quality.strip(" q=") not in ZEROS:
                    return encoding
        return IDENTITY


ZEROS = {"0", "0.0", "0.00", "0.000"}


def weak(tag: str) -> str:
    """The entity tag for all encodings of the same page."""
    return tag if tag.startswith("W/") else f"W/{tag}"


def bodies_of(content: bytes) -> dict[str, bytes]:
    """A body in each encoding; the same bytes give the same body, whoever compresses them."""
    if len(content) < SMALL:
        return {IDENTITY: content}
    packed = gzip.compress(content, GZIP_LEVEL, mtime=0)
    return {IDENTITY: content, GZIP: packed, BROTLI: brotli.compress(content, quality=BROTLI_QUALITY)}
