"""Screens outside the site: slow, wrong at times, and sometimes not there. Asked once a comment is stored."""

from .about import About, Adapter, Silent
from .akismet import Akismet
from .webhook import Webhook

__all__ = ["About", "Adapter", "Silent", "adapters"]

KNOWN: tuple[type[Adapter], ...] = (Akismet, Webhook)


def adapters() -> list[Adapter]:
    """Those that the settings turn on."""
    return [kind() for kind in KNOWN if kind.is_on()]
