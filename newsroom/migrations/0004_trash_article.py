"""Editors may put stories in the trash, and back."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_correct_article"), ("articles", "0008_trash")]

    operations = [
        give_rights(["Editor"], "articles", "article", {"trash_article": "Can put a story in the trash, and back"})
    ]
