"""Fronts as readers get them, and the verbs that put stories there."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import fronts, publishing, trash
from articles.images import usage
from articles.layout import Place
from articles.models import Article, Edition, Event, Section, Slot
from articles.models.reading import ReadCount
from articles.publishing import NotPossible
from comments.models import Discussion
from newsroom.models import User
from tests.factories import (
    edith,
    make_article,
    make_edition,
    make_picture,
    make_section,
    make_shown_comment,
    make_slot,
    make_user,
    publish,
    rory,
    take_down,
)

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def limited() -> User:
    """An editor of the film section alone."""
    person = make_user("fay", "Editor", is_staff=True)
    make_section("film").editors.add(person)
    return person


def terms(place: str = "top", **more) -> fronts.Terms:
    return fronts.Terms(**({"place": place, "starts_at": timezone.now()} | more))


def front(url: str = "/"):
    return Client().get(url).context["front"]


def order(place: str = "top") -> list[int]:
    return list(Slot.objects.of_front(None).filter(place=place).in_order().values_list("pk", flat=True))


# --- What readers get ------------------------------------------------------------------------------


def test_a_story_stands_where_an_editor_puts_it_and_nowhere_else():
    old = make_edition()
    others = [make_edition() for _ in range(3)]
    make_slot(old, "lead")
    page = front()
    assert page.lead.article_id == old.article_id
    assert [card.article_id for card in page.top] == [edition.article_id for edition in others[::-1]]
    assert len(page.shown) == len(set(page.shown))


def test_a_slot_is_there_in_its_time_only():
    old, new = make_edition(), make_edition()
    make_slot(old, "lead", starts_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    leads = []
    for hours in (0, 1.5, 2.5):
        with time_machine.travel(timezone.now() + hours * HOUR):
            leads.append(front().lead.article_id)
    assert leads == [new.article_id, old.article_id, new.article_id]


def test_what_readers_do_not_have_is_not_on_a_front_whatever_slot_it_has():
    draft, waiting = make_article(headline="Quetzal"), make_edition(timezone.now() + DAY, headline="Quetzal")
    gone = [make_edition(headline="Quetzal") for _ in range(2)]
    for place in Place:
        for article in (draft, waiting.article, *(edition.article for edition in gone)):
            Slot.objects.create(place=place, article=article, headline="Quetzal told here")
            Slot.objects.create(place=place, article=article, section=make_section(), headline="Quetzal told here")
    take_down(publishing.retract, gone[0].article)
    take_down(publishing.unpublish, gone[1].article)
    for url in ("/", "/tv/"):
        assert "Quetzal" not in Client().get(url).text
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert "Quetzal told here" in Client().get("/").text


def test_a_slot_may_have_a_headline_and_a_picture_of_its_own_and_loses_the_picture_with_its_rights():
    own, other = make_picture("Own"), make_picture("Other")
    edition = make_edition(lead_image=own.pk)
    make_slot(edition, "lead", headline=" As we\x00 say  here ", image=other)
    lead = front().lead
    assert (lead.headline, lead.picture.folder) == ("As we say here", other.picture.folder)
    other.rights_until = date(2020, 1, 1)
    other.save()
    assert front().lead.picture.folder == own.picture.folder


def test_a_picture_of_a_front_is_in_use():
    other = make_picture("Other")
    make_slot(make_edition(), image=other)
    assert usage.is_used(other)
    assert other not in usage.unused()


def test_a_title_that_tells_too_much_stands_on_no_front_unless_an_editor_wrote_it():
    edition = make_edition(headline="The butler dies", spoiler="major", safe_headline="A death")
    for place in ("breaking", "picks"):
        slot = make_slot(edition, place)
        assert "butler dies" not in Client().get("/").text
        fronts.remove(slot, version=1, by=edith())


def test_what_is_paid_for_is_labelled():
    make_slot(make_edition(sponsor="Thistledown"), "picks")
    assert "Paid for by Thistledown" in Client().get("/").text


def test_breaking_news_is_said_in_words():
    make_slot(make_edition(headline="The lamp is out"), "breaking")
    page = Client().get("/").text
    assert "Breaking</p>" in page
    assert page.count("The lamp is out") == 1


def test_a_section_has_a_front_of_its_own_and_lists_the_rest_below():
    editions = [make_edition() for _ in range(3)]
    make_slot(editions[0], "lead", "tv")
    response = Client().get("/tv/")
    assert response.context["front"].lead.article_id == editions[0].article_id
    assert [card.article_id for card in response.context["page"].cards] == [
        edition.article_id for edition in editions[:0:-1]
    ]
    assert front().lead.article_id == editions[2].article_id


def test_the_head_of_a_section_is_on_its_first_page_only():
    for number in range(25):
        edition = make_edition()
        if not number:
            make_slot(edition, "lead", "tv")
    first = Client().get("/tv/").context
    second = Client().get("/tv/" + first["page"].older_url).context
    shown = [*first["cards"], *second["cards"]]
    assert len({card.article_id for card in shown}) == len(shown) == 25
    assert (first["front"].lead is None, second["front"].lead is None) == (False, True)


# --- What it costs ---------------------------------------------------------------------------------


def crowd(model: Edition, count: int) -> None:
    """So many stories like this one, in two sections."""
    sections = [make_section("tv"), make_section("film")]
    stories = Article.objects.bulk_create(
        Article(headline=f"Story {n}", section=sections[n % 2], created_by=edith(), saved_by=edith())
        for n in range(count)
    )
    fields = {field.attname: getattr(model, field.attname) for field in Edition._meta.concrete_fields} | {"id": None}
    Edition.objects.bulk_create(
        Edition(**fields | {"article_id": story.pk, "section_id": story.section_id, "path": f"/tv/story-{story.pk}/"})
        for story in stories
    )
    now, image = timezone.now(), make_picture()
    Slot.objects.bulk_create(
        Slot(place=place, position=number, article=story, starts_at=now, section=section, image=image)
        for section in (None, sections[0])
        for number, story in enumerate(stories[:40])
        for place in Place
    )


@pytest.mark.parametrize("size", [50, 500])
def test_the_front_takes_six_queries_at_most_and_a_section_four(size):
    crowd(make_edition(), size)
    for url, most in (("/", 6), ("/tv/", 4)):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(url).status_code == 200
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


# --- The verbs -------------------------------------------------------------------------------------


def test_a_story_that_waits_may_be_put_on_a_front_beforehand():
    waiting = make_edition(timezone.now() + HOUR)
    make_slot(waiting, "lead")
    assert front().lead is None
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert front().lead.article_id == waiting.article_id


@pytest.mark.parametrize(
    ("make", "asked", "why"),
    [
        (make_article, terms, "live or scheduled"),
        (lambda: make_edition(sponsor="Thistledown").article, lambda: terms("breaking"), "never breaking"),
        (lambda: make_edition().article, lambda: terms("read"), "filled by what readers do"),
        (lambda: make_edition().article, lambda: terms(ends_at=timezone.now() - HOUR), "must end after"),
        (lambda: make_slot(make_edition()).article, lambda: terms("lead"), "at that time already, under Top stories"),
    ],
)
def test_what_makes_no_sense_is_refused(make, asked, why):
    article, before = make(), Slot.objects.count()
    with pytest.raises(NotPossible, match=why):
        fronts.add(article, asked(), section=None, by=edith())
    assert Slot.objects.count() in {before, 1}


def test_a_story_may_stand_in_two_places_one_after_the_other():
    edition, noon = make_edition(), timezone.now() + HOUR
    make_slot(edition, "lead", ends_at=noon)
    make_slot(edition, "picks", starts_at=noon)
    assert Slot.objects.count() == 2


def test_writers_put_nothing_on_a_front():
    edition = make_edition()
    slot = make_slot(edition)
    with pytest.raises(PermissionDenied):
        make_slot(edition, "lead", by=rory())
    for act in (
        lambda: fronts.change(slot, terms(), version=1, by=rory()),
        lambda: fronts.move(slot, place="top", to=0, seen=[slot.pk], by=rory()),
        lambda: fronts.remove(slot, version=1, by=rory()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_editor_of_a_section_has_its_front_alone():
    fay, edition = limited(), make_edition(section=make_section("film").pk)
    slot = make_slot(edition, "top", "film", by=fay)
    for section in ("", "tv"):
        with pytest.raises(PermissionDenied):
            make_slot(edition, "top", section, by=fay)
    fronts.remove(slot, version=1, by=fay)
    hidden = make_edition(timezone.now() + HOUR)
    with pytest.raises(NotPossible):
        make_slot(hidden, "top", "film", by=fay)


def test_slots_are_put_in_order():
    first, second, third = (make_slot(make_edition()).pk for _ in range(3))
    slot = Slot.objects.get(pk=third)
    fronts.move(slot, place="top", to=0, seen=order(), by=edith())
    assert order() == [third, first, second]
    fronts.move(slot, place="top", to=99, seen=order(), by=edith())
    assert order() == [first, second, third]
    fronts.move(slot, place="picks", to=0, seen=[], by=edith())
    assert (order(), order("picks")) == ([first, second], [third])


def test_the_second_of_two_editors_is_told_and_nothing_is_lost():
    slots = [make_slot(make_edition()) for _ in range(3)]
    seen = order()
    fronts.move(slots[2], place="top", to=0, seen=seen, by=edith())
    after = order()
    with pytest.raises(fronts.Changed, match="meanwhile"):
        fronts.move(slots[1], place="top", to=2, seen=seen, by=edith())
    fronts.change(slots[0], terms(headline="First"), version=1, by=edith())
    with pytest.raises(fronts.Changed):
        fronts.change(slots[0], terms(headline="Second"), version=1, by=edith())
    with pytest.raises(fronts.Changed):
        fronts.remove(slots[0], version=1, by=edith())
    assert (order(), Slot.objects.get(pk=slots[0].pk).headline) == (after, "First")


def test_what_is_done_to_a_front_is_on_record():
    slot = make_slot(make_edition())
    slot = fronts.change(slot, terms("lead"), version=1, by=edith())
    fronts.remove(slot, version=2, by=edith())
    events = Event.objects.filter(article=slot.article_id, kind=Event.Kind.CURATED).order_by("pk")
    assert [event.note for event in events] == [
        "Front page, Top stories: put there",
        "Front page, Lead: changed",
        "Front page, Lead: taken away",
    ]
    assert {event.by for event in events} == {edith()}


def test_a_slot_ends_after_it_starts_whoever_writes_it():
    article = make_edition().article
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(article=article, place="top", starts_at=now, ends_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(article=article, place="attic")


def test_a_story_in_the_trash_is_on_no_front():
    edition = make_edition()
    make_slot(edition)
    take_down(publishing.unpublish, edition.article)
    article = Article.objects.get(pk=edition.article_id)
    trash.trash(article, version=article.version, by=edith())
    assert not Slot.objects.exists()


# --- The machine -----------------------------------------------------------------------------------


def read(edition: Edition, times: int, hours_ago: int = 1) -> None:
    hour = (timezone.now() - hours_ago * HOUR).replace(minute=0, second=0, microsecond=0)
    ReadCount.objects.create(article=edition.article, hour=hour, count=times)


def test_tick_lists_what_is_most_read_and_most_discussed():
    editions = [make_edition() for _ in range(25)]
    for times, edition in enumerate(editions[:6], 1):
        read(edition, times)
    read(editions[6], 1000, hours_ago=30)
    make_shown_comment(editions[7])
    long_ago = make_shown_comment(editions[8]).discussion
    Discussion.objects.filter(pk=long_ago.pk).update(last_at=timezone.now() - 3 * DAY)
    for _ in range(2):
        call_command("tick", verbosity=0)
    page = front()
    assert [card.article_id for card in page.read] == [edition.article_id for edition in editions[5:0:-1]]
    assert [card.article_id for card in page.discussed] == [editions[7].article_id]
    with time_machine.travel(timezone.now() + DAY):
        assert (front().read, front().discussed) == ([], [])


def test_the_machine_lists_nothing_that_readers_do_not_have():
    gone, kept = make_edition(), make_edition()
    keys = [gone.article_id, kept.article_id, make_article().pk]
    take_down(publishing.retract, gone.article)
    assert fronts.fill(Place.READ, keys) == 1
    read(gone, 5)
    assert fronts.fill_read() == 0


def test_slots_long_over_are_forgotten():
    now = timezone.now()
    article = make_edition().article
    for days in (40, 20):
        Slot.objects.create(article=article, place="top", starts_at=now - 50 * DAY, ends_at=now - days * DAY)
    assert (fronts.forget_over(), Slot.objects.count()) == (1, 1)


def test_a_section_takes_its_front_with_it():
    make_slot(make_edition(), "top", "film")
    Section.objects.get(slug="film").delete()
    assert not Slot.objects.exists()


def test_a_story_put_back_among_readers_has_its_place_again():
    edition = make_edition()
    make_slot(edition, "breaking")
    take_down(publishing.unpublish, edition.article)
    assert front().breaking == []
    publish(edition.article)
    assert [card.article_id for card in front().breaking] == [edition.article_id]
