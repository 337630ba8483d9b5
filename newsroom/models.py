"""People who can sign in, and people who want the newsletter. What the former may do comes from groups."""

from typing import Any, Self

from django.contrib.auth.models import AbstractUser, Group
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from newsroom.lib.people import Mail

from . import names

TONES = ("tomato", "teal", "violet", "amber", "blue", "pink")


class User(AbstractUser):
    """Anyone with an account: reader, writer, editor or moderator."""

    # Where pictures of people lie in storage; `portrait` is the name of a file there, "" for none.
    PORTRAITS = "people/"

    display_name = models.CharField(
        max_length=60, blank=True, help_text="Shown beside comments. The user name serves when empty."
    )
    named_at = models.DateTimeField("name chosen", null=True, editable=False)
    # What names look like: see names.py. Kept by save(); of two that looked alike before, both stay.
    name_key = models.CharField(max_length=names.LONGEST_KEY, db_index=True, default="", editable=False)
    username_key = models.CharField(max_length=names.LONGEST_KEY, db_index=True, default="", editable=False)
    portrait = models.CharField("picture", max_length=64, default="", db_index=True, editable=False)
    mail = models.CharField(max_length=7, choices=Mail, default=Mail.AT_ONCE, help_text="About stories, to staff.")
    talk_mail = models.CharField(
        "mail about discussions", max_length=7, choices=Mail, default=Mail.DAILY, help_text="To their own wish."
    )
    is_demo = models.BooleanField(
        default=False,
        editable=False,
        help_text="Made by the demo: its password is known to all, so only DEBUG lets it in.",
    )

    class Meta(AbstractUser.Meta):
        # The staff are few, and are asked for beside many readers.
        indexes = [models.Index(fields=["username"], condition=Q(is_staff=True), name="user_staff")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key, self.username_key = names.key(self.public_name), names.key(self.username)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key", "username_key"}
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name that colleagues and the person see."""
        return self.display_name or self.get_full_name() or self.username

    @property
    def public_name(self) -> str:
        """The name that readers see: never the real one, unless it was chosen."""
        return self.display_name or self.username

    @property
    def initials(self) -> str:
        """Of the first and the last word of the name, for where a portrait would stand."""
        words = self.public_name.split()
        return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])).upper()

    @property
    def portrait_url(self) -> str:
        """Where the picture is; "" without one."""
        return default_storage.url(self.portrait) if self.portrait else ""

    @property
    def tone(self) -> str:
        """One of the paper's colours, always the same for the same account."""
        return TONES[(self.pk or 0) % len(TONES)]

    def get_absolute_url(self) -> str:
        """Where readers find what this person has said, if anything."""
        return reverse("person", args=[self.username])


class Leaving(models.Model):
    """That somebody wants to have their account deleted; until it is due they can change their mind."""

    person = models.OneToOneField(User, models.CASCADE, related_name="leaving")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Account {self.person_id}, at {self.due_at:%Y-%m-%d %H:%M}"


class Role(Group):
    """What a group is called here: the rights that go with a kind of work."""

    class Meta:
        proxy = True
        ordering = ["name"]


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Which of those who asked for the newsletter ...?"""

    def on_the_list(self) -> Self:
        """Who has confirmed the address, and has not left."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at=None)

    def unconfirmed(self) -> Self:
        """Who never has."""
        return self.filter(confirmed_at=None)


class Subscriber(models.Model):
    """An address that somebody gave for the newsletter; on the list only once its owner has said so."""

    class Place(models.TextChoices):
        """Where the address was given."""

        FRONT = "front", "Front page"
        STORY = "story", "End of a story"
        LIST = "list", "Foot of a list"
        PAGE = "page", "The newsletter’s own page"

    email = models.EmailField("address", max_length=254, unique=True, help_text="In small letters.")
    place = models.CharField("given at", max_length=5, choices=Place, default=Place.PAGE)
    asked_at = models.DateTimeField("given")
    confirmed_at = models.DateTimeField("confirmed", null=True)
    unsubscribed_at = models.DateTimeField("left", null=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view", "delete")
        permissions = [("export_subscriber", "Can download the newsletter’s addresses")]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="subscriber_in_small_letters")]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> str:
        """In a word or two: on the list, left, or not confirmed."""
        if self.unsubscribed_at:
            return "Left"
        return "On the list" if self.confirmed_at else "Not confirmed"

    @property
    def is_on(self) -> bool:
        return self.confirmed_at is not None and self.unsubscribed_at is None


class SignUpTry(models.Model):
    """That somebody tried to sign up, for the limits: neither the address nor the sender can be read from it.

    Deleted after a day.
    """

    at = models.DateTimeField(db_index=True)
    sender = models.CharField(max_length=64)
    address = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["sender", "at"], name="sign_up_sender"),
            models.Index(fields=["address", "at"], name="sign_up_address"),
        ]

    def __str__(self) -> str:
        return f"At {self.at:%H:%M}"
