"""Who reads what, as numbers: readings are noted one by one, counted in batches by `tick`, and belong to nobody.

The same reader counts once in half an hour. A reader is known by a hash of address and browser under a salt that
lasts a day; neither the hash nor the address is ever stored, only that the hash was seen, in the cache.
"""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Sum
from django.db.models.functions import TruncHour
from django.utils import timezone

from .models import Edition
from .models.reading import ReadCount, Reading

ONCE_IN = timedelta(minutes=30)
SALT_LASTS = timedelta(days=1)
BATCH = 50_000
# Robots that say so; those that lie are not many enough to matter here.
ROBOT = re.compile(r"bot\b|bot[/;]|crawl|spider|slurp|preview|fetch|monitor|curl|python|wget|lighthouse", re.IGNORECASE)


def note(article: int, *, address: str, browser: str) -> bool:
    """Note a reading of a story (by its key); whether it counts.

    It does not for robots, for a reader who has just been counted, and for a story that readers do not have.
    """
    if not browser or ROBOT.search(browser):
        return False
    if not Edition.objects.live().filter(article=article).exists():
        return False
    if not cache.add(f"read:{article}:{_reader(address, browser)}", 1, ONCE_IN.total_seconds()):
        return False
    Reading.objects.create(article_id=article, at=timezone.now())
    return True


@transaction.atomic
def count() -> int:
    """Add up what was noted, by story and hour; returns how many readings. Safe to run twice, and two at a time."""
    batch = list(
        Reading.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH].values_list("pk", flat=True)
    )
    rows = Reading.objects.filter(pk__in=batch)
    sums = rows.annotate(hour=TruncHour("at")).values("article", "hour").annotate(number=Count("pk")).order_by()
    for row in sums:
        known, is_new = ReadCount.objects.get_or_create(
            article_id=row["article"], hour=row["hour"], defaults={"count": row["number"]}
        )
        if not is_new:
            ReadCount.objects.filter(pk=known.pk).update(count=F("count") + row["number"])
    rows.delete()
    return len(batch)


def readings(articles: Iterable[int], since: datetime) -> Counter[int]:
    """How often each of these stories was read since then (to the hour), in two queries."""
    keys = list(articles)
    found: Counter[int] = Counter()
    counted = ReadCount.objects.filter(article__in=keys, hour__gte=since.replace(minute=0, second=0, microsecond=0))
    found.update(dict(counted.values_list("article").annotate(Sum("count")).order_by()))
    noted = Reading.objects.filter(article__in=keys, at__gte=since)
    found.update(dict(noted.values_list("article").annotate(Count("pk")).order_by()))
    return found


def readings_a_day(article: int, days: int) -> list[tuple[date, int]]:
    """How often a story was read on each of the last days of the site's zone, today included, in two queries."""
    wanted = [timezone.localdate() - timedelta(days=back) for back in reversed(range(days))]
    since = timezone.make_aware(datetime.combine(wanted[0], time.min))
    found: Counter[date] = Counter()
    for hour, number in ReadCount.objects.filter(article=article, hour__gte=since).values_list("hour", "count"):
        found[timezone.localdate(hour)] += number
    found[wanted[-1]] += Reading.objects.filter(article=article, at__gte=since).count()
    return [(day, found[day]) for day in wanted]


def most_read(since: datetime, limit: int) -> list[int]:
    """The stories most read since then (to the hour), the first the most, of those that readers have; one query."""
    live = Exists(Edition.objects.live().filter(article=OuterRef("article")))
    counted = ReadCount.objects.filter(live, hour__gte=since.replace(minute=0, second=0, microsecond=0))
    sums = counted.values("article").annotate(number=Sum("count")).order_by("-number", "-article")
    return list(sums.values_list("article", flat=True)[:limit])


def _reader(address: str, browser: str) -> str:
    salt = cache.get_or_set(f"read-salt:{timezone.now():%Y-%m-%d}", secrets.token_hex, SALT_LASTS.total_seconds())
    return hashlib.blake2b(f"{salt} {address} {browser}".encode(), digest_size=16).hexdigest()
