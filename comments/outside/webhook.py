"""A screen of the paper's own: an address that is sent each comment, signed, and says what should become of it."""

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
from django.conf import settings

from ..screening import Action, Signal
from ..workflow import Severity
from .about import DEADLINE, About, Silent

MOST_BYTES = 16 * 1024
LONGEST = 200
HELD = "A moderator reads it first."
SIGNATURE = "Newsroom-Signature"


class Webhook:
    """POST with JSON: {"kind": "check", "text", "author", "permalink", "is_changed"}; "ham" and "spam" are told later.

    Signed by a header `Newsroom-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 of "<seconds>." and the body. The
    answer is 204 for nothing, or JSON {"action": "note" | "flag" | "hold", "severity": 0 to 3, "evidence": "..."}.
    """

    rule, version = "webhook", 1

    @classmethod
    def is_on(cls) -> bool:
        return bool(settings.COMMENT_WEBHOOK)

    def ask(self, about: About) -> Signal:
        said = self._send("check", about)
        try:
            action = Action[str(said.get("action", "note")).upper()]
            severity = Severity(said.get("severity", Severity.LOW if action else Severity.NONE))
        except (KeyError, ValueError, AttributeError) as problem:
            raise Silent(f"The webhook says something unknown: {problem!r}") from problem
        evidence = _plain(said.get("evidence", "")) or "the webhook has looked at it"
        sentence = HELD if action == Action.HOLD else ""
        return Signal(self.rule, self.version, action, severity, sentence=sentence, evidence=evidence)

    def learn(self, about: About, *, is_spam: bool) -> None:
        self._send("spam" if is_spam else "ham", about)

    def _send(self, kind: str, about: About) -> Any:
        told = {"text": about.text, "author": about.author, "permalink": about.permalink}
        body = json.dumps({"kind": kind, **told, "is_changed": about.is_changed}).encode()
        headers = {"Content-Type": "application/json", SIGNATURE: signature(body, int(time.time()))}
        try:
            with httpx.stream(
                "POST", settings.COMMENT_WEBHOOK, content=body, headers=headers, timeout=DEADLINE
            ) as answer:
                answer.raise_for_status()
                return json.loads(_read(answer) or b"{}")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as problem:
            raise Silent(f"The webhook: {problem!r}") from problem


def _plain(said: Any) -> str:
    """A line that every database takes: without what is no sign of any script."""
    line = " ".join(str(said).replace("\x00", "").split())[:LONGEST]
    return line.encode(errors="replace").decode()


def signature(body: bytes, at: int) -> str:
    """What proves that a body is ours, and from when."""
    key = settings.COMMENT_WEBHOOK_SECRET.encode()
    return f"t={at},v1={hmac.new(key, b'%d.' % at + body, hashlib.sha256).hexdigest()}"


def _read(answer: httpx.Response) -> bytes:
    """The answer whole. Raises ValueError for one that is too long, or drips on past the deadline."""
    came, ends = b"", time.monotonic() + DEADLINE
    for piece in answer.iter_bytes():
        came += piece
        if len(came) > MOST_BYTES or time.monotonic() > ends:
            raise ValueError("The answer is too long in coming.")
    return came
