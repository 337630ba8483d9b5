from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0028_errors_of_stories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='section',
            name='moderators',
            field=models.ManyToManyField(blank=True, editable=False, help_text='Moderators who are named in any section decide there alone; all others on the whole paper.', related_name='moderated_sections', to=settings.AUTH_USER_MODEL),
        ),
    ]
