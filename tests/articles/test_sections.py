"""Editors who are limited to sections: an editor's rights there, a writer's everywhere else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import assigning, corrections, embargo, publishing, trash
from articles.draft import BylinePart
from articles.models import Article
from newsroom.models import User
from tests.articles.test_admin_story import address
from tests.factories import edith, make_article, make_author, make_edition, make_section, make_user, rory, visit

pytestmark = pytest.mark.django_db


def tess() -> User:
    """An editor of television, and of nothing else."""
    person = make_user("tess", "Editor", is_staff=True)
    make_section("tv").editors.add(person)
    return User.objects.get(pk=person.pk)


def film(**fields) -> Article:
    return make_article(section=make_section("film").pk, **fields)


def publish(article: Article, by: User, **more):
    return publishing.publish(article, version=article.version, by=by, **more)


def test_an_editor_of_a_section_works_there_and_not_next_door():
    tv, elsewhere, nowhere = make_article(), film(), make_article(section=None)
    assert set(Article.objects.visible_to(tess())) == {tv, nowhere}
    assert publish(tv, tess()).is_live
    with pytest.raises(PermissionDenied):
        publish(elsewhere, tess())


def test_an_editor_of_no_section_in_particular_edits_the_whole_paper():
    tess()
    assert publish(film(), edith()).is_live


def test_a_story_of_ones_own_is_opened_and_submitted_anywhere_but_published_at_home_only():
    own = film(bylines=(BylinePart(make_author("Tess Tully", user=tess()).pk),))
    assert own in Article.objects.visible_to(tess())
    own = publishing.submit(own, version=own.version, by=tess())
    with pytest.raises(PermissionDenied):
        publishing.approve(own, version=own.version, by=tess())


def test_an_assigned_story_can_be_opened_wherever_it_stands():
    story = assigning.assign(film(), to=tess(), due=None, by=edith())
    assert story in Article.objects.visible_to(tess())


def test_a_live_story_is_not_carried_off_into_another_section():
    article = make_edition(section=make_section("film").pk).article
    Article.objects.filter(pk=article.pk).update(section=make_section("tv"), stage="draft")
    article.refresh_from_db()
    with pytest.raises(PermissionDenied):
        publish(article, tess())
    with pytest.raises(PermissionDenied):
        publishing.unpublish(article, version=article.version, by=tess())


@pytest.mark.parametrize(
    "do",
    [
        lambda story, by: publishing.retract(story, version=story.version, by=by, note="Wrong."),
        lambda story, by: publishing.expire(story, version=story.version, by=by, at=None),
        lambda story, by: corrections.correct(
            story, text="It was two.", kind="correction", place="foot", version=story.version, by=by
        ),
        lambda story, by: trash.trash(story, version=story.version, by=by),
        lambda story, by: assigning.assign(story, to=rory(), due=None, by=by),
    ],
    ids=["retract", "expire", "correct", "trash", "assign"],
)
def test_no_editors_right_reaches_next_door(do):
    story = make_edition(section=make_section("film").pk).article
    story.refresh_from_db()
    with pytest.raises(PermissionDenied):
        do(story, tess())


def test_no_embargo_is_set_next_door():
    assert not tess().has_perm("articles.set_embargo", film())
    assert tess().has_perm("articles.set_embargo", make_article())
    assert embargo.standing(film()) is None


def test_the_form_offers_what_may_be_done_in_that_section():
    own = film(by=rory(), bylines=(BylinePart(make_author("Tess Tully", user=tess()).pk),))
    page = visit(tess()).get(address(own))
    assert [button.name for button in page.context["buttons"]] == ["submit"]
    assert {"publish", "approve", "submit"} & {b.name for b in visit(edith()).get(address(own)).context["buttons"]}


def test_the_list_the_page_and_the_log_stay_at_home():
    story = film(headline="Quetzalcoatlus")
    desk = visit(tess())
    for path in (reverse("admin:articles_article_changelist"), reverse("admin:index")):
        assert "Quetzalcoatlus" not in desk.get(path).content.decode()
    assert "Quetzalcoatlus" not in desk.get(reverse("admin:articles_event_changelist")).content.decode()
    assert desk.get(address(story)).status_code == 302


def test_the_calendar_offers_to_move_what_is_at_home():
    at = timezone.now() + timedelta(hours=1)
    home, away = make_edition(at), make_edition(at, section=make_section("film").pk)
    assigning.assign(away.article, to=tess(), due=None, by=edith())
    desk = visit(tess())
    page = desk.get(reverse("admin:articles_article_calendar")).text
    move = {e: reverse("admin:articles_article_reschedule", args=[e.article_id, e.pk]) for e in (home, away)}
    assert move[home] in page
    assert move[away] not in page
    assert [desk.get(move[edition]).status_code for edition in (home, away)] == [200, 403]


def test_a_writer_named_in_a_section_is_no_editor_of_it():
    make_section("tv").editors.add(rory())
    writer = User.objects.get(pk=rory().pk)
    assert not writer.has_perm("articles.publish_article", make_article())
    assert make_article(by=edith(), bylines=()) not in Article.objects.visible_to(writer)


def test_rights_over_anything_else_are_not_answered_here():
    assert not edith().has_perm("articles.change_section", make_section("tv"))
    assert edith().has_perm("articles.change_section")
