"""Editors may delete pictures that nothing needs."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_one_right_each"), ("articles", "0015_picture_library")]

    operations = [give_rights(["Editor"], "articles", "image", {"delete_image": "Can delete image"})]
