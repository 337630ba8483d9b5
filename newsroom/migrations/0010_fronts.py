"""Editors choose what stands on the fronts."""

from django.db import migrations

ROLE, VERBS = "Editor", ("view", "add", "change", "delete")


def give(apps, schema_editor):
    """The permissions' rows are made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="articles", model="slot")
    rights = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=f"{verb}_slot", defaults={"name": f"Can {verb} slot"}
        )[0]
        for verb in VERBS
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        slots = group.permissions.filter(content_type__app_label="articles", content_type__model="slot")
        group.permissions.remove(*slots)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0009_delete_image"), ("articles", "0022_fronts")]

    operations = [migrations.RunPython(give, take)]
