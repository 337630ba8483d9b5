"""Editors write the pages of the house."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0010_fronts"), ("articles", "0024_house_pages")]

    operations = [
        give_rights(
            ["Editor"],
            "articles",
            "housepage",
            {f"{verb}_housepage": f"Can {verb} page" for verb in ("view", "add", "change")},
        )
    ]
