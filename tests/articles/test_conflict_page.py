"""Two editors, one story: the second sees what each changed, chooses, and loses nothing whatever is chosen."""

from dataclasses import replace
from typing import Any

import pytest

from articles import editing, publishing
from articles.diff import Kind
from articles.draft import BylinePart
from articles.models import Article
from tests.articles.test_admin_story import address, form_of, messages_of
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_picture,
    make_section,
    make_topic,
    rory,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db


def fallen_behind(mine: dict[str, Any], theirs: dict[str, Any], **fields: Any) -> tuple[Article, dict[str, Any]]:
    """A story that Rory saved with `theirs` while Edith typed `mine`, and the form that she will send."""
    article = make_article(**({"headline": "One", "dek": "A dek"} | fields))
    form = form_of(article, **mine)
    return change(article, by=rory(), **theirs), form


def send(article: Article, form: dict[str, Any], **button: Any) -> Any:
    return visit(edith()).post(address(article), form | (button or {"_save": "1"}))


def kept_headlines(article: Article) -> list[str]:
    return [revision.draft.headline for revision in article.revisions.order_by("made_at", "pk")]


def typed_in(page: Any) -> dict[str, Any]:
    """What the form of this page would send again."""
    form = page.context["adminform"].form
    return {name: form[name].value() for name in form.fields}


def shown(page: Any) -> dict[str, Any]:
    """The form as the page has it now, to be sent again with another button."""
    data = page.wsgi_request.POST
    sent = data.dict() | {"about": data.getlist("about"), "_since": page.context["since"]}
    return {name: value for name, value in sent.items() if name not in {"_merge", "_use"}}


def inserted(change: Any) -> str:
    return "".join(
        piece.text
        for line in change.lines
        if line.kind != "gap"
        for piece in line.pieces
        if piece.kind == Kind.INSERTED
    )


# --- What is shown ---------------------------------------------------------------------------------


def test_both_texts_are_in_the_history_before_anything_is_chosen():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    assert send(article, form).status_code == 409
    assert kept_headlines(article) == ["One", "Theirs", "Mine"]
    assert article.revisions.get(kind="set_aside").made_by == edith()
    assert Article.objects.get().headline == "Theirs"


def test_sending_the_same_again_keeps_it_once():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    for _ in range(3):
        send(article, form)
    assert kept_headlines(article) == ["One", "Theirs", "Mine"]


def test_each_field_says_who_changed_it():
    article, form = fallen_behind(
        {"headline": "Mine", "prompt": "And you?"}, {"headline": "Theirs", "dek": "Another dek"}
    )
    clashes = {clash.change.name: clash for clash in send(article, form).context["clashes"]}
    assert set(clashes) == {"headline", "dek", "prompt"}
    assert clashes["headline"].verdict == "You both changed this"
    assert clashes["dek"].verdict == "You did not touch this"
    assert clashes["prompt"].verdict == "Only you changed this"
    assert inserted(clashes["headline"].change) == "Mine"
    assert inserted(clashes["headline"].theirs) == "Theirs"


def test_what_was_typed_is_drawn_as_text_never_as_markup():
    article, form = fallen_behind({"headline": "<b>Mine</b>"}, {"headline": "<i>Theirs</i>"})
    page = send(article, form).text
    assert "<b>Mine" not in page
    assert "<i>Theirs" not in page
    assert "&lt;" in page


def test_words_the_other_has_only_autosaved_are_kept_as_well():
    article = make_article(headline="One")
    form = form_of(article, headline="Mine")
    editing.autosave(article, replace(article.draft, headline="Autosaved"), version=article.version, by=rory())
    send(article, form)
    assert kept_headlines(article) == ["One", "Autosaved", "Mine"]


def test_a_move_alone_is_a_conflict_with_the_same_words():
    article = make_article(headline="One")
    form = form_of(article, headline="Mine")
    publishing.submit(article, version=article.version, by=rory())
    page = send(article, form)
    assert page.status_code == 409
    assert [clash.verdict for clash in page.context["clashes"]] == ["Only you changed this"]


def test_ones_own_other_window_is_called_that():
    article = make_article(by=edith(), headline="One", bylines=())
    form = form_of(article, headline="Mine")
    change(article, by=edith(), headline="Mine too")
    assert "The other window has changed this story" in send(article, form).text


def test_a_conflict_of_bylines_is_a_conflict_like_any_other():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs", "bylines": ()})
    page = send(article, form)
    assert page.status_code == 409
    assert {clash.change.name for clash in page.context["clashes"]} == {"headline", "bylines"}


# --- What can be chosen ----------------------------------------------------------------------------


def test_keeping_mine_puts_it_over_theirs_and_both_stay_in_the_history():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    page = send(article, form)
    send(article, form, _keep_mine=page.context["theirs"].version)
    assert Article.objects.get().headline == "Mine"
    assert kept_headlines(article) == ["One", "Theirs", "Mine", "Mine"]


def test_keeping_mine_over_a_third_save_is_a_conflict_again():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    version = send(article, form).context["theirs"].version
    change(article, by=rory(), headline="Theirs again")
    assert send(article, form, _keep_mine=version).status_code == 409
    assert Article.objects.get().headline == "Theirs again"


def test_taking_theirs_keeps_what_was_typed_since_the_conflict_too():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    send(article, form)
    response = visit(edith()).post(
        address(article), form | {"headline": "Mine, typed on", "_take_theirs": "1"}, follow=True
    )
    assert response.context["original"].headline == "Theirs"
    assert "kept in the history" in messages_of(response)
    assert kept_headlines(article) == ["One", "Theirs", "Mine", "Mine, typed on"]


def test_merging_leaves_my_text_in_the_form_and_saves_nothing():
    article, form = fallen_behind({"headline": "Mine", "prompt": "And you?"}, {"headline": "Theirs"})
    page = send(article, form, _merge="1")
    assert page.status_code == 200
    assert typed_in(page)["headline"] == "Mine"
    assert typed_in(page)["prompt"] == "And you?"
    assert int(typed_in(page)["read_version"]) == Article.objects.get().version
    assert Article.objects.get().headline == "Theirs"


def test_merging_takes_the_fields_that_only_the_other_changed():
    section, author, picture, topic = make_section("film"), make_author("Bex"), make_picture(), make_topic("Ferries")
    theirs = {
        "dek": "Their dek",
        "body": "<p>Their body.</p>",
        "section": section.pk,
        "bylines": (BylinePart(author.pk, "pictures"), BylinePart(author.pk)),
        "lead_image": picture.pk,
        "topics": (topic.pk, make_topic("Quays").pk),
        "discussion": "closed",
        "sponsor": "Ferries Ltd",
        "spoiler": "major",
        "safe_headline": "Their safe headline",
        "safe_image": picture.pk,
    }
    article, form = fallen_behind({"headline": "Mine"}, theirs)
    page = send(article, form, _merge="1")
    send(article, shown(page))
    saved = Article.objects.get()
    assert saved.headline == "Mine"
    assert {name: getattr(saved.draft, name) for name in theirs} == theirs


def test_saving_a_merge_makes_the_next_version():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs", "dek": "Their dek"})
    merged = shown(send(article, form, _merge="1"))
    send(article, merged | {"headline": "Ours"}, _save="1")
    saved = Article.objects.get()
    assert (saved.headline, saved.dek, saved.version) == ("Ours", "Their dek", article.version + 1)


def test_while_merging_a_field_of_theirs_is_taken_by_a_button():
    article, form = fallen_behind({"headline": "Mine", "dek": "My dek"}, {"headline": "Theirs", "dek": "Their dek"})
    merged = shown(send(article, form, _merge="1"))
    page = send(article, merged, _use="headline")
    assert typed_in(page)["headline"] == "Theirs"
    assert typed_in(page)["dek"] == "My dek"
    assert [(clash.change.name, clash.verdict) for clash in page.context["clashes"]] == [
        ("dek", "You both changed this")
    ]
    assert kept_headlines(article) == ["One", "Theirs", "Mine"]


def test_words_typed_while_merging_are_kept_before_a_button_takes_their_place():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    merged = shown(send(article, form, _merge="1"))
    send(article, merged | {"headline": "Mine, better"}, _use="headline")
    assert kept_headlines(article) == ["One", "Theirs", "Mine", "Mine, better"]


def test_a_third_save_while_merging_is_a_conflict_again():
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    merged = shown(send(article, form, _merge="1"))
    change(article, by=rory(), headline="Theirs again")
    assert send(article, merged, _save="1").status_code == 409
    assert "Mine" in kept_headlines(article)


# --- Who may, and nonsense -------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["_merge", "_take_theirs", "_use", "_keep_mine"])
def test_no_button_opens_a_colleagues_story(button):
    article = make_article(by=rory(), headline="One")
    form = form_of(article, headline="Hers")
    page = visit(wren()).post(address(article), form | {button: "headline"})
    assert page.status_code in {302, 403, 404}
    assert kept_headlines(article) == ["One"]


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 40, "²"])
def test_nonsense_in_the_buttons_is_no_error_of_the_server(nonsense):
    article, form = fallen_behind({"headline": "Mine"}, {"headline": "Theirs"})
    for field in ("_since", "_use", "_merge", "_keep_mine", "_take_theirs"):
        assert send(article, form | {field: nonsense}, _save="1").status_code in {200, 302, 409}
    assert "Mine" in kept_headlines(article)
