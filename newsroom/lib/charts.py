"""Small bar charts, measured here and drawn by admin/_chart.html as SVG with a table as their text. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT, GAP = 280, 80, 3  # in the SVG's own units


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, in words where a number alone would not tell, and where it stands."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    words: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its title, its unit, and one sentence that says it all."""

    title: str
    unit: str
    summary: str
    bars: tuple[Bar, ...]
    of: str = "Day"
    width: int = WIDTH
    height: int = HEIGHT


def bar_chart(
    title: str,
    unit: str,
    values: Sequence[tuple[str, float]],
    summary: str,
    of: str = "Day",
    spell: Callable[[float], str] | None = None,
) -> Chart:
    """A chart of (label, value) pairs; the highest value reaches the top, a zero is a hairline.

    `of` says what the labels are; `spell` tells a value in words, in place of its number and the unit.
    """
    top = max((value for _, value in values), default=0) or 1
    step = WIDTH / max(len(values), 1)
    bars = (_bar(place, label, value, step, HEIGHT * value / top) for place, (label, value) in enumerate(values))
    told = (replace(bar, words=spell(bar.value)) for bar in bars) if spell else bars
    return Chart(title, unit, summary, tuple(told), of)


def _bar(place: int, label: str, value: float, step: float, height: float) -> Bar:
    height = max(height, 1)
    return Bar(label, value, round(place * step, 2), round(HEIGHT - height, 2), round(step - GAP, 2), round(height, 2))
