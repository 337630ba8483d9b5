"""Whole numbers as requests name them."""

LARGEST = 2**31 - 1  # of a column of integers
LARGEST_KEY = 2**63 - 1  # of a column of keys


def number(text: str, most: int = LARGEST_KEY) -> int | None:
    """What `text` says in the digits 0 to 9 and nothing else, up to `most`; None for any other text.

    Python's own `int` takes signs, spaces and digits of any script, and refuses a text of thousands of digits with
    an error; `isdigit` is true of "²", which `int` refuses too.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    value = int(text)
    return value if value <= most else None
