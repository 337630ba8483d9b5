"""Screens outside the site: real servers on this machine, which answer, keep silent, babble, and answer too late."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import httpx
import pytest

from comments import moderation, posting, rewording, second_look
from comments.models import Comment, Decision, Notification
from comments.outside import akismet, webhook
from comments.outside.about import network_of
from comments.screening import Action, Signal, decide
from comments.workflow import Severity, State
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi

pytestmark = pytest.mark.django_db
SECRET = "a secret of this test, long enough to sign with"
THANKS = "Thanks for making the web a better place."
HOLD = json.dumps({"action": "hold", "severity": 3, "evidence": "sounds like <b>a threat</b>"})


class Outside(HTTPServer):
    """Answers every question the same, and remembers what it was asked: (path, headers, body)."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: dict[str, tuple[int, str]] = {}
        self.meanwhile: Callable[[], object] = lambda: None
        super().__init__(("127.0.0.1", 0), Handler)

    def fields(self, number: int = -1) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.asked[number][2].decode()).items()}


class Handler(BaseHTTPRequestHandler):
    server: Outside

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        self.server.meanwhile()
        status, answer = self.server.answers.get(self.path, (500, "broken"))
        self.send_response(status)
        if answer == "discard":
            answer = "true"
            self.send_header("X-akismet-pro-tip", "discard")
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *args: object) -> None:
        """Nothing is printed."""


class ToThisMachine(httpx.HTTPTransport):
    """Takes what is meant for another host to a port of this machine."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@pytest.fixture
def outside() -> Iterator[Outside]:
    server = Outside()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def spam_filter(outside: Outside, settings, monkeypatch) -> Outside:
    """Akismet is on and finds nothing."""
    settings.AKISMET_KEY = "a-key"
    outside.answers = {"/1.1/comment-check": (200, "false")}
    outside.answers |= {f"/1.1/submit-{kind}": (200, THANKS) for kind in ("ham", "spam")}
    monkeypatch.setattr(akismet, "http", lambda: httpx.Client(transport=ToThisMachine(outside.server_port), timeout=1))
    return outside


@pytest.fixture
def hook(outside: Outside, settings) -> Outside:
    """A screen of the paper's own, which finds nothing."""
    settings.COMMENT_WEBHOOK = f"http://127.0.0.1:{outside.server_port}/screen"
    settings.COMMENT_WEBHOOK_SECRET = SECRET
    outside.answers = {"/screen": (204, "")}
    return outside


@pytest.fixture
def comment() -> Comment:
    """Shown, by somebody who has been let through often enough."""
    edition = make_edition()
    for _ in range(2):
        make_shown_comment(edition, by=ravi())
    Notification.objects.all().delete()
    return make_comment(edition, by=ravi(), body="Buy **my** watches.")


def look(comment: Comment, sender: str = "203.0.113.77") -> Comment:
    """As a worker does, after the comment was stored."""
    second_look.look(comment=comment.pk, version=comment.version, network=network_of(sender))
    return Comment.objects.get(pk=comment.pk)


def signal_of(comment: Comment, rule: str = "akismet") -> Signal:
    [found] = [signal for signal in map(Signal.from_json, comment.signals) if signal.rule == rule]
    return found


def test_akismet_is_told_the_words_and_nobodys_door(spam_filter, comment):
    looked_at = look(comment)
    assert looked_at.state == State.SHOWN
    assert signal_of(looked_at).action == Action.NOTE
    told = spam_filter.fields()
    assert told["comment_content"] == comment.body
    assert told["user_ip"] == "203.0.113.0"
    assert told["permalink"].endswith(comment.get_absolute_url())
    assert ravi().email not in str(spam_filter.asked)
    assert (network_of("2001:db8:1:2::3"), network_of("nonsense")) == ("2001:db8:1::", "0.0.0.0")


@pytest.mark.parametrize(("answer", "severity"), [("true", Severity.MEDIUM), ("discard", Severity.HIGH)])
def test_what_akismet_takes_for_spam_is_held_and_its_author_told_why(spam_filter, comment, answer, severity, settle):
    spam_filter.answers["/1.1/comment-check"] = (200, answer)
    held = settle(look, comment)
    assert (held.state, held.severity) == (State.HELD, severity)
    assert "advertising" in held.held_for
    decision = Decision.objects.get(comment=comment)
    assert (decision.by, decision.rule, decision.ruling) == (None, "akismet 1", "hold")
    assert Notification.objects.get().sentence == "Your comment waits for a moderator"
    assert decide(list(map(Signal.from_json, held.signals))).state == State.HELD
    # The worker was killed after it had done this, and does it again.
    assert look(comment).signals == held.signals
    assert comment.decisions.count() == 1


@pytest.mark.parametrize("ruling", ["keep", "reject"])
def test_an_answer_after_a_persons_decision_changes_nothing_but_the_record(spam_filter, comment, ruling):
    spam_filter.answers["/1.1/comment-check"] = (200, "true")
    said = {"reason": "abuse"} if ruling == "reject" else {}
    getattr(moderation, ruling)(comment, version=comment.version, by=mo(), **said)
    late = look(comment)
    assert late.state == (State.REJECTED if ruling == "reject" else State.SHOWN)
    assert comment.decisions.get().by == mo()
    if ruling == "keep":
        assert signal_of(late).action == Action.HOLD


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda comment: moderation.keep(comment, version=1, by=mo()),
        lambda comment: posting.withdraw(comment, by=ravi()),
        lambda comment: rewording.edit(comment, posting.Words("I take it back."), version=1, by=ravi()),
    ],
    ids=["kept", "withdrawn", "reworded"],
)
def test_what_happens_while_the_filter_thinks_counts_more(spam_filter, comment, meanwhile, monkeypatch):
    def ask(adapter, about):
        meanwhile(Comment.objects.get(pk=comment.pk))
        return Signal("akismet", 1, Action.HOLD, Severity.MEDIUM, sentence="Spam.")

    monkeypatch.setattr(second_look, "order", lambda *args, **kwargs: None)
    monkeypatch.setattr(akismet.Akismet, "ask", ask)
    assert look(comment).state != State.HELD


@pytest.mark.parametrize("status", [(500, "broken"), (200, "maybe"), (200, "")])
@pytest.mark.parametrize("is_new", [False, True])
def test_without_an_answer_the_known_are_trusted_and_the_new_wait(spam_filter, comment, status, is_new):
    spam_filter.answers["/1.1/comment-check"] = status
    if is_new:
        Comment.objects.exclude(pk=comment.pk).update(state=State.REJECTED)
    looked_at = look(comment)
    assert looked_at.state == (State.HELD if is_new else State.SHOWN)
    assert signal_of(looked_at).plainly == "akismet did not answer"


def test_it_learns_from_people_only_and_only_what_is_news(spam_filter, comment, settle):
    def decided(name, **said):
        now = Comment.objects.get(pk=comment.pk)
        settle(getattr(moderation, name), now, version=now.version, by=mo(), **said)
        return spam_filter.asked[-1][0] if spam_filter.asked else ""

    assert decided("reject", reason="abuse") == ""
    assert decided("approve") == ""
    assert decided("reject", reason="spam") == "/1.1/submit-spam"
    assert decided("approve") == "/1.1/submit-ham"
    assert spam_filter.fields()["comment_content"] == comment.body


def test_a_comment_of_staff_asks_nobody(spam_filter):
    look(make_shown_comment(make_edition(), by=mo()))
    assert not spam_filter.asked


@pytest.mark.django_db(transaction=True)
def test_posting_and_changing_have_it_looked_at_once_it_is_stored(spam_filter, outside):
    edition = make_edition()
    for _ in range(2):
        make_shown_comment(edition, by=ravi())
    outside.asked.clear()
    comment = make_comment(edition, by=ravi(), body="First words.")
    rewording.edit(comment, posting.Words("Second words."), version=comment.version, by=ravi())
    assert [parse_qs(body.decode())["comment_content"] for _, _, body in outside.asked] == [
        ["First words."],
        ["Second words."],
    ]
    assert outside.fields()["recheck_reason"] == "edit"


def test_the_papers_own_screen_is_asked_signed_and_heeded(hook, comment):
    assert signal_of(look(comment), "webhook").action == Action.NOTE
    hook.answers["/screen"] = (200, HOLD)
    held = look(comment)
    assert (held.state, held.severity) == (State.HELD, Severity.HIGH)
    assert signal_of(held, "webhook").evidence == "sounds like <b>a threat</b>"
    _, headers, body = hook.asked[-1]
    at = int(headers[webhook.SIGNATURE].split(",")[0].removeprefix("t="))
    assert headers[webhook.SIGNATURE] == webhook.signature(body, at)
    assert abs(at - time.time()) < 60
    assert json.loads(body) == {
        "kind": "check",
        "text": comment.body,
        "author": "Ravi Regular",
        "permalink": f"http://localhost:8000{comment.get_absolute_url()}",
        "is_changed": False,
    }


@pytest.mark.parametrize(
    "answer",
    [
        (302, ""),
        (200, "<h1>Hello</h1>"),
        (200, '{"action": "explode"}'),
        (200, '{"severity": 9}'),
        (200, "[]"),
        (200, "[" * 10_000),
        (200, '"' + "x" * webhook.MOST_BYTES + '"'),
        (200, "\0\ufffd"),
        (200, '{"action": null}'),
    ],
)
def test_a_screen_that_babbles_is_as_one_that_is_silent(hook, comment, answer):
    hook.answers["/screen"] = answer
    looked_at = look(comment)
    assert looked_at.state == State.SHOWN
    assert signal_of(looked_at, "webhook").plainly == "webhook did not answer"


def test_what_no_database_takes_is_left_out_of_its_words(hook, comment):
    hook.answers["/screen"] = (200, '{"action": "flag", "evidence": "bad\\u0000 \\ud800 words"}')
    flagged = look(comment)
    assert (flagged.is_flagged, signal_of(flagged, "webhook").evidence) == (True, "bad ? words")


def test_a_screen_that_takes_too_long_is_not_waited_for(hook, comment, monkeypatch):
    monkeypatch.setattr(webhook, "DEADLINE", 0.05)
    hook.meanwhile = lambda: time.sleep(0.3)
    assert signal_of(look(comment), "webhook").plainly == "webhook did not answer"
