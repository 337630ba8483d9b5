"""Editors and moderators say how discussions begin, and pause them all."""

from django.db import migrations

ROLES, VERBS = ("Editor", "Moderator"), ("view", "add", "change")


def give(apps, schema_editor):
    """The permissions' rows are made here if need be: Django makes these rows only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="comments", model="rules")
    rights = [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=f"{verb}_rules", defaults={"name": f"Can {verb} rules of discussions"}
        )[0]
        for verb in VERBS
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        rules = group.permissions.filter(content_type__app_label="comments", content_type__model="rules")
        group.permissions.remove(*rules)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0013_newsletter_rights"), ("comments", "0005_modes")]

    operations = [migrations.RunPython(give, take)]
