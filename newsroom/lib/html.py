"""The one place outside articles/body that calls a string safe."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def trusted(html: str) -> SafeString:
    """HTML that our own code made from escaped text, now or when it was stored."""
    return mark_safe(html)


# What could end the element that holds it, begin a comment in it, or break a line where none may be.
IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(data: Any, media_type: str) -> SafeString:
    """Data for machines, as JSON inside a <script> that no browser runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPTS)
    return format_html('<script type="{}">{}</script>', media_type, mark_safe(text))
