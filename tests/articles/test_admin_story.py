"""The writing page: what it saves, who may press which button, and what is never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.draft import BylinePart
from articles.models import Article, Edition
from articles.workflow import Seen, Stage
from newsroom.models import User
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_edition,
    make_section,
    make_topic,
    mo,
    publish,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db


def address(article: Article, page: str = "change") -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def form_of(article: Article, **changes: Any) -> dict[str, Any]:
    """What a browser would send for the story as it is now, with some fields changed."""
    article = Article.objects.get(pk=article.pk)
    draft = article.draft
    lines = article.byline_set.all()
    data: dict[str, Any] = {
        "read_version": article.version,
        "headline": draft.headline,
        "dek": draft.dek,
        "body": draft.body,
        "slug": draft.slug,
        "section": draft.section or "",
        "about": list(draft.topics),
        "prompt": draft.prompt,
        "answers": draft.answers,
        "discussion": draft.discussion,
        "byline_set-TOTAL_FORMS": len(lines),
        "byline_set-INITIAL_FORMS": len(lines),
    }
    for place, line in enumerate(lines):
        data |= {
            f"byline_set-{place}-id": line.pk,
            f"byline_set-{place}-article": article.pk,
            f"byline_set-{place}-author": line.author_id,
            f"byline_set-{place}-role": line.role,
        }
    return data | changes


def press(user: User, article: Article, move: str = "", **changes: Any) -> Any:
    """Send the form, with a button of the table of moves or just to save."""
    button = {"_move": move} if move else {"_save": "1"}
    return visit(user).post(address(article), form_of(article, **changes) | button, follow=True)


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- It works --------------------------------------------------------------------------------------


def test_starting_a_story_makes_a_draft_under_ones_own_name():
    writer = rory()
    response = visit(writer).post(reverse("admin:articles_article_add"), {"headline": "First words"})
    article = Article.objects.get()
    assert response.headers["Location"] == address(article)
    assert (article.headline, article.stage, article.created_by) == ("First words", Stage.DRAFT, writer)
    assert [line.author.user for line in article.byline_set.all()] == [writer]


def test_opening_the_page_for_a_new_story_makes_none():
    visit(rory()).get(reverse("admin:articles_article_add"))
    assert not Article.objects.exists()


def test_saving_makes_a_revision_of_every_field_in_the_editors_order():
    article = make_article()
    second, first = make_topic("Zebra Crossing"), make_topic("Aardvark Lane")
    other = make_author("Bex Molloy")
    press(
        rory(),
        article,
        headline="A better headline",
        about=[second.pk, first.pk],
        **{
            "byline_set-TOTAL_FORMS": 2,
            "byline_set-1-article": article.pk,
            "byline_set-1-author": other.pk,
            "byline_set-1-role": "pictures",
        },
    )
    article.refresh_from_db()
    assert article.draft.headline == "A better headline"
    assert article.draft.topics == (second.pk, first.pk)
    assert article.draft.bylines[-1] == BylinePart(other.pk, "pictures")
    assert article.revisions.first().draft == article.draft


def test_a_line_of_the_byline_can_be_taken_out():
    article = make_article()
    press(rory(), article, **{"byline_set-0-DELETE": "on"})
    assert article.draft.bylines == ()


def test_a_draft_without_anything_in_it_is_saved():
    article = make_article()
    response = press(rory(), article, headline="", body="", section="")
    assert "Saved." in messages_of(response)
    assert Article.objects.get().headline == ""


def test_the_body_is_cleaned_on_the_way_in():
    article = make_article()
    press(rory(), article, body='<p onclick="x()">Fine<script>alert(1)</script></p>')
    assert Article.objects.get().body == "<p>Fine</p>"


def test_publishing_gives_readers_the_words_on_the_screen():
    article = make_article()
    response = press(edith(), article, "publish", headline="Just typed")
    assert "readers have it at /tv/just-typed/" in messages_of(response)
    assert article.live_edition.headline == "Just typed"


def test_scheduling_asks_for_the_moment():
    article = make_article()
    refused = press(edith(), article, "schedule")
    assert "Say when" in messages_of(refused)
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    press(edith(), article, "schedule", **{"move-at": at.strftime("%Y-%m-%dT%H:%M")})
    assert article.waiting_edition.live_at == at
    assert article.seen == Seen.SCHEDULED


def test_a_preview_is_the_readers_page_of_the_working_copy():
    edition = make_edition(headline="As it was")
    change(edition.article, headline="As it will be")
    page = visit(edith()).get(address(edition.article, "preview"))
    assert "As it will be" in page.text
    assert "articles/article.html" in [template.name for template in page.templates]
    assert "no-store" in page.headers["Cache-Control"]


def test_an_unfinished_story_can_be_previewed():
    article = make_article(headline="", body="", section=None, bylines=())
    assert visit(rory()).get(address(article, "preview")).status_code == 200


# --- Who may ---------------------------------------------------------------------------------------


def test_a_writer_sees_no_button_that_reaches_readers():
    page = visit(rory()).get(address(make_article()))
    assert [button.name for button in page.context["buttons"]] == ["submit"]


@pytest.mark.parametrize("move", ["publish", "schedule", "approve", "unpublish", "retract", "bring_back", "unschedule"])
def test_a_writer_publishes_by_no_request(move):
    article = make_article()
    at = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = press(rory(), article, move, **{"move-at": at, "move-note": "please"})
    assert "no more than that" in messages_of(response)
    assert not Edition.objects.exists()
    assert Article.objects.get().stage == Stage.DRAFT


def test_a_writer_takes_nothing_from_readers_by_any_request():
    article = make_edition().article
    for move in ("unpublish", "retract", "publish"):
        press(rory(), article, move, headline=f"Changed to {move}", **{"move-note": "please"})
    assert article.live_edition.number == 1
    assert Edition.objects.count() == 1


def test_a_writer_does_not_find_a_colleagues_draft():
    article = make_article(by=rory())
    colleague = visit(wren())
    listed = colleague.get(reverse("admin:articles_article_changelist"))
    assert article.headline not in listed.text
    assert colleague.get(address(article)).status_code == 302
    assert colleague.get(address(article, "preview")).status_code == 404
    colleague.post(address(article), form_of(article, headline="Mine now"))
    assert Article.objects.get().headline == article.headline


@pytest.mark.parametrize("who", [rosa, mo])
def test_readers_and_moderators_open_no_story(who):
    article = make_article()
    for page in ("change", "preview"):
        assert visit(who()).get(address(article, page)).status_code in {302, 403, 404}


def test_nobody_deletes_a_story_here():
    article = make_article()
    assert visit(edith()).post(address(article, "delete"), {"post": "yes"}).status_code == 403
    assert Article.objects.exists()


def test_no_request_sets_the_stage_or_the_version():
    article = make_article()
    press(edith(), article, headline="Changed", stage="published", version=99)
    article.refresh_from_db()
    assert (article.stage, article.version) == (Stage.DRAFT, 3)


# --- What is refused, and not lost -----------------------------------------------------------------


def test_the_second_of_two_editors_is_told_and_keeps_the_text():
    article = make_article(headline="One")
    mine = form_of(article, headline="Edith’s words")
    change(article, by=rory(), headline="Rory’s words")
    page = visit(edith()).post(address(article), mine | {"_save": "1"})
    assert page.status_code == 409
    assert "Edith’s words" in page.text
    assert "Rory’s words" in page.text
    assert Article.objects.get().headline == "Rory’s words"


def test_the_second_editor_may_save_over_it_knowingly():
    article = make_article(headline="One")
    mine = form_of(article, headline="Edith’s words")
    theirs = change(article, by=rory(), headline="Rory’s words")
    visit(edith()).post(address(article), mine | {"_keep_mine": theirs.version})
    assert Article.objects.get().headline == "Edith’s words"
    assert [revision.draft.headline for revision in article.revisions.all()] == ["Edith’s words", "Rory’s words", "One"]


@pytest.mark.parametrize("nonsense", ["x", "", "-1", "²", "9" * 40, "9" * 5000])
def test_a_broken_number_is_no_error_of_the_server(nonsense):
    article = make_article()
    for field in ("read_version", "_keep_mine", "about", "lead_image", "byline_set-0-author"):
        page = visit(edith()).post(address(article), form_of(article, headline=f"By {field}") | {field: nonsense})
        assert page.status_code in {200, 302, 409}


def test_an_incomplete_story_is_saved_but_not_published():
    article = make_article()
    response = press(edith(), article, "publish", section="", headline="Kept")
    assert "The story needs a section." in messages_of(response)
    assert Article.objects.get().headline == "Kept"
    assert not Edition.objects.exists()


def test_publishing_twice_makes_one_edition():
    article = make_article()
    press(edith(), article, "publish")
    response = press(edith(), article, "publish")
    assert "would change nothing" in messages_of(response)
    assert Edition.objects.count() == 1


def test_sending_back_needs_a_reason():
    article = make_article()
    press(rory(), article, "submit")
    assert "needs a reason" in messages_of(press(edith(), article, "send_back"))
    press(edith(), article, "send_back", **{"move-note": "Who said that?"})
    assert Article.objects.get().stage == Stage.DRAFT
    assert "Who said that?" in visit(rory()).get(address(article)).text


def test_the_answer_about_a_waiting_edition_reaches_the_verb():
    article = make_article()
    publish(article, at=timezone.now() + timedelta(days=2))
    change(article, dek="A fix")
    press(edith(), article, "publish", **{"move-waiting": "cancel"})
    assert article.live_edition is not None
    assert article.waiting_edition is None


def test_a_body_too_heavy_is_told_beside_the_field():
    article = make_article()
    page = visit(rory()).post(address(article), form_of(article, body="<p>" * 9000) | {"_save": "1"})
    assert "too many elements" in page.text
    assert Article.objects.get().version == article.version


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("editions", [1, 12])
def test_the_form_takes_the_same_queries_for_any_history(django_assert_max_num_queries, editions):
    article = make_article(section=make_section().pk)
    publish(article)
    for number in range(editions):
        change(article, dek=f"Change {number}")
        publish(article)
    desk = visit(edith())
    with django_assert_max_num_queries(50):
        desk.get(address(article))
