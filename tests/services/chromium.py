"""Where this machine's Chromium is."""

import os
from pathlib import Path

from playwright.sync_api import Playwright

from . import Missing, find_program

MISSING = (
    "Chromium is missing: install it (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/playwright install chromium) or set CHROMIUM to its path"
)


def find_chromium(playwright: Playwright) -> Path:
    """CHROMIUM, else the system's, else Playwright's own; raises Missing."""
    if chosen := os.environ.get("CHROMIUM"):
        return Path(chosen)
    own = Path(playwright.chromium.executable_path)
    found = find_program("chromium", "chromium-browser", "google-chrome") or (own if own.exists() else None)
    if not found:
        raise Missing(MISSING)
    return found
