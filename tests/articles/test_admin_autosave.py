"""The writing page's own requests: what they store, what they say, and to whom they say nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Presence, Revision
from articles.workflow import Stage
from newsroom.models import User
from tests.articles.test_admin_story import address, form_of, press
from tests.factories import change, edith, make_article, make_author, make_edition, mo, publish, rory, rosa, visit, wren

pytestmark = pytest.mark.django_db
PAGE = "a-page-of-the-desktop"
OTHER = "a-page-of-the-phone--"
FAR = "9" * 30


def send(user: User | None, article: Article, page: str = "autosave", **changes: Any) -> Any:
    """What a page sends by itself."""
    client = visit(user) if user else Client()
    return client.post(address(article, page), form_of(article) | {"_page": PAGE, "_turn": "1"} | changes)


def state(person: User, article: Article, page: str = PAGE, **flags: str) -> dict[str, Any]:
    answer = visit(person).post(address(article, "presence"), {"_page": page} | flags)
    assert answer.status_code == 200
    return answer.json()


# --- Autosave --------------------------------------------------------------------------------------


def test_the_forms_words_are_stored_and_the_answer_gives_the_version():
    article = make_article()
    answer = send(rory(), article, headline="As typed")
    now = Article.objects.get(pk=article.pk)
    assert (answer.status_code, answer.json()["version"], now.headline) == (200, now.version, "As typed")
    assert answer.json()["saved_at"] == now.saved_at.isoformat()
    assert "no-store" in answer.headers["Cache-Control"]
    assert Revision.objects.filter(article=article).count() == 1


def test_lines_of_the_byline_are_no_rows_that_autosave_could_have_replaced():
    article, other = make_article(), make_author("Bex Molloy")
    sent = form_of(article) | {
        "byline_set-TOTAL_FORMS": 2,
        "byline_set-1-author": other.pk,
        "byline_set-1-role": "pictures",
    }
    for turn in (1, 2, 3):
        answer = send(rory(), article, **sent | {"_turn": turn, "dek": f"Turn {turn}"})
        assert answer.status_code == 200, answer.json()
    assert [part.role for part in Article.objects.get(pk=article.pk).draft.bylines] == ["words", "pictures"]


def test_a_line_without_a_name_is_no_mistake():
    article = make_article()
    answer = send(rory(), article, **{"byline_set-TOTAL_FORMS": 2, "byline_set-1-role": "editing", "dek": "So far"})
    assert answer.status_code == 200
    assert len(Article.objects.get(pk=article.pk).draft.bylines) == 1


def test_a_change_by_another_is_409_with_the_name():
    article = make_article()
    sent = form_of(article, headline="Mine")
    change(article, by=edith(), headline="Hers")
    answer = send(rory(), article, **sent)
    assert (answer.status_code, answer.json()["who"]) == (409, "edith")
    assert Article.objects.get(pk=article.pk).headline == "Hers"


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"slug": "a b"}, "Slug"),
        ({"trailer_url": "javascript:alert(1)"}, "Trailer"),
        ({"headline": "x" * 201}, "Headline"),
        ({"body": "<p>" * 9000}, "Body"),
        ({"section": FAR}, "Section"),
        ({"read_version": "x"}, "Read version"),
        ({"byline_set-TOTAL_FORMS": "x"}, "Byline"),
        ({"byline_set-0-author": FAR}, "Byline"),
    ],
)
def test_what_the_form_refuses_is_422_with_the_field(fields, label):
    article = make_article()
    answer = send(rory(), article, **fields)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [label])
    assert Article.objects.get(pk=article.pk).version == article.version


@pytest.mark.parametrize("nonsense", ["", "x", "-1", FAR, "²", "\x00", "<script>"])
def test_a_broken_page_or_turn_is_no_error_of_the_server(nonsense):
    article = make_article()
    assert send(rory(), article, _turn=nonsense, dek="One").status_code == 200
    assert send(rory(), article, _page=nonsense, dek="Two").status_code == 200
    assert state(rory(), article, nonsense)["version"] == article.version + 2


def test_a_page_that_outlived_its_token_gets_a_fresh_one_and_goes_on():
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(rory())
    refused = client.post(address(article, "autosave"), form_of(article))
    assert refused.status_code == 403
    token = client.get(address(article, "autosave")).json()["token"]
    sent = form_of(article, headline="Goes on") | {"csrfmiddlewaretoken": token}
    assert client.post(address(article, "autosave"), sent).status_code == 200


def test_the_save_button_after_autosaves_leaves_one_revision():
    article = make_article(headline="One")
    send(rory(), article, headline="Two")
    for _ in range(2):
        press(rory(), article, headline="Two", _page=PAGE, _turn="1")
    kept = [revision.draft.headline for revision in article.revisions.order_by("version")]
    assert kept == ["One", "Two"]


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["autosave", "presence"])
def test_who_is_signed_out_is_told_so_in_json(page):
    article = make_article()
    answer = send(None, article, page, headline="Whose?")
    assert (answer.status_code, answer.json()) == (401, {"error": "You are signed out."})
    assert Client().get(address(article, "autosave")).status_code == 401


SITUATIONS = {
    "draft": make_article,
    "live": lambda: make_edition().article,
    "taken up again": lambda: change(make_edition().article),
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize(("who", "status"), [(rory, 200), (edith, 200), (wren, 404), (mo, 403), (rosa, 403)])
@pytest.mark.parametrize("page", ["autosave", "presence"])
def test_whoever_may_open_the_story_and_nobody_else(page, who, status, situation):
    article, person = SITUATIONS[situation](), who()
    answer = send(person, article, page, headline="By whom?")
    assert answer.status_code == status
    assert Presence.objects.exists() == (status == 200 and page == "presence")
    assert (Article.objects.get(pk=article.pk).headline == "By whom?") == (status == 200 and page == "autosave")
    if status == 200 and page == "autosave" and article.live_edition:
        assert article.live_edition.headline != "By whom?"


@pytest.mark.parametrize(("who", "status"), [(rory, 302), (edith, 302), (wren, 404), (mo, 404), (rosa, 302)])
def test_taking_over_asks_the_same_right(who, status):
    article = make_article()
    state(rory(), article, to_write="1")
    answer = visit(who()).post(address(article, "take_over"), {"_page": OTHER})
    assert answer.status_code == status
    assert article.events.filter(kind="taken_over").exists() == (who is edith)


@pytest.mark.parametrize("page", ["presence", "take_over"])
def test_what_changes_something_is_never_a_link(page):
    assert visit(edith()).get(address(make_article(), page)).status_code == 405


@pytest.mark.parametrize("page", ["autosave", "presence", "take_over"])
def test_a_story_that_is_none_is_not_found(page):
    url = reverse(f"admin:articles_article_{page}", args=[int(FAR)])
    assert visit(edith()).post(url, {"_page": PAGE}).status_code == 404


# --- Presence and the page -------------------------------------------------------------------------


def test_opening_the_page_registers_it_without_any_script():
    article = make_article()
    visit(rory()).get(address(article))
    there = Presence.objects.get()
    assert (there.user, there.opened_to_write) == (rory(), True)


def test_the_second_person_gets_the_page_to_look_at():
    article = make_article()
    visit(rory()).get(address(article))
    page = visit(edith()).get(address(article))
    assert "rory</span> is writing this story" in page.text
    assert "Take over" in page.text
    assert 'name="_save"' not in page.text
    assert 'name="_move"' not in page.text
    form = page.context["adminform"].form
    assert all(field.disabled for field in form.fields.values())
    assert Presence.objects.get(user=edith()).opened_to_write is False


def test_the_page_to_look_at_sends_nothing_that_could_be_saved():
    article = make_article(headline="Safe")
    visit(rory()).get(address(article))
    visit(edith()).post(address(article), {"_save": "1"})
    article.refresh_from_db()
    assert (article.headline, article.section_id is None) == ("Safe", False)


def test_looking_holds_nothing():
    article = make_article()
    assert "Nobody is writing this story now" in visit(edith()).get(f"{address(article)}?look").text
    assert 'name="_save"' in visit(rory()).get(address(article)).text


def test_who_saves_and_so_opens_a_new_page_still_holds_the_story():
    article = make_article()
    press(rory(), article, headline="Saved")
    assert 'name="_save"' in visit(rory()).get(address(article)).text
    assert 'name="_save"' not in visit(edith()).get(address(article)).text


def test_a_save_by_somebody_who_does_not_hold_the_story_goes_by_the_version():
    article = make_article()
    sent = form_of(article, headline="Edith’s")
    visit(rory()).get(address(article))
    assert visit(edith()).post(address(article), sent | {"_save": "1"}).status_code == 302
    assert visit(edith()).post(address(article), sent | {"_save": "1", "headline": "Stale"}).status_code == 409
    assert Article.objects.get(pk=article.pk).headline == "Edith’s"


def test_a_report_says_who_else_is_there_who_holds_it_and_the_version():
    article = make_article()
    state(rory(), article, to_write="1", is_writing="1")
    told = state(edith(), article, OTHER)
    assert told["version"] == article.version
    assert told["holder"]["name"] == "rory"
    assert [(one["name"], one["does"]) for one in told["others"]] == [("rory", "has unsaved changes")]
    assert state(rory(), article, to_write="1")["holder"] is None
    state(edith(), article, OTHER)
    visit(edith()).post(address(article, "presence"), {"_page": OTHER, "leaving": "1"})
    assert state(rory(), article, to_write="1")["others"] == []


def test_a_report_tells_a_page_which_versions_are_its_own():
    article = make_article()
    send(rory(), article, headline="Mine")
    assert state(rory(), article)["is_yours"] is True
    assert state(rory(), article, OTHER)["is_yours"] is False
    publish(article)
    told = state(rory(), article)
    assert (told["is_yours"], told["changed_by"]) == (False, "edith")


def test_after_a_take_over_the_new_page_is_there_to_write_and_the_other_is_told():
    article = make_article()
    state(rory(), article, to_write="1")
    answer = visit(edith()).post(address(article, "take_over"), {"_page": OTHER}, follow=True)
    assert "You took the story over from rory" in answer.text
    assert 'name="_save"' in answer.text
    told = state(rory(), article, to_write="1")
    assert (told["taken_by"], told["holder"]["name"]) == ("edith", "edith")
    assert Article.objects.get(pk=article.pk).stage == Stage.DRAFT


# --- The list --------------------------------------------------------------------------------------


def test_the_list_says_who_has_a_story_open():
    article = make_article()
    state(rory(), article, to_write="1")
    state(edith(), article, OTHER)
    listed = visit(edith()).get(reverse("admin:articles_article_changelist"))
    assert "rory is writing, edith is looking" in listed.text


@pytest.mark.parametrize("stories", [2, 12])
def test_the_list_asks_as_often_however_many_are_open(django_assert_max_num_queries, stories):
    for _ in range(stories):
        article = make_article()
        state(rory(), article, to_write="1")
        state(edith(), article, OTHER)
    desk = visit(edith())
    with django_assert_max_num_queries(16):
        desk.get(reverse("admin:articles_article_changelist"))


def test_a_report_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    article = make_article()
    for number in range(12):
        state(edith(), article, f"{OTHER}{number}")
    desk = visit(rory())
    with django_assert_max_num_queries(16):
        desk.post(address(article, "presence"), {"_page": PAGE, "to_write": "1"})
