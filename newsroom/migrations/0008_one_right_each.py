"""The rights over embargoes are an article's: an earlier migration had made them a second time, as an embargo's."""

from django.db import migrations

CODENAMES = ("set_embargo", "break_embargo")


def join(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    article, _ = ContentType.objects.get_or_create(app_label="articles", model="article")
    twins = Permission.objects.filter(
        codename__in=CODENAMES, content_type__app_label="articles", content_type__model="embargo"
    )
    for twin in twins:
        right, _ = Permission.objects.get_or_create(
            content_type=article, codename=twin.codename, defaults={"name": twin.name}
        )
        right.group_set.add(*twin.group_set.all())
        right.user_set.add(*twin.user_set.all())
        twin.delete()


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0007_role"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
