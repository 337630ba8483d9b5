"""How often a story was read lately, as a chart beside its form."""

from newsroom.lib.charts import Chart, bar_chart

from ..models import Article
from ..readership import readings_a_day

DAYS = 14


def readers_chart(article: Article) -> Chart:
    """Its readings of two weeks, day by day; two queries."""
    days = readings_a_day(article.pk, DAYS)
    total, today = sum(number for _, number in days), days[-1][1]
    rows = [(f"{day:%-d %b}", float(number)) for day, number in days]
    return bar_chart("Readings a day", "readings", rows, f"{total:,} in {DAYS} days, {today:,} of them today.")
