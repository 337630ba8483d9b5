"""Numbers in requests: digits, within bounds, and nothing else."""

import pytest

from newsroom.lib.numbers import LARGEST, LARGEST_KEY, number


@pytest.mark.parametrize(
    ("text", "most", "value"),
    [
        ("0", LARGEST, 0),
        ("007", LARGEST, 7),
        (str(LARGEST), LARGEST, LARGEST),
        (str(LARGEST + 1), LARGEST, None),
        (str(LARGEST_KEY), LARGEST_KEY, LARGEST_KEY),
        (str(LARGEST_KEY + 1), LARGEST_KEY, None),
        *((text, LARGEST_KEY, None) for text in ["", " 1", "-1", "+1", "1_0", "1.0", "²", "٣", "x", "9" * 5000]),
    ],
)
def test_a_number_is_digits_within_bounds(text, most, value):
    assert number(text, most) == value
