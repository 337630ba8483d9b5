"""From a pressed button to a verb, and back to a sentence for the person who pressed it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .. import publishing
from ..cutting import AddressTaken
from ..editing import Conflict
from ..embargo import Embargoed
from ..models import Article, Edition
from ..preflight import Incomplete
from ..workflow import Move, Seen, Stage, open_moves, stage_after_edit
from .article_form import MoveForm

VERBS: dict[str, Callable[..., Article | Edition]] = {
    "submit": publishing.submit,
    "send_back": publishing.send_back,
    "approve": publishing.approve,
    "publish": publishing.publish,
    "expire": publishing.expire,
    "unschedule": publishing.unschedule,
    "unpublish": publishing.unpublish,
    "retract": publishing.retract,
    "bring_back": publishing.bring_back,
}
# Moves whose button says a moment: the field it stands in, and the words around it.
TIMED = {"expire": ("ends", "Let it end %")}
REFUSALS = (publishing.NotPossible, Embargoed, Incomplete, AddressTaken, Conflict, PermissionDenied)
DONE = {
    "submit": "Submitted for review.",
    "send_back": "Sent back to the writer.",
    "approve": "Approved: ready to publish.",
    "expire": "The end is set as you see it above.",
    "unschedule": "The waiting edition is cancelled.",
    "unpublish": "Readers no longer have this story.",
    "retract": "Retracted: its address says so.",
    "bring_back": "Readers have this story again.",
}


@dataclass(frozen=True)
class Button:
    """A move as it is drawn: what will happen, in words; with a moment in `field`, `timed` says when ("… for %")."""

    name: str
    label: str
    is_grave: bool = False
    is_main: bool = False
    field: str = ""
    timed: str = ""


def buttons(article: Article, user: Any) -> list[Button]:
    """The buttons for this story and this person, drawn from the table of moves.

    Pressing one saves first: what may be done is what may be done to a story that was changed on this page.
    """
    seen, waiting = article.seen, article.waiting_edition is not None
    stage = stage_after_edit(Stage(article.stage), may_approve=True)
    moves = open_moves(stage, seen, waiting=waiting, may=lambda right: user.has_perm(right, article))
    main = next((move.name for move in reversed(moves) if move.name in {"publish", "submit"}), "")
    drawn = [
        Button(move.name, label(move, seen), move.is_grave, move.name == main, *TIMED.get(move.name, ()))
        for move in moves
    ]
    if any(move.name == "publish" for move in moves):
        what = "Schedule the change" if seen == Seen.LIVE else "Schedule"
        drawn.append(Button("schedule", what, field="at", timed=f"{what} for %"))
    return drawn


def label(move: Move, seen: Seen) -> str:
    """What a move will do to this story."""
    if move.name != "publish":
        return move.label
    return "Update live story" if seen == Seen.LIVE else "Publish now"


def make(request: HttpRequest, article: Article) -> None:
    """Do what the pressed button says to the story just saved, and tell; a refusal loses nothing."""
    name = request.POST.get("_move", "")
    form = move_form(article, request.user, request.POST)
    if not form.is_valid():
        wrong = " ".join(f"{form.fields[field].label}: {errors[0]}" for field, errors in form.errors.items())
        messages.error(request, f"Saved, but no more than that. {wrong}")
        return
    try:
        messages.success(request, perform(name, article, request.user, form.cleaned_data))
    except REFUSALS as refusal:
        messages.error(request, f"Saved, but no more than that. {refusal}")


def perform(name: str, article: Article, user: Any, data: dict[str, Any]) -> str:
    """Call the verb; returns the sentence to show."""
    more: dict[str, Any] = {"note": data["note"]}
    if name in {"publish", "schedule"}:
        more["waiting"] = publishing.Waiting(data["waiting"] or publishing.Waiting.RECUT)
        more["significant"] = data["significant"]
    if name == "schedule":
        if not data["at"]:
            raise publishing.NotPossible("Say when: fill in “Publish at”.")
        more["at"], name = data["at"], "publish"
    if name == "expire":
        more["at"] = data["ends"]
    verb = VERBS.get(name)
    if verb is None:
        raise publishing.NotPossible("There is no such move.")
    return sentence(name, verb(article, version=article.version, by=user, **more))


def sentence(name: str, result: Article | Edition) -> str:
    if name != "publish" or not isinstance(result, Edition):
        return DONE[name]
    return f"Published: readers have it at {result.path}." if result.is_live else "Scheduled."


def move_form(article: Article, user: Any, data: Any = None) -> MoveForm:
    """The fields beside the buttons, each only where a button needs it."""
    form = MoveForm(data, prefix="move", initial={"ends": end_of(article)})
    form.fields["waiting"].choices = publishing.Waiting.choices  # type: ignore[attr-defined]
    names = {button.name for button in buttons(article, user)}
    if "publish" not in names:
        hide(form, "at")
    if "publish" not in names or article.waiting_edition is None:
        hide(form, "waiting")
    if "publish" not in names or not article.editions.begun().exists():
        hide(form, "significant")
    if "expire" not in names:
        hide(form, "ends")
    return form


def end_of(article: Article) -> datetime | None:
    """When readers will no longer have the story, if that is set."""
    last = article.editions.standing().order_by("live_at").last()
    return last.ends_at if last and last.ended_as == Edition.EndedAs.EXPIRED else None


def hide(form: MoveForm, name: str) -> None:
    form.fields[name].widget = form.fields[name].hidden_widget()
