"""The page on which people say how often they want mail about stories."""

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.lib.people import Mail
from tests.factories import edith, rory, rosa, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wanted", Mail.values)
def test_one_says_how_often_and_only_for_oneself(wanted):
    writer, editor = rory(), edith()
    page = visit(writer).post(
        reverse("admin:mail"), {"mail": wanted, "username": "boss", "is_superuser": "on"}, follow=True
    )
    assert "Saved." in page.text
    writer.refresh_from_db()
    editor.refresh_from_db()
    assert (writer.mail, writer.username, writer.is_superuser, editor.mail) == (wanted, "rory", False, Mail.AT_ONCE)


@pytest.mark.parametrize("wrong", [{}, {"mail": ""}, {"mail": "weekly"}])
def test_anything_else_is_refused(wrong):
    page = visit(rory()).post(reverse("admin:mail"), wrong)
    assert page.status_code == 422
    assert "errorlist" in page.text


def test_it_is_for_who_works_here_and_every_page_leads_to_it():
    address = reverse("admin:mail")
    assert "/login/" in Client().get(address).headers["Location"]
    assert "/login/" in visit(rosa()).post(address, {"mail": "never"}).headers["Location"]
    assert address in visit(rory()).get(reverse("admin:index")).text
