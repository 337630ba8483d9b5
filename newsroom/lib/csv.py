"""CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: object) -> str:
    """The value as text; an apostrophe before what would be a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A download of rows, sent as they come."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff"  # so that spreadsheets read it as UTF-8
        for row in rows:
            yield writer.writerow([safe_cell(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
