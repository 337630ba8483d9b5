"""What a screen outside is told of a comment, and what it must be able to do."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Protocol

from ..screening import Action, Signal
from ..workflow import Severity

# Seconds within which another site has to answer.
DEADLINE = 3.0
# What is left of an address before it leaves the site: a neighbourhood, nobody's door (bits, by version of IP).
KEPT_BITS = {4: 24, 6: 48}
NOWHERE = "0.0.0.0"  # noqa: S104


class Silent(Exception):
    """No answer that can be understood, or none in time; why stands in the message, for the log."""


@dataclass(frozen=True)
class About:
    """A comment as it is told to others: no account, no mail, and of the network's address only the beginning."""

    text: str
    author: str
    permalink: str
    network: str = NOWHERE
    is_changed: bool = False


class Adapter(Protocol):
    """A screen outside. `rule` and `version` stand in its signals."""

    rule: str
    version: int

    @classmethod
    def is_on(cls) -> bool:
        """Whether the settings name it."""

    def ask(self, about: About) -> Signal:
        """What it has found, if only that there is nothing. Raises Silent."""

    def learn(self, about: About, *, is_spam: bool) -> None:
        """Be told what a person decided. Raises Silent."""


def silence(adapter: Adapter, *, is_new: bool) -> Signal:
    """In place of an answer that did not come: who is new here is read by a moderator, others are trusted."""
    evidence = f"{adapter.rule} did not answer"
    if not is_new:
        return Signal(adapter.rule, adapter.version, Action.NOTE, Severity.NONE, evidence=evidence)
    sentence = "It could not be checked for spam just now, so a moderator reads it first."
    return Signal(adapter.rule, adapter.version, Action.HOLD, sentence=sentence, evidence=evidence)


def network_of(sender: str) -> str:
    """The beginning of an address of the network, the rest zero; NOWHERE for what is none."""
    try:
        address = ip_address(sender)
    except ValueError:
        return NOWHERE
    return str(ip_network((address, KEPT_BITS[address.version]), strict=False).network_address)
