"""Notices of what is against the law: anybody sends one, gets a receipt, and is told what was decided.

They come to the moderators’ reports. The mails hold nothing that was typed: nobody writes to others through them.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.models import Comment, Notice, Report
from comments.workflow import SETTLES_AFTER, Complaint
from newsroom.lib.mail import FAILURES, letter
from newsroom.lib.senders import household
from newsroom.lib.tasks import enqueue

from . import tries
from .letters import normal

# How long after the decision a name and an address are kept: an appeal may need them.
KEPT = timedelta(days=180)
KIND = "illegal"

logger = logging.getLogger(__name__)


def tell_us(comment: Comment, *, text: str, name: str, email: str, sender: str) -> Notice:
    """Take a notice; the same person on the same comment again is the first notice. Raises tries.TooMany."""
    email = normal(email)
    may_mail = tries.may_mail(KIND, sender=sender, address=email)
    mark = tries.mark(f"{KIND} {comment.pk} {email or household(sender)}")
    try:
        with transaction.atomic():
            report = Report.objects.create(
                comment=comment, version=comment.version, reason=Complaint.ILLEGAL, text=text, at=timezone.now()
            )
            made = Notice.objects.create(report=report, name=name, email=email, mark=mark)
            if email and may_mail:
                enqueue(send_receipt, notice=made.pk)
    except IntegrityError:
        return Notice.objects.get(mark=mark)
    return made


def send_receipt(notice: int) -> None:
    """Mail that a notice has come in."""
    if row := Notice.objects.select_related("report__comment").exclude(email="").filter(pk=notice).first():
        _mail(row, "We have your notice", "illegal_receipt")


def tell_decided() -> int:
    """Mail what was decided to whoever gave an address; returns how many. Each once, by whoever comes first.

    A mail that fails is tried again the next time.
    """
    settled = timezone.now() - SETTLES_AFTER
    waiting = Notice.objects.select_related("report__comment").filter(told_at=None, report__handled_at__lte=settled)
    mailed = 0
    for row in waiting.exclude(email=""):
        if Notice.objects.filter(pk=row.pk, told_at=None).update(told_at=timezone.now()):
            mailed += _tell(row)
    return mailed


def _tell(row: Notice) -> bool:
    try:
        _mail(row, "What became of your notice", "illegal_decided")
    except FAILURES as failure:
        logger.warning("Mail about notice %d failed, it is tried again: %s", row.pk, failure)
        Notice.objects.filter(pk=row.pk).update(told_at=None)
        return False
    return True


def forget() -> int:
    """Take names and addresses out of notices that were decided long ago; returns how many."""
    old = Notice.objects.filter(report__handled_at__lt=timezone.now() - KEPT).exclude(name="", email="")
    return old.update(name="", email="")


def _mail(row: Notice, subject: str, name: str) -> None:
    comment_url = settings.SITE_URL + row.report.comment.get_absolute_url()
    context = {"notice": row, "is_down": row.report.outcome == Report.Outcome.UPHELD, "comment_url": comment_url}
    letter(f"{settings.SITE_NAME}: {subject}", name, context, to=row.email, html=False).send()
