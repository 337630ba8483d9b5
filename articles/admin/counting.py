"""Lists that are counted to a thousand and no further: what is beyond is found by sifting, not by turning pages."""

from functools import cached_property
from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST_COUNTED = 1_000


class AtLeast(int):
    """A number with more behind it: “1,000+”."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


class CountedPaginator(Paginator):
    """Django's, which would count every row there is for each page."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        found = rows.order_by()[: MOST_COUNTED + 1].count()
        return AtLeast(MOST_COUNTED) if found > MOST_COUNTED else found
