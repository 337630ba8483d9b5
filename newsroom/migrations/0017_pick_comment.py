"""Editors and moderators may pick comments out."""

from django.db import migrations

ROLES, CODENAME, NAME = ("Editor", "Moderator"), "pick_comment", "Can pick comments out, and pin one of the staff"


def give(apps, schema_editor):
    """The permission's row is made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="comments", model="comment")
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=CODENAME, defaults={"name": NAME}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(right)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="comments", codename=CODENAME))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0016_leaving"), ("comments", "0010_picks")]

    operations = [migrations.RunPython(give, take)]
