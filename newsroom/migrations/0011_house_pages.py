"""Editors write the pages of the house."""

from django.db import migrations

ROLE, VERBS = "Editor", ("view", "add", "change")


def give(apps, schema_editor):
    """The permissions' rows are made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="housepage"
    )
    rights = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=f"{verb}_housepage", defaults={"name": f"Can {verb} page"}
        )[0]
        for verb in VERBS
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        pages = group.permissions.filter(content_type__app_label="articles", content_type__model="housepage")
        group.permissions.remove(*pages)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0010_fronts"), ("articles", "0024_house_pages")]

    operations = [migrations.RunPython(give, take)]
