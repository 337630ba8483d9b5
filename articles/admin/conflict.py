"""Two editors, one story: what each changed, field by field, and the three ways on. Nothing typed is lost.

Before anything is chosen both texts are in the history: mine set aside, theirs as a version.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from newsroom.lib.people import signed_in

from .. import editing, history
from ..body.compile import compile_body
from ..diff import FieldChange, compare
from ..draft import Draft
from ..models import Article, Revision
from ..models.parts import names_of

VERDICTS = {
    (True, True): "You both changed this",
    (True, False): "Only you changed this",
    (False, True): "Only {who} changed this",
}


@dataclass(frozen=True)
class Clash:
    """A field in which two texts differ: from theirs to mine, and from the common version to each."""

    change: FieldChange
    mine: FieldChange | None
    theirs: FieldChange | None
    verdict: str

    @property
    def is_both(self) -> bool:
        return bool(self.mine and self.theirs)


def remember(request: HttpRequest, draft: Draft, version: int) -> None:
    """Note what was typed, and on which version, before anything can refuse it."""
    request.typed = draft, version  # type: ignore[attr-defined]


def chosen(request: HttpRequest, article: Article, draft: Draft, version: int) -> Article | None:
    """What a pressed choice does instead of saving: taking theirs is done here; merging shows both texts again."""
    if "_take_theirs" in request.POST:
        history.set_aside(article, draft, version=version, by=signed_in(request))
        messages.success(request, "This is the other’s text. Yours is kept in the history, as set aside.")
        return article
    if "_merge" in request.POST:
        raise editing.Conflict(Article.objects.select_related("saved_by").get(pk=article.pk))
    return None


def context(request: HttpRequest, problem: editing.Conflict) -> dict[str, Any]:
    """What the page shows of a conflict, once both texts are kept."""
    mine, version = request.typed  # type: ignore[attr-defined]
    article, merging = problem.article, "_merge" in request.POST
    history.set_aside(article, mine, version=version, by=signed_in(request))
    article.refresh_from_db()
    if merging:
        move_version_up(request, article.version)
    base = common(article, version)
    return {
        "theirs": article,
        "theirs_body": compile_body(article.body).html,
        "who": problem.who,
        "base": base,
        "clashes": clashes(editing.cleaned(mine), article.draft, base.draft if base else None, problem.who),
        "merging": merging,
    }


def move_version_up(request: HttpRequest, version: int) -> None:
    """Let the form, with what was typed, be the next version of what the other saved."""
    data = request.POST.copy()
    data["read_version"] = str(version)
    request.POST = data  # type: ignore[assignment]


def common(article: Article, version: int) -> Revision | None:
    """The last version in the history that both texts come from, unless that is what the other saved."""
    known = article.revisions.of_working_copy().filter(version__lte=min(version, article.version))
    return known.first()


def clashes(mine: Draft, theirs: Draft, base: Draft | None, who: str) -> list[Clash]:
    """The fields in which two texts differ."""
    names = names_of(mine, theirs, *([base] if base else []))
    by_me = {change.name: change for change in compare(base, mine, names)} if base else {}
    by_them = {change.name: change for change in compare(base, theirs, names)} if base else {}
    found = []
    for change in compare(theirs, mine, names):
        own, other = by_me.get(change.name), by_them.get(change.name)
        verdict = VERDICTS.get((own is not None, other is not None), "").format(who=who)
        found.append(Clash(change, own, other, verdict))
    return found
