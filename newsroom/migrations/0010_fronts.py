"""Editors choose what stands on the fronts."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0009_delete_image"), ("articles", "0022_fronts")]

    operations = [
        give_rights(
            ["Editor"],
            "articles",
            "slot",
            {f"{verb}_slot": f"Can {verb} slot" for verb in ("view", "add", "change", "delete")},
        )
    ]
