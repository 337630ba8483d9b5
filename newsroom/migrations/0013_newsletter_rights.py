"""Editors look after the newsletter's addresses."""

from django.db import migrations

ROLE = "Editor"
RIGHTS = {
    "view_subscriber": "Can view subscriber",
    "delete_subscriber": "Can delete subscriber",
    "export_subscriber": "Can download the newsletter’s addresses",
}


def give(apps, schema_editor):
    """The permissions' rows are made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="newsroom", model="subscriber"
    )
    rights = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in RIGHTS.items()
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="newsroom", codename__in=RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0012_newsletter")]

    operations = [migrations.RunPython(give, take)]
