"""Two editors, one story: what each changed, field by field, and the ways on. Nothing typed is lost.

Before anything is chosen both texts are in the history: mine set aside, theirs as a version.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .. import editing, history
from ..body.compile import compile_body
from ..diff import FieldChange, compare, label_of
from ..draft import Draft
from ..models import Article, Revision
from ..models.parts import names_of, parts_of
from .filling import fill

VERDICTS = {
    (True, True): "You both changed this",
    (True, False): "Only you changed this",
    (False, True): "You did not touch this",
}


@dataclass(frozen=True)
class Clash:
    """A field in which two texts differ: from theirs to mine, and from the common version to each."""

    change: FieldChange
    mine: FieldChange | None
    theirs: FieldChange | None

    @property
    def verdict(self) -> str:
        return VERDICTS.get((self.mine is not None, self.theirs is not None), "")

    @property
    def is_both(self) -> bool:
        return bool(self.mine and self.theirs)

    @property
    def is_only_theirs(self) -> bool:
        return self.theirs is not None and self.mine is None


def remember(request: HttpRequest, draft: Draft, version: int) -> None:
    """Note what was typed, and on which version, before anything can refuse it."""
    request.typed = editing.cleaned(draft), version  # type: ignore[attr-defined]


def chosen(request: HttpRequest, article: Article) -> Article | None:
    """What a pressed choice does instead of saving: taking theirs is done here; merging shows both texts again."""
    draft, version = request.typed  # type: ignore[attr-defined]
    if "_take_theirs" in request.POST:
        history.set_aside(article, draft, version=version, by=signed_in(request))
        messages.success(request, "This is the other text. Yours is kept in the history, as set aside.")
        return article
    if is_merging(request):
        raise editing.Conflict(Article.objects.select_related("saved_by").get(pk=article.pk))
    return None


def is_merging(request: HttpRequest) -> bool:
    return "_merge" in request.POST or "_use" in request.POST


def context(request: HttpRequest, problem: editing.Conflict) -> dict[str, Any]:
    """What the page shows of a conflict, once both texts are kept; when merging, with the form made ready for it."""
    mine, version = request.typed  # type: ignore[attr-defined]
    article, since = problem.article, since_version(request, version)
    if not is_kept(request, article, mine):
        history.set_aside(article, mine, version=since, by=signed_in(request))
        article.refresh_from_db()
    base, theirs = common(article, since), article.draft
    found = clashes(mine, theirs, base.draft if base else None)
    taken: list[str] = []
    if is_merging(request):
        taken = [clash.change.name for clash in found if to_take(request, clash)]
        request.POST = fill(request.POST, theirs, taken, version=article.version)  # type: ignore[assignment]
        mine = replace(mine, **{name: getattr(theirs, name) for name in taken})
        found = clashes(mine, theirs, base.draft if base else None)
    return {
        "theirs": article,
        "theirs_body": compile_body(article.body, parts_of(theirs)).html,
        "who": "the other window" if article.saved_by_id == request.user.pk else problem.who,
        "since": since,
        "base": base,
        "clashes": found,
        "merging": is_merging(request),
        "taken": [label_of(name).lower() for name in taken],
    }


def is_kept(request: HttpRequest, article: Article, mine: Draft) -> bool:
    """Whether the one field that is given up now was set aside before: a merge leaves no trail of its steps."""
    name = request.POST.get("_use", "")
    own = article.revisions.filter(kind=Revision.Kind.SET_ASIDE, made_by=request.user.pk).order_by("-made_at").first()
    return bool(own and name and getattr(own.draft, name, None) == getattr(mine, name, None))


def to_take(request: HttpRequest, clash: Clash) -> bool:
    """Whether merging takes their words: where mine are untouched, or where one just said so."""
    return clash.change.name == request.POST.get("_use") or ("_merge" in request.POST and clash.is_only_theirs)


def since_version(request: HttpRequest, version: int) -> int:
    """The version one began to write on; a page on which one merges already has moved its own up."""
    since = number(request.POST.get("_since", ""), LARGEST)
    return version if since is None else since


def common(article: Article, version: int) -> Revision | None:
    """The last version in the history that both texts come from."""
    known = article.revisions.of_working_copy().filter(version__lte=min(version, article.version))
    return known.first()


def clashes(mine: Draft, theirs: Draft, base: Draft | None) -> list[Clash]:
    """The fields in which two texts differ."""
    names = names_of(mine, theirs, *([base] if base else []))
    by_me = {change.name: change for change in compare(base, mine, names)} if base else {}
    by_them = {change.name: change for change in compare(base, theirs, names)} if base else {}
    return [Clash(change, by_me.get(change.name), by_them.get(change.name)) for change in compare(theirs, mine, names)]
