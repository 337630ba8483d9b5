from django.db import migrations, models


def note_reviews(apps, schema_editor):
    """What a moderator ruled on before this was noted."""
    decisions = apps.get_model("comments", "Decision").objects.filter(comment=models.OuterRef("pk"))
    last = decisions.filter(ruling__in=["approve", "keep", "reject"]).order_by("-at", "-pk")
    comments = apps.get_model("comments", "Comment").objects.filter(models.Exists(last))
    comments.update(reviewed_at=models.Subquery(last.values("at")[:1]))


class Migration(migrations.Migration):
    """By itself: readers read on while it runs, as they cannot while a column is added."""

    dependencies = [
        ('comments', '0022_tallies'),
    ]

    operations = [
        migrations.RunPython(note_reviews, migrations.RunPython.noop),
    ]
