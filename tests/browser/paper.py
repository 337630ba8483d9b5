"""A paper of extremes for whoever looks at every page: the longest of everything, and the barest."""

import io
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.utils import timezone

from articles import corrections, notes, publishing, saved_views, sharing, trash
from articles.draft import BylinePart
from articles.images.intake import take_in
from articles.models import Article, Author, Correction, Edition, HousePage, Note, SavedView, Section, Slot
from comments import calming, following, posting, reporting, sanctioning, unsubscribing
from comments.models import Discussion, Phrase
from newsroom import guests, letters
from newsroom.models import Subscriber, User
from tests.factories import (
    assign,
    change,
    correct,
    edith,
    list_phrases,
    make_article,
    make_author,
    make_comment,
    make_edition,
    make_guest,
    make_heat,
    make_house_page,
    make_note,
    make_picture,
    make_section,
    make_shown_comment,
    make_slot,
    make_topic,
    make_user,
    mo,
    picture_bytes,
    reject,
    republish,
    rory,
    rosa,
    take_down,
    with_picture,
)
from tests.newsroom.device import Device

# 45 letters without a place to break, and what a person may be called at most.
LONG_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"[:60]
LONG_HEADLINE = (
    f"{LONG_WORD} and other words the cast of Harbour Lights had to learn before the second series, "
    "which opens on Sunday with a storm, a wedding and the longest unbroken shot on television"
)[:200]
LONG_DEK = ("The ferry is late, the quay is full and nobody has told the mayor. " * 6)[:400].strip()
PARAGRAPH = "Nobody on the quay had expected the ferry to come in at all that night, and then it did. "
BODY = f"""
<p>{PARAGRAPH * 3}</p><h2>What the mayor said</h2><p>{PARAGRAPH * 2}<a href="https://example.com/">A link</a> and
<strong>bold</strong> and <em>italic</em> words.</p><blockquote><p>{PARAGRAPH}</p></blockquote>
<h3>And then</h3>
<ul><li>{PARAGRAPH}</li><li>{LONG_WORD * 2}</li></ul><ol><li>One</li><li>Two</li></ol><p>{PARAGRAPH}</p>
"""

# Every element a body can have; its gaps are pictures, in landscape and upright, and another story.
EVERYTHING = f"""
<p>{PARAGRAPH}<a href="/corrections/">Inside</a>, <a href="https://example.com/{LONG_WORD}">outside</a>,
<a href="mailto:quay@example.com">by mail</a>, <strong>bold</strong>, <em>italic</em>.</p>
<h2>What the mayor said</h2><blockquote><p>{PARAGRAPH}</p><cite>The mayor, {LONG_WORD}</cite></blockquote>
<aside class="pull-quote"><p>Nobody told the {LONG_WORD}.</p><cite>Ines Barrowclough</cite></aside>
<aside class="fact-box"><p><strong>At a glance</strong></p><ul><li><strong>Where:</strong> {LONG_WORD}</li></ul></aside>
<h3>By the hour</h3><table><caption>Ferries on {LONG_WORD}</caption><thead><tr><th scope="col">{LONG_WORD}</th>
<th scope="col">Time</th><th scope="col">Quay</th></tr></thead><tbody><tr><th scope="row">Otter</th><td>10:00</td>
<td>{PARAGRAPH}</td></tr></tbody></table>
<figure data-image="{{0}}"><figcaption>At <em>dusk</em>, with <a href="/">a link</a></figcaption></figure>
<div data-gallery="{{0}},{{1}},{{2}}"></div>
<details class="spoiler"><summary>How it ends for {LONG_WORD}</summary><p>{PARAGRAPH}</p>
<ul><li>She stays.</li></ul></details>
<details class="spoiler"><p>It has no label.</p></details>
<figure data-embed="https://youtu.be/abc"><figcaption>The trailer of {LONG_WORD}</figcaption></figure>
<figure data-embed="https://www.youtube.com/shorts/abc"></figure>
<figure data-embed="https://open.spotify.com/album/abc"></figure>
<figure data-embed="https://bsky.app/profile/example.com/post/abc"></figure>
<figure data-embed="https://letterboxd.com/film/abc/"></figure>
<div data-story="{{3}}"></div><ol><li>One</li><li>Two</li></ol><p>{PARAGRAPH}</p>
"""


CHOICES = f"Yes\n{LONG_WORD[:80]}\nNo, and {PARAGRAPH[:60]}"
# Ran before all else, so that they do not push a demo's own stories from the front page.
OLD = timezone.now() - timedelta(days=40)


def lay_out() -> dict[str, str]:
    """Make it all; returns what the addresses in pages.py leave open, by name."""
    superuser()
    section = make_section("extremes")
    Section.objects.filter(pk=section.pk).update(description=LONG_DEK[:300], colour="violet")
    topic = make_topic(f"The {LONG_WORD} affair")
    writer = nameless_writer()
    addresses = stories(section, writer, topic.pk)
    names = {"section": section.slug, "topic": topic.slug, "author": writer.slug}
    newest = timezone.localtime(Edition.objects.live().latest("published_at").published_at)
    return addresses | account_keys() | names | {part: str(getattr(newest, part)) for part in ("year", "month", "day")}


def superuser() -> User:
    return User.objects.create_superuser("sue", "sue@example.com", "x")


def nameless_writer() -> Author:
    """An author with the longest name and nothing to say of herself."""
    return make_author(f"{LONG_NAME} {LONG_NAME[:59]}"[:120])


def stories(section: Section, writer: Author, topic: int) -> dict[str, str]:
    """One story in each state, and enough others for a second page."""
    for _ in range(21):
        make_edition(section=section.pk, printed_at=OLD)
    full = make_edition(
        headline=LONG_HEADLINE,
        printed_at=OLD,
        dek=LONG_DEK,
        body=BODY,
        prompt="Would you have boarded? " * 12,
        section=section.pk,
        topics=(topic, *(make_topic(f"Topic {n}").pk for n in range(8))),
        bylines=(BylinePart(rory_s().pk), BylinePart(writer.pk), BylinePart(writer.pk, "pictures")),
        lead_image=make_picture("The ferry", alt="A ferry", caption=LONG_DEK[:300], credit=LONG_NAME).pk,
        sponsor="The Harbour Board",
        trailer_url="https://example.com/trailer",
    )
    errors(full)
    bare = make_edition(headline="Bare", dek="", printed_at=OLD, section=section.pk)
    closed = make_edition(headline="Closed for the night", printed_at=OLD, section=section.pk)
    read_first = make_edition(
        headline="Read before it is shown", printed_at=OLD, section=section.pk, prompt="Well?", answers=CHOICES
    )
    gone = make_edition(headline="It was not so", printed_at=OLD, section=section.pk)
    take_down(publishing.retract, gone.article, "We had the wrong ferry.")
    waiting = make_edition(headline="Out, with more to come", printed_at=OLD, section=section.pk)
    to_come = republish(waiting.article, timezone.now() + timedelta(days=2), dek="More is to come.")
    change(full.article, dek=f"Another dek. {LONG_DEK}"[:400])
    draft = make_article(headline="Only a draft", body=BODY, section=None)
    in_review = make_article(headline="Read me, Edith", section=section.pk)
    publishing.submit(in_review, version=in_review.version, by=rory())
    away = make_article(headline=LONG_HEADLINE, dek=LONG_DEK, body=BODY, section=section.pk)
    trash.trash(away, version=away.version, by=edith(), note=LONG_DEK)
    talk(full)
    return (
        {
            **letters_of(reader()),
            "page_id": str(pages_of_the_house().pk),
            "nonesuch": f"{LONG_WORD}isms",
            "slot_id": str(slots(full, bare, waiting).pk),
            "everything": everything(section, full).path.strip("/"),
            "trashed_id": str(away.pk),
            "view_id": str(kept_view().pk),
            "story": full.path.strip("/"),
            "story_id": str(full.article_id),
            "bare": bare.path.strip("/"),
            "closed": closed.path.strip("/"),
            "closed_id": str(closed.article_id),
            "gone": gone.path.strip("/"),
            "read_first_id": str(read_first.article_id),
            "asked_id": str(read_first.article_id),
            "waiting_id": str(waiting.article_id),
            "waiting_edition": str(to_come.pk),
            "waiting_day": f"{timezone.localtime(to_come.live_at):%Y-%m-%d}",
            "waiting_week": f"{timezone.localtime(to_come.live_at):%G-W%V}",
            "draft_id": str(draft.pk),
            "review_id": str(in_review.pk),
            "sent_back_id": str(sent_back().pk),
            "share_token": sharing.share(draft, by=rory()),
            "writer_id": str(writer.pk),
            "section_id": str(section.pk),
            "topic_id": str(topic),
            "image_id": str(full.lead_image_id),
            "free_image_id": str(make_picture("A picture nobody uses", credit="").pk),
        }
        | discussions(full, closed, read_first)
        | guests_of(read_first)
    )


def pages_of_the_house() -> HousePage:
    """All seven, one with everything a body can have; and somebody with the longest job."""
    for slug in ("about", "masthead", "corrections-policy", "contact", "privacy", "comments"):
        make_house_page(slug)
    Author.objects.update(job=f"{LONG_WORD} {LONG_NAME}"[:80])
    return make_house_page("ethics", title=f"{LONG_WORD} we keep", lead=LONG_DEK[:300], body=BODY)


def reader() -> Subscriber:
    """Somebody with a long address, who has been asked whether it is theirs."""
    return Subscriber.objects.create(email=f"{LONG_WORD}.{LONG_NAME[:18]}@example.com".lower(), asked_at=timezone.now())


def letters_of(row: Subscriber) -> dict[str, str]:
    tokens = {f"{what}_letter": letters.url_of(what, row).split("/")[-2] for what in ("confirm", "leave")}
    return {"subscriber_id": str(row.pk)} | tokens


def slots(full: Edition, bare: Edition, waiting: Edition) -> Slot:
    """A place on a front for the longest and the barest, now, later and over; the front page keeps its looks."""
    now, there = timezone.now(), full.section.slug
    make_slot(bare, "breaking", there)
    make_slot(waiting, "top", there, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    Slot.objects.create(section=full.section, article=bare.article, place="picks", starts_at=OLD, ends_at=now)
    return make_slot(full, "lead", there, headline=LONG_HEADLINE[::-1][:200], ends_at=now + timedelta(days=9))


def everything(section: Section, other: Edition) -> Edition:
    """A story that a trailer leads, that tells how it ends, and whose body has every element."""
    pictures = [make_picture("The quay", caption=LONG_DEK[:300], credit_url="https://example.com/")]
    for title, size in (("A mast", (360, 640)), ("A rope", (640, 360))):
        about = {"title": title, "alt": title, "credit": LONG_NAME, "caption": title}
        pictures.append(take_in(io.BytesIO(picture_bytes(size=size)), **about))
    return make_edition(
        headline="Everything there is",
        body=EVERYTHING.format(*(picture.pk for picture in pictures), other.article_id),
        printed_at=OLD,
        section=section.pk,
        trailer_url="https://www.youtube.com/watch?v=abc",
        spoiler="ending",
        spoiler_scope=LONG_WORD,
        safe_headline="Something there is",
    )


def kept_view() -> SavedView:
    """A view with the longest name, shared with all."""
    return saved_views.keep("author=me&o=headline", name=LONG_WORD, is_shared=True, by=edith())


def errors(full: Edition) -> None:
    """Corrections in both places, the longest there may be, and one that is withdrawn."""
    correct(full, f"{LONG_WORD * 2} {PARAGRAPH * 11}"[: Correction.MAX_LENGTH], place="top")
    correct(full, "The ferry has two funnels, not three.", kind="clarification")
    corrections.withdraw(correct(full, "It was a Sunday."), by=edith(), note=f"It was. {LONG_WORD}")


def talk(full: Edition) -> None:
    """Notes of the longest and the shortest kind, answered and resolved, on a story that is overdue."""
    article = assign(full.article, to=rory(), due=timezone.localdate() - timedelta(days=2))
    notes.answer(
        make_note(article, f"{LONG_WORD * 3} https://example.com/{LONG_WORD * 4} @rory"), text="Yes.", by=rory()
    )
    long = make_note(article, f"{PARAGRAPH}\n\n{PARAGRAPH * 20}"[: Note.MAX_LENGTH], by=rory())
    notes.answer(long, text=f"@rory {LONG_WORD * 3}", by=edith())
    done = make_note(article, "Done?")
    notes.answer(done, text="Done.", by=rory())
    notes.resolve(done, by=rory())


def sent_back() -> Article:
    """A story that came back with a long reason."""
    article = make_article(headline="Once more, please", bylines=(BylinePart(rory_s().pk),))
    article = publishing.submit(article, version=article.version, by=rory())
    return publishing.send_back(article, version=article.version, by=edith(), note=f"{LONG_WORD * 2}\n{PARAGRAPH * 3}")


def rory_s() -> Author:
    """Rory's name in bylines, whatever it is in this paper."""
    return Author.objects.get(user=rory())


def discussions(full: Edition, closed: Edition, read_first: Edition) -> dict[str, str]:
    """A long thread, a closed one, and one where every comment waits."""
    # Staff are not held.
    regular = make_user("regina", is_staff=True, display_name="Regina")
    stranger = make_user("x" * 30, display_name=LONG_NAME)
    for _ in range(20):
        make_shown_comment(full, by=regular, body=PARAGRAPH)
    head = make_shown_comment(full, by=regular, body=f"{PARAGRAPH}\n\n> {PARAGRAPH}\n\n{LONG_WORD * 3}")
    parent = head
    for _ in range(5):
        parent = make_shown_comment(full, by=regular, body="And I say no.", parent=parent)
    make_shown_comment(full, by=stranger, body=(PARAGRAPH * 60)[: posting.MAX_LENGTH], parent=head)
    make_shown_comment(full, by=mo(), body="Calm down, please.", parent=parent)
    reject(make_shown_comment(full, by=regular, body="Buy my tickets", parent=head))
    make_shown_comment(closed, by=regular, body="First, and last.")
    Discussion.objects.filter(article=closed.article_id).update(mode="closed")
    discussion = posting.open_for(read_first)
    Discussion.objects.filter(pk=discussion.pk).update(mode="moderated")
    rosas(full, read_first)
    for words in (PARAGRAPH * 30, LONG_WORD * 9, "Short."):
        make_comment(read_first, by=stranger, body=words)
    answered = make_shown_comment(read_first, by=regular, body=PARAGRAPH * 6)
    make_comment(read_first, by=stranger, body="No, you are.", parent=answered)
    own = make_comment(full, by=rosa(), body="**My** own ||words||.", is_spoiler=True, spoiler_scope="episode 8")
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    for reason, text in (("abuse", ""), ("other", PARAGRAPH)):
        reporting.report(head, by=stranger, reason=reason, text=text)
    reporting.report(head, by=stranger, reason="error", text=PARAGRAPH, may_be_thanked=True)
    for row, mode in ((full, "follow"), (closed, "mute")):
        following.follow(posting.open_for(row), by=regular, mode=mode)
    make_shown_comment(full, by=mo(), body=f"@Regina, {LONG_WORD * 3} {PARAGRAPH * 3}", parent=head)
    tokens = {
        name: unsubscribing.url_of(who, posting.open_for(full).pk).split("/")[-2]
        for name, who in (("stop_talk", regular), ("mute_talk", stranger))
    }
    list_phrases("the end", LONG_WORD[:100])
    list_phrases("casino bonus", kind="suspect")
    return tokens | {
        "long_username": stranger.username,
        "comment_id": str(head.pk),
        "own_comment_id": str(own.pk),
        "spoken_id": str(rosa().comments.shown().latest("pk").pk),
        "discussion_id": str(discussion.pk),
        "phrase_id": str(Phrase.objects.filter(kind="suspect").latest("pk").pk),
    }


def guests_of(edition: Edition) -> dict[str, str]:
    """Somebody with the longest name who waits for the mail, and somebody whose comment a moderator reads first."""
    waiting = make_guest(edition, name=LONG_NAME, body=f"{LONG_WORD * 3}, {PARAGRAPH}")
    said = make_guest(edition, body="And I was not.", is_spoiler=True)
    guests.confirm(said)
    links = {f"guest_{what}": guests.url_of(what, waiting).split("/")[-3] for what in ("confirm", "erase")}
    return links | {"guest_said": guests.url_of("confirm", said).split("/")[-3], "guest_id": str(said.pk)}


def rosas(full: Edition, read_first: Edition) -> None:
    """A reader's comments, each with another fate."""
    make_shown_comment(full, by=rosa(), body="I was on that ferry.")
    make_comment(read_first, by=rosa(), body="I was on the next one, too.")
    calming.calm(posting.open_for(read_first), "all", by=mo(), reason=f"{LONG_WORD * 3} {PARAGRAPH}"[:150])
    make_heat(posting.open_for(full))
    reject(make_shown_comment(full, by=rosa(), body=PARAGRAPH), reason="off-topic")
    posting.withdraw(make_comment(full, by=rosa(), body="Forget it."), by=rosa())


def account_keys() -> dict[str, str]:
    """What e-mails would carry: keys that confirm an address and that set a new password."""
    rosas_own, _ = EmailAddress.objects.get_or_create(
        user=rosa(), email=rosa().email, defaults={"primary": True, "verified": True}
    )
    unsure = EmailAddress.objects.create(user=rosa(), email=f"{LONG_WORD.lower()}@example.com")
    assert rosas_own.verified
    rosas = rosa()
    rosas.set_password("correct horse battery")
    rosas.save()
    keyless = make_user("nopass")
    keyless.set_unusable_password()
    keyless.save()
    stepper = make_user("stepper", password="correct horse battery")
    EmailAddress.objects.create(user=stepper, email=stepper.email, primary=True, verified=True)
    make_user("starter", password="correct horse battery")
    TOTP.activate(stepper, generate_totp_secret())
    RecoveryCodes.activate(stepper)
    with_picture(stepper)
    warned = make_user("warned")
    for kind in ("hold", "warn"):
        sanctioning.impose(warned, kind, by=mo(), reason="off-topic", note=f"{LONG_WORD * 3}, {PARAGRAPH}")
    sanctioning.appeal(warned.sanctions.first(), f"{LONG_WORD * 3}, {PARAGRAPH}", by=warned)
    sanctioning.remark(warned, f"{LONG_WORD * 3}, {PARAGRAPH}", by=mo())
    passkey = Device().create({"publicKey": {"user": {"id": ""}, "challenge": "eHh4"}})
    key = WebAuthn.add(stepper, LONG_NAME, passkey).instance
    # Somebody who does not sign in: that would use the key up.
    forgetful = make_user("forgetful")
    return {
        "passkey_id": str(key.pk),
        "stepper_id": str(stepper.pk),
        "warned_id": str(warned.pk),
        "confirm_key": EmailConfirmationHMAC.create(unsure).key,
        "reset_key": f"{user_pk_to_url_str(forgetful)}-{default_token_generator.make_token(forgetful)}",
    }
