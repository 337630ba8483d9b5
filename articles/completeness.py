"""What a story must have before it is submitted or published. Pure; saving a draft asks none of it."""

from .body.compile import compile_body
from .draft import Draft


class Incomplete(Exception):
    """What still lacks, one sentence a field: `missing` maps field to sentence."""

    def __init__(self, missing: dict[str, str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing.values()))


def missing(draft: Draft) -> dict[str, str]:
    """The sentences to show, by field; empty when the story is complete."""
    lacks = {
        "headline": (not draft.headline, "The story needs a headline."),
        "section": (not draft.section, "The story needs a section."),
        "bylines": (not draft.bylines, "The story needs a byline."),
        "body": (not draft.body or not compile_body(draft.body).text, "The story needs a body."),
    }
    return {field: sentence for field, (lacking, sentence) in lacks.items() if lacking}


def require(draft: Draft) -> None:
    """Raises Incomplete unless the draft has all a published story must have."""
    lacking = missing(draft)
    if lacking:
        raise Incomplete(lacking)
