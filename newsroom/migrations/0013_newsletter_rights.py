"""Editors look after the newsletter's addresses."""

from django.db import migrations

from ._rights import give_rights


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0012_newsletter")]

    operations = [
        give_rights(
            ["Editor"],
            "newsroom",
            "subscriber",
            {
                "view_subscriber": "Can view subscriber",
                "delete_subscriber": "Can delete subscriber",
                "export_subscriber": "Can download the newsletter’s addresses",
            },
        )
    ]
