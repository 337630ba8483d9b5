"""Editors may delete pictures that nothing needs."""

from django.db import migrations

ROLE, CODENAME, NAME = "Editor", "delete_image", "Can delete image"


def give(apps, schema_editor):
    """The permission's row is made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="articles", model="image")
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=CODENAME, defaults={"name": NAME}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.add(right)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="articles", codename=CODENAME))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_one_right_each"), ("articles", "0015_picture_library")]

    operations = [migrations.RunPython(give, take)]
