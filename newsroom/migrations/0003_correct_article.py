"""Editors may correct stories."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_roles"), ("articles", "0007_corrections")]

    operations = [
        give_rights(
            ["Editor"], "articles", "article", {"correct_article": "Can add a correction to a story, or withdraw one"}
        )
    ]
