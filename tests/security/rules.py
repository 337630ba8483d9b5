"""Who may do what at which address of the admin and the desk, for stories in which states: the table, to read aloud.

The roles and the states are those of world.py. A grant says in which states a role may; test_matrix.py tries it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from comments.models import Comment
from tests.factories import picture_bytes

from .world import CAST, MAKE, Sample

Grant = Mapping[str, frozenset[str]]
Data = Callable[[Sample], dict[str, Any]]

# --- Roles -----------------------------------------------------------------------------------------

EVERYBODY = frozenset(CAST)
STRANGERS = frozenset({"anonymous", "reader", "not staff", "inactive"})
STAFF = EVERYBODY - STRANGERS
SUPERUSER = frozenset({"superuser"})
# Of the story: who may open it, and who has an editor's rights over it.
EDITORS = SUPERUSER | {"editor", "editor of the section"}
OPENERS = EDITORS | {"its writer"}
# Of the paper, whichever the story.
DESK_EDITORS = EDITORS | {"editor elsewhere"}
WRITERS = DESK_EDITORS | {"its writer", "another writer"}
MODERATORS = SUPERUSER | {"moderator"}
# Of the front page: who is not limited to sections.
PAPERS_EDITORS = SUPERUSER | {"editor"}
WRITER = frozenset({"its writer"})

# --- States ----------------------------------------------------------------------------------------

ALL = frozenset(MAKE)
TRASHED = frozenset({"trashed"})
KEPT = ALL - TRASHED
LIVE = frozenset({"live", "live, changed", "change scheduled"})
WAITING = frozenset({"scheduled", "change scheduled"})
GONE = frozenset({"unpublished", "retracted", "expired"})
UNSEEN = frozenset({"draft", "in review", "ready", "embargoed", "held"})
# Where the working copy stands in draft, whatever readers have.
IN_DRAFT = frozenset({"draft", "embargoed", "held", "live, changed", "unpublished", "retracted"})
REVIEWED = frozenset({"in review", "ready"})


def may(roles: frozenset[str], states: frozenset[str] = ALL) -> Grant:
    return dict.fromkeys(roles, states)


def either(*grants: Grant) -> Grant:
    """What one of the grants gives."""
    names = {name for grant in grants for name in grant}
    return {name: frozenset().union(*(grant.get(name, ()) for grant in grants)) for name in names}


NOBODY: Grant = {}
OPEN = may(OPENERS, KEPT)
EDIT = may(EDITORS, KEPT)

# --- Rules -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """Something that is sent to an address: what it holds, and who changes something by it."""

    name: str
    grant: Grant
    data: Data = lambda sample: {}


@dataclass(frozen=True)
class Rule:
    """Of one address: who is answered 200, who finds a story's words there, and what changes something.

    `goes` are those who are sent on instead (302), `takes` those who may send what changes nothing. `rows` says what
    stands in the holes where the story's own numbers do not: by the name that world.py has for it. `query` goes behind
    the address. `of_many` says that a story is named in what is sent, `tells_what_was` that everybody there finds the
    headlines that readers had once.
    """

    reads: Grant = field(default_factory=dict)
    sees: Grant = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    goes: Grant = field(default_factory=dict)
    takes: Grant = field(default_factory=dict)
    rows: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    of_many: bool = False
    tells_what_was: bool = False


def page(grant: Grant, *acts: Act, **more: Any) -> Rule:
    """A page on which who may read it finds the story's words."""
    return Rule(reads=grant, sees=grant, acts=acts, **more)


def button(name: str, grant: Grant, data: Data = lambda sample: {}, **more: Any) -> Rule:
    """An address that only takes what is sent."""
    return Rule(acts=(Act(name, grant, data),), **more)


def read(sample: Sample) -> dict[str, Any]:
    """The version that was on screen."""
    return {"version": sample.version, "note": "For the record."}


def new_file(sample: Sample) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("still.jpg", picture_bytes())}


def written(**fields: Any) -> Data:
    """The story's form as a browser sends it, with some fields changed."""
    return lambda sample: sample.form | {"read_version": sample.version} | fields


def pressed(move: str, **fields: Any) -> Data:
    named = {f"move-{name}": value for name, value in {"note": "Because.", "waiting": "recut", **fields}.items()}
    return written(_move=move, **named)


def chosen(action: str, **fields: Any) -> Data:
    """One story of the list, with an action that one is sure of."""

    def data(sample: Sample) -> dict[str, Any]:
        pk = sample.article.pk
        asked = {"action": action, "_selected_action": pk, "versions": f"{pk}.{sample.version}", "_sure": "1"}
        return asked | {"note": "Because."} | fields

    return data


def model(
    at: str,
    views: Grant = NOBODY,
    *,
    rows: Mapping[str, Any] | None = None,
    adds: Grant = NOBODY,
    changes: Grant = NOBODY,
    deletes: Grant = NOBODY,
    data: dict[str, Any] | None = None,
    tells_what_was: bool = False,
) -> dict[str, Rule]:
    """The pages that Django's admin has for a model."""
    rows = rows or {}
    there = f"{at}<path:object_id>/"
    acts = (Act("change", changes, lambda sample: data),) if data else ()
    return {
        at: Rule(views, tells_what_was=tells_what_was),
        f"{at}add/": Rule(adds),
        f"{there}history/": Rule(views, rows=rows),
        f"{there}delete/": Rule(deletes, rows=rows),
        f"{there}change/": Rule(views, acts=acts, rows=rows, tells_what_was=tells_what_was),
        there: Rule(goes=may(STAFF), rows=rows),
    }


# --- Of one story ----------------------------------------------------------------------------------

STORY = "/admin/articles/article/<int:pk>/"
HISTORY = f"{STORY}story-history/<slug:key>/"
SOON, LATER = "2099-01-01", "2099-01-02"

# Who may put a story away: editors, and writers what is theirs, in draft, and never was with readers.
PUTS_AWAY = either(EDIT, may(WRITER, frozenset({"draft", "embargoed", "held"})))
PUBLISHABLE = UNSEEN | {"live, changed", "unpublished", "retracted"}

OF_A_STORY = {
    f"{STORY}preview/": page(OPEN),
    f"{STORY}autosave/": Rule(OPEN, acts=(Act("type", OPEN, written(dek="Typed.")),)),
    f"{STORY}presence/": button("be there", OPEN, lambda sample: {"_page": "a-page-of-ones-own", "to_write": "1"}),
    f"{STORY}take-over/": button("take over", OPEN),
    f"{STORY}embargo/": page(
        OPEN,
        Act(
            "promise",
            may(EDITORS, KEPT - LIVE - WAITING),
            lambda sample: {"version": sample.version, "lifts_at": f"{SOON} 09:00", "source": "Kittiwake"},
        ),
        Act(
            "break",
            may(SUPERUSER, frozenset({"embargoed"})),
            lambda sample: {"_break": "1", "break-version": sample.version, "break-reason": "It is out."},
        ),
    ),
    f"{STORY}share/": page(OPEN, Act("share", OPEN), Act("pin", OPEN, lambda sample: {"pin": "1"})),
    f"{STORY}share/<int:link>/revoke/": button("revoke", OPEN),
    f"{STORY}story-history/": page(OPEN),
    f"{HISTORY}look/": Rule(OPEN),
    f"{HISTORY}name/": button("name", OPEN, lambda sample: {"name": "As it was"}),
    f"{HISTORY}restore/": button("restore", OPEN, read),
    f"{HISTORY}roll-back/": button("roll back", may(EDITORS, LIVE | GONE), read, rows={"key": "old"}),
    f"{STORY}corrections/": page(
        EDIT,
        Act(
            "correct",
            may(EDITORS, LIVE),
            lambda sample: {"version": sample.version, "kind": "correction", "text": "It was two.", "place": "top"},
        ),
    ),
    f"{STORY}corrections/<int:correction>/withdraw/": button(
        "withdraw", may(EDITORS, LIVE), lambda sample: {"reason": "It was three."}
    ),
    f"{STORY}duplicate/": page(OPEN, Act("duplicate", OPEN)),
    f"{STORY}trash/": page(
        PUTS_AWAY,
        Act(
            "put away",
            either(
                may(EDITORS, frozenset({"draft", "in review", "ready", "unpublished", "expired"})),
                may(WRITER, frozenset({"draft"})),
            ),
            read,
        ),
    ),
    f"{STORY}put-back/": button("put back", may(OPENERS, TRASHED)),
    f"{STORY}delete-now/": page(may(SUPERUSER, TRASHED), Act("delete", may(SUPERUSER, TRASHED))),
    f"{STORY}notes/": page(OPEN, Act("note", OPEN, lambda sample: {"text": "Is that so?"})),
    f"{STORY}notes/assign/": Rule(
        acts=(
            # What nobody has, its writer may take.
            Act("take", either(EDIT, may(WRITER, frozenset({"draft"}))), lambda sample: {"due": SOON}),
            Act(
                "give",
                either(EDIT, may(WRITER, frozenset({"draft"}))),
                lambda sample: {"to": CAST["another writer"]().pk},
            ),
        ),
    ),
    f"{STORY}notes/<int:note>/answer/": button("answer", OPEN, lambda sample: {"text": "It is."}),
    f"{STORY}notes/<int:note>/resolve/": button("resolve", OPEN),
    f"{STORY}notes/<int:note>/reopen/": button("reopen", OPEN, rows={"note": "done"}),
    f"{STORY}move/<int:edition>/": page(
        may(EDITORS, LIVE | GONE | WAITING),
        Act(
            "move",
            may(EDITORS, WAITING),
            lambda sample: {"version": sample.version, "at": f"{SOON} 09:00"},
        ),
    ),
    "/admin/articles/article/board/<int:pk>/": Rule(
        acts=(
            Act("submit", may(OPENERS, IN_DRAFT), lambda sample: {"move": "submit", "version": sample.version}),
            Act(
                "approve",
                may(EDITORS, frozenset({"in review"})),
                lambda sample: {"move": "approve", "version": sample.version},
            ),
            Act("publish", NOBODY, lambda sample: {"move": "publish", "version": sample.version}),
        ),
    ),
    "/admin/articles/article/<path:object_id>/change/": page(
        may(OPENERS),
        Act("save", OPEN, written(dek="Another dek.")),
        Act("save without a change", NOBODY, written()),
        Act("submit", may(OPENERS, IN_DRAFT), pressed("submit")),
        Act("send back", may(EDITORS, REVIEWED), pressed("send_back")),
        Act("approve", may(EDITORS, frozenset({"in review"})), pressed("approve")),
        Act("publish", may(EDITORS, PUBLISHABLE - {"embargoed"}), pressed("publish")),
        Act(
            "schedule",
            may(EDITORS, PUBLISHABLE),
            pressed("schedule", at_0=LATER, at_1="09:00", at=f"{LATER} 09:00"),
        ),
        Act("expire", may(EDITORS, LIVE | WAITING), pressed("expire", ends=f"{LATER} 09:00")),
        Act("unschedule", may(EDITORS, WAITING), pressed("unschedule")),
        Act("unpublish", may(EDITORS, LIVE), pressed("unpublish")),
        Act("retract", may(EDITORS, LIVE | {"expired", "unpublished"}), pressed("retract")),
        Act("bring back", may(EDITORS, GONE), pressed("bring_back")),
    ),
    "/admin/articles/article/<path:object_id>/history/": page(OPEN),
    "/admin/articles/article/<path:object_id>/delete/": Rule(),
    "/admin/articles/article/<path:object_id>/": Rule(goes=may(STAFF)),
    # What is on record is known to whoever may know of the story, in the trash too.
    "/admin/articles/event/<path:object_id>/change/": page(may(OPENERS), rows={"object_id": "event"}),
    "/admin/articles/event/<path:object_id>/history/": Rule(may(OPENERS), rows={"object_id": "event"}),
    "/admin/articles/event/<path:object_id>/delete/": Rule(rows={"object_id": "event"}),
    "/admin/articles/event/<path:object_id>/": Rule(goes=may(STAFF), rows={"object_id": "event"}),
}

# --- Of many stories -------------------------------------------------------------------------------

LISTS = {
    # A few stories of each kind: which, the day decides.
    "/admin/": Rule(may(STAFF)),
    "/admin/articles/article/": Rule(
        may(WRITERS),
        sees=may(OPENERS),
        acts=(
            Act("submit", may(OPENERS, IN_DRAFT), chosen("submit")),
            Act("approve", may(EDITORS, frozenset({"in review"})), chosen("approve")),
            Act("send back", may(EDITORS, REVIEWED), chosen("send_back")),
            Act("duplicate", OPEN, chosen("duplicate")),
            Act("publish", may(EDITORS, PUBLISHABLE - {"embargoed"}), chosen("publish")),
            Act("unpublish", may(EDITORS, LIVE), chosen("unpublish")),
            Act(
                "put away",
                either(
                    may(EDITORS, frozenset({"draft", "in review", "ready", "unpublished", "expired"})),
                    may(WRITER, frozenset({"draft"})),
                ),
                chosen("trash"),
            ),
            Act("delete", NOBODY, chosen("delete_selected", post="yes")),
        ),
        of_many=True,
    ),
    # Of what readers have, to refer to it: no word of a working copy.
    "/admin/articles/article/search/": Rule(may(WRITERS), tells_what_was=True),
    # Switched off, as it is on a site that does not ask for it; who may, then, is in test_embed_title.py.
    "/admin/articles/article/embed-title/": Rule(NOBODY),
    "/admin/articles/article/add/": Rule(
        may(WRITERS), acts=(Act("start", may(WRITERS), lambda sample: {"headline": "New"}),)
    ),
    "/admin/articles/article/trash/": Rule(may(WRITERS), sees=may(OPENERS)),
    "/admin/articles/article/calendar/": Rule(may(WRITERS), sees=may(OPENERS)),
    "/admin/articles/article/calendar/feed/": Rule(may(WRITERS), acts=(Act("make", may(WRITERS)),)),
    "/admin/articles/article/board/": Rule(may(WRITERS), sees=may(OPENERS)),
    "/admin/articles/article/views/add/": Rule(
        may(WRITERS),
        acts=(
            Act("keep", may(WRITERS), lambda sample: {"name": "Mine", "query": "stage=draft"}),
            Act("share", may(WRITERS), lambda sample: {"name": "Ours", "query": "stage=draft", "is_shared": "on"}),
        ),
    ),
    "/admin/articles/article/views/<int:pk>/": Rule(
        may(SUPERUSER), acts=(Act("rename", may(SUPERUSER), lambda sample: {"name": "Else"}),), rows={"pk": "view"}
    ),
    "/admin/articles/article/views/<int:pk>/remove/": button("remove", may(SUPERUSER), rows={"pk": "view"}),
    "/admin/articles/errornote/": Rule(may(DESK_EDITORS)),
    "/admin/articles/errornote/<int:pk>/answer/": button(
        "answer",
        may(PAPERS_EDITORS | {"editor elsewhere"}),
        lambda sample: {"found": "no-error"},
        rows={"pk": "error"},
    ),
    "/admin/articles/note/": Rule(may(WRITERS), sees=may(OPENERS)),
    "/admin/articles/event/": Rule(may(WRITERS), sees=may(OPENERS)),
    "/admin/articles/event/add/": Rule(),
    "/admin/articles/event/export/": Rule(may(WRITERS), sees=may(OPENERS)),
}

# --- The rest of the admin -------------------------------------------------------------------------

SITE = {
    "/admin/mail/": Rule(may(STAFF), acts=(Act("wish", may(STAFF), lambda sample: {"mail": "never"}),)),
    # Signing in is allauth's business.
    "/admin/login/": Rule(goes=may(STAFF | {"anonymous", "inactive"}), takes=may(STAFF)),
    "/admin/logout/": Rule(takes=may(STAFF)),
    "/admin/password_change/": Rule(may(STAFF)),
    "/admin/password_change/done/": Rule(may(STAFF)),
    "/admin/autocomplete/": Rule(
        may(WRITERS), query="?app_label=articles&model_name=article&field_name=lead_image&term="
    ),
    "/admin/jsi18n/": Rule(may(STAFF)),
    # Where an edition will be tells what it says.
    "/admin/r/<path:content_type_id>/<path:object_id>/": Rule(rows={"object_id": "edition"}),
    "/admin/^(?P<app_label>newsroom|django_q|mfa|articles|comments|account)/$": Rule(may(WRITERS)),
    "/admin/(?P<url>.*)$": Rule(),
}

# Of what readers have or had; of what they will have, for who may open the story.
DISCUSSED = either(may(DESK_EDITORS | MODERATORS, LIVE | GONE), may(EDITORS, WAITING))
PICTURE = {
    "title": "A still",
    "alt": "A boat in the rain",
    "credit": "Picture: Bex Molloy",
    "focal_x": "0.5",
    "focal_y": "0.5",
}
AT = "/admin/articles"


ROWS = (
    model(
        f"{AT}/image/",
        may(WRITERS),
        rows={"object_id": "picture"},
        adds=may(WRITERS),
        changes=may(WRITERS),
        deletes=may(DESK_EDITORS),
        data=PICTURE,
    )
    | {
        f"{AT}/image/<int:pk>/file/": Rule(may(WRITERS), rows={"pk": "picture"}),
        f"{AT}/image/<int:pk>/original/": Rule(may(WRITERS), rows={"pk": "picture"}),
        f"{AT}/image/<int:pk>/replace/": button("replace", may(WRITERS), new_file, rows={"pk": "picture"}),
        f"{AT}/image/search/": Rule(may(WRITERS)),
        f"{AT}/image/<int:pk>/words/": button(
            "say what it shows",
            may(WRITERS),
            lambda sample: {"alt": "Another boat", "credit": "Picture: Wren Hale"},
            rows={"pk": "picture"},
        ),
        f"{AT}/image/upload/": button("upload", may(WRITERS), new_file),
    }
    | model(
        f"{AT}/section/",
        may(WRITERS),
        rows={"object_id": "section"},
        adds=may(DESK_EDITORS),
        changes=may(DESK_EDITORS),
        deletes=may(SUPERUSER),
        data={"name": "Telly", "colour": "teal", "position": "3"},
    )
    | {
        # An editor elsewhere has the front of their own section, and no other.
        f"{AT}/slot/": Rule(may(DESK_EDITORS)),
        f"{AT}/slot/preview/": Rule(may(DESK_EDITORS - {"editor of the section"}), query="?front=film"),
        f"{AT}/slot/add/": Rule(),
        f"{AT}/slot/<int:pk>/change/": Rule(
            may(PAPERS_EDITORS),
            acts=(Act("change", may(PAPERS_EDITORS), lambda sample: {"place": "top", "version": "1"}),),
            rows={"pk": "slot"},
        ),
        f"{AT}/slot/<int:pk>/move/": button(
            "move", may(PAPERS_EDITORS), lambda sample: {"place": "picks", "to": "0", "seen": ""}, rows={"pk": "slot"}
        ),
        f"{AT}/slot/<int:pk>/remove/": button(
            "remove", may(PAPERS_EDITORS), lambda sample: {"version": "1"}, rows={"pk": "slot"}
        ),
    }
    | model(
        f"{AT}/housepage/",
        may(PAPERS_EDITORS),
        rows={"object_id": "page"},
        adds=may(PAPERS_EDITORS),
        changes=may(PAPERS_EDITORS),
        deletes=may(SUPERUSER),
        data={"title": "About us", "body": "<p>Else.</p>", "place": "1", "read_version": "1"},
    )
    | {f"{AT}/housepage/<int:pk>/preview/": Rule(may(PAPERS_EDITORS), takes=may(PAPERS_EDITORS), rows={"pk": "page"})}
    | model(
        f"{AT}/topic/",
        may(WRITERS),
        rows={"object_id": "topic"},
        adds=may(WRITERS),
        changes=may(DESK_EDITORS),
        deletes=may(SUPERUSER),
        data={"name": "Widows Kept"},
    )
    | model(
        f"{AT}/author/",
        may(WRITERS),
        rows={"object_id": "author"},
        adds=may(DESK_EDITORS),
        changes=may(DESK_EDITORS),
        deletes=may(SUPERUSER),
        data={"name": "Rory Q.", "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"},
    )
    | model(
        "/admin/comments/rules/",
        may(DESK_EDITORS | MODERATORS),
        rows={"object_id": "rules"},
        adds=may(DESK_EDITORS | MODERATORS),
        changes=may(DESK_EDITORS | MODERATORS),
        deletes=may(SUPERUSER),
        data={"mode": "moderated", "slow_seconds": "30", "pause_message": "Back soon."},
    )
    | model(
        "/admin/comments/phrase/",
        may(DESK_EDITORS | MODERATORS),
        rows={"object_id": "phrase"},
        deletes=may(DESK_EDITORS | MODERATORS),
    )
    | {
        "/admin/comments/phrase/add/": Rule(
            may(DESK_EDITORS | MODERATORS),
            acts=(
                Act("add", may(DESK_EDITORS | MODERATORS), lambda sample: {"lines": "cheap watches", "kind": "banned"}),
            ),
        ),
        "/admin/comments/phrase/export/": Rule(may(DESK_EDITORS | MODERATORS)),
        "/admin/comments/phrase/changes/": Rule(may(DESK_EDITORS | MODERATORS)),
    }
    | model(
        "/admin/comments/discussion/",
        DISCUSSED,
        rows={"object_id": "discussion"},
        changes=DISCUSSED,
        data={"mode": "moderated", "slow_seconds": "0"},
        tells_what_was=True,
    )
    | model(
        "/admin/comments/guest/",
        may(SUPERUSER),
        rows={"object_id": "guest"},
        deletes=may(SUPERUSER),
    )
    | model(
        "/admin/newsroom/subscriber/",
        may(PAPERS_EDITORS),
        rows={"object_id": "subscriber"},
        deletes=may(PAPERS_EDITORS),
    )
    | {"/admin/newsroom/subscriber/export/": Rule(may(PAPERS_EDITORS))}
    | model(
        "/admin/newsroom/role/",
        may(SUPERUSER),
        rows={"object_id": "role"},
        adds=may(SUPERUSER),
        changes=may(SUPERUSER),
        deletes=may(SUPERUSER),
        data={"name": "Scribe"},
    )
    | model(
        "/admin/newsroom/user/",
        may(SUPERUSER),
        rows={"object_id": "person"},
        adds=may(SUPERUSER),
        changes=may(SUPERUSER),
        deletes=may(SUPERUSER),
    )
    | {"/admin/newsroom/user/<id>/password/": Rule(may(SUPERUSER), rows={"id": "person"})}
    | model(
        "/admin/account/emailaddress/",
        may(SUPERUSER),
        rows={"object_id": "email"},
        adds=may(SUPERUSER),
        changes=may(SUPERUSER),
        deletes=may(SUPERUSER),
    )
)

ROWS |= model("/admin/django_q/failure/", may(SUPERUSER), rows={"object_id": "failure"}, deletes=may(SUPERUSER))

ROWS |= model("/admin/mfa/authenticator/", may(SUPERUSER), rows={"object_id": "second_step"}, deletes=may(SUPERUSER))

# --- The desk --------------------------------------------------------------------------------------


def what_waits(sample: Sample) -> dict[str, Any]:
    return {"act": "approve", "chosen": [f"{one.pk}.{one.version}" for one in Comment.objects.awaiting()]}


SHUT_OUT = {"domain": "spam.example", "typed": "spam.example", "reason": "spam"}
QUEUES = ("reported", "flagged", "illegal", "errors", "popular", "unreviewed", "all")
DESK = {
    **{f"/desk/{name}": Rule(may(MODERATORS)) for name in ("", *(f"{name}/" for name in QUEUES))},
    "/desk/comments/": button("rule on several", may(MODERATORS), what_waits),
    "/desk/people/<int:pk>/picture/": Rule(
        may(MODERATORS), acts=(Act("take down", may(MODERATORS)),), rows={"pk": "pictured"}
    ),
    "/desk/people/<int:pk>/": Rule(
        may(MODERATORS),
        acts=(Act("warn", may(MODERATORS), lambda sample: {"kind": "warn", "reason": "spam"}),),
        rows={"pk": "pictured"},
    ),
    "/desk/people/<int:pk>/remark/": button(
        "remark", may(MODERATORS), lambda sample: {"text": "Hm."}, rows={"pk": "pictured"}
    ),
    "/desk/figures/": Rule(may(MODERATORS)),
    "/desk/exclusions/": Rule(
        may(MODERATORS),
        acts=(Act("exclude", may(MODERATORS), lambda sample: SHUT_OUT),),
    ),
    "/desk/exclusions/<int:pk>/lift/": button("lift", may(MODERATORS), rows={"pk": "exclusion"}),
    "/desk/sanctions/": Rule(may(MODERATORS)),
    "/desk/sanctions/<int:pk>/lift/": button("lift", may(MODERATORS), rows={"pk": "sanction"}),
    "/desk/discussions/<int:pk>/": Rule(
        may(MODERATORS),
        acts=(
            Act(
                "calm",
                may(MODERATORS),
                lambda sample: {"measure": "slow", "seconds": "60", "length": "1", "reason": "So."},
            ),
        ),
        rows={"pk": "calmed"},
    ),
    "/desk/heats/<int:pk>/": button(
        "calm it", may(MODERATORS), lambda sample: {"measure": "slow"}, rows={"pk": "heat"}
    ),
    "/desk/calms/<int:pk>/lift/": button("let go", may(MODERATORS), rows={"pk": "calm"}),
    "/desk/comments/<int:pk>/": Rule(may(MODERATORS), rows={"pk": "comment"}),
    "/desk/decisions/<int:pk>/undo/": button("undo", may(MODERATORS), rows={"pk": "decision"}),
    "/desk/comments/<int:pk>/glance/": button("glance", may(MODERATORS), rows={"pk": "comment"}),
    "/desk/comments/<int:pk>/watch/": button(
        "watch", may(MODERATORS), lambda sample: {"what": "story"}, rows={"pk": "comment"}
    ),
    "/desk/comments/<int:pk>/keep/": button(
        "keep", may(MODERATORS), lambda sample: {"version": "2"}, rows={"pk": "shown_comment"}
    ),
    "/desk/comments/<int:pk>/approve/": button(
        "approve", may(MODERATORS), lambda sample: {"version": "1"}, rows={"pk": "comment"}
    ),
    "/desk/comments/<int:pk>/hold/": button(
        "hold", may(MODERATORS), lambda sample: {"version": "2"}, rows={"pk": "shown_comment"}
    ),
    "/desk/comments/<int:pk>/reject/": button(
        "reject", may(MODERATORS), lambda sample: {"version": "1", "reason": "spam"}, rows={"pk": "comment"}
    ),
}

RULES: dict[str, Rule] = OF_A_STORY | LISTS | SITE | ROWS | DESK
