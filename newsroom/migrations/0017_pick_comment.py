"""Editors and moderators may pick comments out."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0016_leaving"), ("comments", "0010_picks")]

    operations = [
        give_rights(
            ["Editor", "Moderator"],
            "comments",
            "comment",
            {"pick_comment": "Can pick comments out, and pin one of the staff"},
        )
    ]
