"""Domains of mail and addresses of guests from which no comments are taken: who may say so, whom it meets, its end."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone

from comments import excluding, posting, sanctioning
from comments.models import Comment, Exclusion
from newsroom import guests
from tests.factories import make_comment, make_edition, make_guest, make_section, make_user, mo, ravi, rory, rosa, visit

pytestmark = pytest.mark.django_db
PAGE = "/desk/exclusions/"


def exclude(domain="spam.example", **said):
    return excluding.exclude_domain(domain, **{"typed": domain, "by": mo(), "reason": "spam"} | said)


def with_address(email: str):
    nell = make_user("nell")
    nell.email = email
    nell.save()
    return nell


def guest_comment(edition, **fields) -> Comment:
    return guests.confirm(make_guest(edition, **fields))


@pytest.mark.parametrize(
    ("domain", "typed", "reason", "refused"),
    [
        ("spam.example", "spam.exmaple", "spam", "once more"),
        ("nowhere", "nowhere", "spam", "Write a domain"),
        ("-.example", "-.example", "spam", "Write a domain"),
        ("a" * 300, "a" * 300, "spam", "Write a domain"),
        ("spam.example", "spam.example", "", "reason"),
        ("spam.example", "spam.example", "no such", "reason"),
        ("example.com", "example.com", "spam", "staff"),
        ("known.example", "known.example", "spam", "already"),
    ],
)
def test_what_is_not_meant_so_is_refused_and_what_was_typed_stays(domain, typed, reason, refused):
    rory(), exclude("known.example")
    with pytest.raises(sanctioning.Refused, match=refused):
        exclude(domain, typed=typed, reason=reason)
    answer = visit(mo()).post(PAGE, {"domain": domain, "typed": typed, "reason": reason})
    assert answer.status_code == 422
    assert f'value="{domain}"' in answer.content.decode()
    assert Exclusion.objects.count() == 1


def test_moderators_alone_exclude_and_readmit():
    row, comment = exclude(), make_comment(make_edition())
    for verb in (
        lambda: exclude("other.example", by=rosa()),
        lambda: excluding.exclude_guest(comment, by=rosa(), reason="spam"),
        lambda: excluding.readmit(row, by=rosa()),
    ):
        with pytest.raises(PermissionDenied):
            verb()


@pytest.mark.parametrize(
    ("email", "is_out"),
    [
        ("nell@spam.example", True),
        ("Nell@Mail.SPAM.example", True),
        ("nell@notspam.example", False),
        ("nell@spam.example.org", False),
    ],
)
def test_nobody_of_the_domain_comments_and_everybody_is_told_why(email, is_out):
    edition, nell = make_edition(), with_address(email)
    exclude(until=timezone.now() + timedelta(days=1))
    page = visit(nell).get("/accounts/standing/").content.decode()
    assert ("No comments are taken from addresses at spam.example until" in page) is is_out
    assert ("is shut out" in visit(mo()).get(f"/desk/people/{nell.pk}/").content.decode()) is is_out
    if not is_out:
        make_comment(edition, by=nell)
        return
    with pytest.raises(posting.Barred, match="No comments are taken from addresses at spam"):
        make_comment(edition, by=nell)
    sent = visit(nell).post(f"/comments/{edition.article_id}/new/", {"body": "What I typed."}).content.decode()
    assert "What I typed." in sent
    waiting = make_guest(edition, email=email.lower())
    guests.send_link(waiting.pk)
    assert "No comments are taken from addresses at spam.example until" in mail.outbox[-1].body
    with pytest.raises(posting.Barred, match="No comments are taken from addresses at spam"):
        guests.confirm(waiting)


@pytest.mark.parametrize("ends", ["lifted", "over"])
def test_it_ends_and_stays_on_record(ends):
    nell = with_address("nell@spam.example")
    row = exclude(until=timezone.now() + timedelta(days=1))
    if ends == "lifted":
        visit(mo()).post(f"{PAGE}{row.pk}/lift/")
    else:
        Exclusion.objects.update(began_at=row.began_at - timedelta(days=3), until=timezone.now())
    make_comment(make_edition(), by=nell)
    assert f"; {ends}" in visit(mo()).get(PAGE).content.decode()
    with pytest.raises(sanctioning.Refused, match="over already"):
        excluding.readmit(row, by=mo())
    assert exclude().pk != row.pk


def test_lifting_one_of_two_made_at_once_lifts_both_and_what_stands_is_listed_first():
    old = exclude()
    Exclusion.objects.create(domain="spam.example", reason="spam", began_at=timezone.now())
    over = timezone.now() - timedelta(days=1)
    Exclusion.objects.bulk_create(
        Exclusion(domain=f"n{number}.example", reason="spam", began_at=over, lifted_at=over) for number in range(200)
    )
    assert "Lift it" in visit(mo()).get(PAGE).content.decode()
    excluding.readmit(old, by=mo())
    assert not Exclusion.objects.standing().exists()


def test_moderators_of_a_section_shut_out_its_guests_and_no_domain():
    fern = make_user("fern", "Moderator")
    tv, film = (
        guest_comment(make_edition(section=make_section(slug).pk), email=f"{slug}@x.example", name=slug)
        for slug in ("tv", "film")
    )
    make_section("film").moderators.add(fern)
    desk, domain = visit(fern), exclude()
    other = excluding.exclude_guest(tv, by=mo(), reason="spam")
    assert desk.post(PAGE, {"domain": "a.example", "typed": "a.example", "reason": "spam"}).status_code == 403
    assert desk.get(f"{PAGE}?comment={tv.pk}").status_code == 404
    own = excluding.exclude_guest(film, by=fern, reason="spam")
    page = desk.get(PAGE).content.decode()
    assert "the guest film" in page
    assert "the guest tv" not in page
    for row in (other, domain):
        assert desk.post(f"{PAGE}{row.pk}/lift/").status_code == 403
    assert desk.post(f"{PAGE}{own.pk}/lift/").status_code == 302
    for verb in (lambda: exclude("a.example", by=fern), lambda: excluding.readmit(domain, by=fern)):
        with pytest.raises(PermissionDenied):
            verb()


def test_a_guest_is_shut_out_by_an_address_that_nobody_reads_and_is_told_once():
    edition = make_edition()
    comment = guest_comment(edition)
    desk = visit(mo())
    assert f"{PAGE}?comment={comment.pk}" in desk.get(f"/desk/comments/{comment.pk}/").content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert desk.post(PAGE, {"comment": comment.pk, "reason": "abuse", "length": "7"}).status_code == 302
    excluding.tell(Exclusion.objects.get().pk, comment.guest.pk)
    [message] = mail.outbox
    assert message.to == ["nell@example.com"]
    assert "abuse or insults" in message.body
    page = desk.get(PAGE).content.decode()
    assert "Nell Ashby" in page
    assert "nell@example.com" not in page + str(Exclusion.objects.values_list())
    with pytest.raises(posting.Barred, match="your address"):
        guest_comment(edition, name="Somebody Else")
    assert guest_comment(edition, email="other@example.com")
    with pytest.raises(sanctioning.Refused, match="already"):
        excluding.exclude_guest(comment, by=mo(), reason="spam")
    guests.erase(comment.guest)
    assert "Nell Ashby" not in desk.get(PAGE).content.decode()
    assert Exclusion.objects.standing().of("nell@example.com").exists()


def test_who_has_an_account_is_not_shut_out_for_what_a_guest_said_nor_anybody_who_is_no_guest():
    edition = make_edition()
    comment, own = guest_comment(edition, email="nell@spam.example"), make_comment(edition, by=ravi())
    with_address("nell@spam.example")
    with pytest.raises(sanctioning.Refused, match="account"):
        excluding.exclude_guest(comment, by=mo(), reason="spam")
    assert visit(mo()).get(f"{PAGE}?comment={own.pk}").status_code == 404
    assert visit(mo()).get(f"{PAGE}?comment=x").status_code == 404
