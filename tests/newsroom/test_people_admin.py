"""People and roles in the admin: given by those who may, and never more than they have themselves."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.models import Article
from newsroom.models import Role, User
from tests.factories import edith, make_article, make_section, make_user, mo, rory, rosa, visit

pytestmark = pytest.mark.django_db


def sue() -> User:
    return make_user("sue", is_staff=True, is_superuser=True)


def boss() -> User:
    """An editor who may manage people, and is no superuser."""
    person = make_user("boss", "Editor", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=["view_user", "change_user"]))
    return User.objects.get(pk=person.pk)


def page_of(person: User) -> str:
    return reverse("admin:newsroom_user_change", args=[person.pk])


def form_of(page) -> dict:
    """What a browser would send of the form as it stands."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields if name != "password"}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    for name in ("last_login", "date_joined"):
        at = values.pop(name, None)
        values |= {f"{name}_0": f"{at:%Y-%m-%d}", f"{name}_1": f"{at:%H:%M:%S}"} if at else {}
    return values


def save(actor: User, person: User, **changes):
    client = visit(actor)
    page = client.get(page_of(person))
    return client.post(page_of(person), form_of(page) | changes)


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def test_a_superuser_gives_roles_and_sections():
    tv = make_section("tv")
    assert save(sue(), rory(), groups=[role("Writer"), role("Editor")], sections=[tv.pk]).status_code == 302
    assert rory().has_perm("articles.publish_article")
    assert list(rory().edited_sections.all()) == [tv]
    article = make_article(by=edith(), section=make_section("film").pk, bylines=())
    assert article not in Article.objects.visible_to(User.objects.get(username="rory"))


def test_a_manager_gives_what_they_have_and_no_more():
    page = visit(boss()).get(page_of(rory()))
    fields = page.context["adminform"].form.fields
    assert {"Writer", "Editor"} <= {group.name for group in fields["groups"].queryset}
    assert "Moderator" not in {group.name for group in fields["groups"].queryset}
    assert not {"is_superuser", "user_permissions"} & set(fields)
    save(boss(), rory(), groups=[role("Moderator")], is_superuser="on")
    assert not User.objects.get(username="rory").is_superuser
    assert not User.objects.get(username="rory").has_perm("comments.moderate_comment")


@pytest.mark.parametrize("person", [sue, mo])
def test_a_manager_does_not_manage_those_who_have_more(person):
    client = visit(boss())
    assert client.post(page_of(person()), {"username": "changed"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[person().pk])
    assert client.post(password, {"password1": "Changed-2026", "password2": "Changed-2026"}).status_code == 403
    assert not person().check_password("Changed-2026")


def test_a_manager_limited_to_a_section_gives_nobody_the_paper():
    make_section("tv").editors.add(boss())
    assert visit(boss()).post(page_of(edith()), {"username": "changed"}).status_code == 403
    page = visit(boss()).get(page_of(rory()))
    assert "sections" not in page.context["adminform"].form.fields
    assert "Editor" not in {group.name for group in page.context["adminform"].form.fields["groups"].queryset}


@pytest.mark.parametrize("person", [edith, rory, mo, rosa, boss])
def test_roles_are_for_superusers(person):
    client = visit(person())
    for name, args in {"changelist": [], "add": [], "change": [role("Editor")]}.items():
        assert client.get(reverse(f"admin:newsroom_role_{name}", args=args)).status_code in {302, 403}


def test_a_role_is_made_of_rights_in_plain_words():
    client = visit(sue())
    page = client.get(reverse("admin:newsroom_role_add")).content.decode()
    assert "Publish, schedule and unpublish a story" in page
    assert "add event" not in page.lower()
    publish = Permission.objects.get(codename="publish_article")
    answer = client.post(reverse("admin:newsroom_role_add"), {"name": "Night desk", "permissions": [publish.pk]})
    assert answer.status_code == 302
    assert list(Role.objects.get(name="Night desk").permissions.all()) == [publish]


def test_a_right_that_is_not_on_the_page_survives_it():
    hidden = Permission.objects.get(codename="add_session")
    Group.objects.get(name="Writer").permissions.add(hidden)
    submit = Permission.objects.get(codename="submit_article")
    address = reverse("admin:newsroom_role_change", args=[role("Writer")])
    visit(sue()).post(address, {"name": "Writer", "permissions": [submit.pk]})
    assert set(Group.objects.get(name="Writer").permissions.all()) == {hidden, submit}


def test_who_moderates_some_sections_gives_nobody_all_of_them():
    tv = make_section("tv")
    assert save(sue(), mo(), moderated=[tv.pk], groups=[role("Moderator")]).status_code == 302
    assert list(mo().moderated_sections.all()) == [tv]
    boss().groups.add(role("Moderator"))
    tv.moderators.add(boss())
    person = make_user("nell", "Moderator")
    assert visit(boss()).post(page_of(person), {"username": "changed"}).status_code == 403
    tv.moderators.add(person)
    assert visit(boss()).post(page_of(person), {"username": "changed"}).status_code == 200
    fields = visit(boss()).get(page_of(rory())).context["adminform"].form.fields
    assert "moderated" not in fields
    assert "Moderator" not in {group.name for group in fields["groups"].queryset}
