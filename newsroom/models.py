"""People who can sign in. What they may do comes from groups, made by a migration."""

from django.contrib.auth.models import AbstractUser, Group
from django.db import models

from newsroom.lib.people import Mail


class User(AbstractUser):
    """Anyone with an account: reader, writer, editor or moderator."""

    display_name = models.CharField(
        max_length=60, blank=True, help_text="Shown beside comments. The user name serves when empty."
    )
    mail = models.CharField(max_length=7, choices=Mail, default=Mail.AT_ONCE, help_text="About stories, to staff.")
    is_demo = models.BooleanField(
        default=False,
        editable=False,
        help_text="Made by the demo: its password is known to all, so only DEBUG lets it in.",
    )

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.display_name or self.get_full_name() or self.username


class Role(Group):
    """What a group is called here: the rights that go with a kind of work."""

    class Meta:
        proxy = True
        ordering = ["name"]
