"""Akismet: a service that has seen much spam. Off without a key; see https://akismet.com/developers/."""

from typing import Any

import httpx
from akismet import USER_AGENT, AkismetError, CheckResponse, Config, SyncClient
from django.conf import settings

from ..screening import Action, Signal
from ..workflow import Severity
from .about import DEADLINE, About, Silent

HELD = "It looks like advertising to our spam filter, so a moderator reads it first."


def http() -> httpx.Client:
    return httpx.Client(timeout=DEADLINE, headers={"User-Agent": USER_AGENT})


class Akismet:
    """Asked whether a comment is spam, and told where it was wrong."""

    rule, version = "akismet", 1

    @classmethod
    def is_on(cls) -> bool:
        return bool(settings.AKISMET_KEY)

    def ask(self, about: About) -> Signal:
        answer = self._call("comment_check", about)
        if answer == CheckResponse.HAM:
            return Signal(self.rule, self.version, Action.NOTE, Severity.NONE, evidence="Akismet finds no spam")
        worst = answer == CheckResponse.DISCARD
        evidence = "Akismet is sure that this is spam" if worst else "Akismet takes this for spam"
        severity = Severity.HIGH if worst else Severity.MEDIUM
        return Signal(self.rule, self.version, Action.HOLD, severity, sentence=HELD, evidence=evidence)

    def learn(self, about: About, *, is_spam: bool) -> None:
        self._call("submit_spam" if is_spam else "submit_ham", about)

    def _call(self, verb: str, about: About) -> Any:
        said: dict[str, Any] = {
            "user_ip": about.network,
            "comment_type": "comment",
            "comment_author": about.author,
            "comment_content": about.text,
            "permalink": about.permalink,
        }
        if about.is_changed and verb == "comment_check":
            said["recheck_reason"] = "edit"
        try:
            with http() as way:
                return getattr(SyncClient(Config(settings.AKISMET_KEY, settings.SITE_URL), way), verb)(**said)
        except AkismetError as problem:
            raise Silent(f"Akismet: {problem}") from problem
