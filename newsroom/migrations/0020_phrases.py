"""Editors and moderators look after the list of phrases that the screens look for."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0019_talk_mail"), ("comments", "0018_phrases")]

    operations = [
        give_rights(
            ["Editor", "Moderator"],
            "comments",
            "phrase",
            {"view_phrase": "Can view phrase", "change_phrase": "Can change phrase"},
        )
    ]
