"""The roles of a paper, as groups with their rights."""

from django.db import migrations

WRITER = {
    "articles": [
        "view_article", "add_article", "change_article", "submit_article",
        "view_section", "view_topic", "add_topic", "view_author", "view_image", "add_image", "change_image", "view_event",
    ],
}
EDITOR = {
    "articles": [
        *WRITER["articles"],
        "edit_any_article", "approve_article", "publish_article", "retract_article", "set_embargo",
        "add_section", "change_section", "change_topic", "add_author", "change_author",
    ],
    "comments": ["view_comment", "view_discussion", "change_discussion"],
}
MODERATOR = {
    "comments": ["view_comment", "moderate_comment", "view_discussion", "change_discussion"],
}
ROLES = {"Writer": WRITER, "Editor": EDITOR, "Moderator": MODERATOR}
NAMES = {
    "submit_article": "Can submit a story for review",
    "edit_any_article": "Can open and edit every story",
    "approve_article": "Can approve a story or send it back",
    "publish_article": "Can publish, schedule and unpublish a story",
    "retract_article": "Can retract a story",
    "moderate_comment": "Can decide what readers see",
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for role, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*(right(apps, app, name) for app, names in rights.items() for name in names))


def right(apps, app, codename):
    """A permission's row; Django makes these rows only after all migrations, so it may have to be made here."""
    model = codename.rsplit("_", 1)[1]
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    name = NAMES.get(codename, f"Can {codename.replace('_', ' ')}")
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name}
    )
    return found


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0001_initial"),
        ("articles", "0001_initial"),
        ("comments", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, drop_roles)]
