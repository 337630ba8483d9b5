"""Editors and moderators say how discussions begin, and pause them all."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0013_newsletter_rights"), ("comments", "0005_modes")]

    operations = [
        give_rights(
            ["Editor", "Moderator"],
            "comments",
            "rules",
            {f"{verb}_rules": f"Can {verb} rules of discussions" for verb in ("view", "add", "change")},
        )
    ]
