"""The name that others see: what it may be, who has it, and how often it changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from newsroom import names, naming
from newsroom.models import User
from tests.factories import edith, make_author, make_user, ravi, rory, rosa

ALIKE = (
    ("Rosa Reads", "rosa-reads", "ROSA  READS", "Rósa Reads", "Rosа Reads", "R0sa Reads", "Ｒosa Reads", "rosareads"),
    ("Rory Quill", "Rory QuiII", "Rory Qui11", "Roгy Quill"),
    ("Modern", "Modem"),
    ("Света", "света"),
    ("ВАСЯ", "Вася"),
)


@pytest.mark.parametrize("alike", ALIKE)
def test_names_that_look_alike_have_one_key(alike):
    assert len({names.key(name) for name in alike}) == 1


def test_names_that_look_different_have_each_their_own():
    told = ["Rosa", "Rose", "Ros", "Anna", "Hanna", "Вася", "山田", "नमस्ते", "नमस्त", "محمد", "Łukasz", "Sørensen"]
    assert len({names.key(name) for name in told}) == len(told)
    assert all(map(names.key, told))


@pytest.mark.parametrize(
    "name", ["Rosa Reads", "Zoë O’Hara-Smith", "李小龍", "山田 たろう", "Nguyễn Văn Ấn", "J. R. 2", "محمد"]
)
def test_a_name_may_be_of_any_script(name):
    assert names.tidy(f"  {name} ") == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Ro\u200bsa", "nobody can see"),
        ("\u202easoR", "nobody can see"),
        ("Rosa\x00", "nobody can see"),
        ("Rosa\nReads", "nobody can see"),
        ("Ro\U000e0041sa", "nobody can see"),
        ("R" + "\u0301\u0316\u0317" * 3, "Use letters"),
        ("123", "Use letters"),
        ("<b>Rosa</b>", "Use letters"),
        ("Rosa ✓", "Use letters"),
        ("Rоsa", "one script"),
        ("x" * 61, "60 characters"),
        ("ﷺ" * 10, "60 characters"),
        ("Staff", "kept for the paper"),
        ("Rosa, Editor".replace(",", " -"), "kept for the paper"),
        ("Adm1n", "kept for the paper"),
        ("Official Rosa", "kept for the paper"),
        ("MODERAT0R", "kept for the paper"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(name, why):
    with pytest.raises(ValidationError, match=why):
        names.tidy(name)


@pytest.mark.django_db
def test_nobody_takes_anothers_name_or_that_of_the_house():
    rory(), edith(), ravi()
    make_author("Wren Ashdown")
    make_user("boss", is_staff=True, first_name="Bea", last_name="Boss")
    for name in ("Ravi  regular", "RAVl Regular", "edith", "Rory Quill", "wren ashdown", "Bea Boss", "NewsRoom"):
        with pytest.raises(ValidationError):
            naming.rename(rosa(), name)
    assert rosa().display_name == "Rosa Reads"


@pytest.mark.django_db
def test_a_name_changes_once_in_thirty_days():
    assert naming.rename(rosa(), " Rosa  Writes ").display_name == "Rosa Writes"
    naming.rename(rosa(), "Rosa Writes")
    with pytest.raises(ValidationError, match="again on"):
        naming.rename(rosa(), "Rosa Sings")
    User.objects.update(named_at=timezone.now() - timedelta(days=30, seconds=1))
    assert naming.rename(rosa(), "").public_name == "rosa"
    assert rosa().name_key == names.key("rosa")


@pytest.mark.django_db
def test_what_somebody_gave_up_is_free():
    naming.rename(rosa(), "Rosa Writes")
    assert naming.rename(ravi(), "Rosa Reads").display_name == "Rosa Reads"


@pytest.mark.django_db
def test_an_author_may_sign_as_in_the_byline():
    assert naming.rename(rory(), "Rory Quill").public_name == "Rory Quill"


@pytest.mark.django_db
def test_the_page_takes_a_name_and_keeps_what_it_refuses(client):
    assert client.get("/accounts/name/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/name/", {"display_name": "X"}).status_code == 302
    client.force_login(rosa())
    refused = client.post("/accounts/name/", {"display_name": "The Staff"})
    assert refused.status_code == 422
    assert 'value="The Staff"' in refused.content.decode()
    assert client.post("/accounts/name/", {"display_name": "Rosa Writes"}).status_code == 302
    assert "again on" in client.get("/accounts/name/").content.decode()
    assert rosa().display_name == "Rosa Writes"


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["rosa-reads", "R0SA", "staff-rosa", "moderat0r"])
def test_nobody_signs_up_with_such_a_user_name(client, username):
    rosa()
    answer = client.post("/accounts/signup/", {"email": "a@b.example", "username": username, "password1": "uncommon 9"})
    assert answer.status_code == 200
    assert User.objects.count() == 1
