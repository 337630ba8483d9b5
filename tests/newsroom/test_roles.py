"""The roles that a migration makes: what each may do, and nothing more."""

import pytest
from django.contrib.auth.models import Group, Permission

from tests.factories import edith, mo, rory, rosa

pytestmark = pytest.mark.django_db

VERBS = {
    "articles.submit_article": "rory edith",
    "articles.edit_any_article": "edith",
    "articles.approve_article": "edith",
    "articles.publish_article": "edith",
    "articles.retract_article": "edith",
    "articles.correct_article": "edith",
    "articles.trash_article": "edith",
    "articles.assign_article": "edith",
    "articles.delete_image": "edith",
    **{f"articles.{verb}_slot": "edith" for verb in ("view", "add", "change", "delete")},
    **{f"newsroom.{verb}_subscriber": "edith" for verb in ("view", "delete", "export")},
    **{f"comments.{verb}_rules": "edith mo" for verb in ("view", "add", "change")},
    "comments.moderate_comment": "mo",
}


@pytest.mark.parametrize(("right", "holders"), VERBS.items())
@pytest.mark.parametrize("person", [rory, edith, mo, rosa])
def test_each_right_is_held_by_exactly_these(right, holders, person):
    assert person().has_perm(right) is (person.__name__ in holders.split())


def test_there_are_three_roles_and_a_reader_has_no_right_at_all():
    assert set(Group.objects.values_list("name", flat=True)) == {"Writer", "Editor", "Moderator"}
    assert rosa().get_all_permissions() == set()


@pytest.mark.parametrize("person", [rory, edith, mo])
def test_nobody_deletes_what_is_on_record_or_changes_who_may_what(person):
    rights = person().get_all_permissions()
    # Of pictures only those that no record needs can be deleted; slots are no record, and addresses go when asked.
    may_go = {"articles.delete_image", "articles.delete_slot", "newsroom.delete_subscriber"}
    assert {right for right in rights if ".delete_" in right} <= may_go
    kept = {right for right in rights if right.startswith(("auth.", "newsroom.", "admin.", "sessions."))}
    assert not {right for right in kept if not right.endswith("_subscriber")}
    written_once = ("edition", "event", "revision", "address", "decision")
    assert not {right for right in rights if right.endswith(written_once) and ".view_" not in right}


def test_no_right_is_there_twice():
    ours = Permission.objects.filter(content_type__app_label__in=["articles", "comments", "newsroom"])
    codenames = list(ours.values_list("content_type__app_label", "codename"))
    assert len(codenames) == len(set(codenames))
