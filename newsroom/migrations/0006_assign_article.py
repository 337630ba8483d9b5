"""Editors may assign stories."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0005_mail"), ("articles", "0011_together")]

    operations = [
        give_rights(["Editor"], "articles", "article", {"assign_article": "Can assign a story to a colleague"})
    ]
