"""What a migration does to give roles their rights. Not a migration itself."""

from django.db.migrations import RunPython


def give_rights(roles, app, model, rights):
    """The operation by which these roles get rights over a model of an app; `rights` maps codenames to names."""

    def give(apps, schema_editor):
        # The permissions' rows are made here if need be: Django makes them only after all migrations.
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
        permissions = apps.get_model("auth", "Permission").objects
        rows = [
            permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]
            for codename, name in rights.items()
        ]
        for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
            group.permissions.add(*rows)

    def take(apps, schema_editor):
        for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
            held = group.permissions.filter(content_type__app_label=app, codename__in=rights)
            group.permissions.remove(*held)

    return RunPython(give, take)
