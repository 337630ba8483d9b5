import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_embargo'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='share_links', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(help_text='The words it shows; none: the draft as it is.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.revision')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='share_link_lasts')],
            },
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('created', 'Created'), ('saved', 'Saved'), ('submitted', 'Submitted for review'), ('sent_back', 'Sent back'), ('approved', 'Approved'), ('published', 'Published'), ('scheduled', 'Scheduled'), ('unscheduled', 'Unscheduled'), ('unpublished', 'Unpublished'), ('retracted', 'Retracted'), ('brought_back', 'Brought back'), ('expiry_set', 'End set'), ('embargoed', 'Embargo set'), ('embargo_broken', 'Embargo broken'), ('shared', 'Link shared'), ('unshared', 'Link closed'), ('imported', 'Imported')], max_length=20),
        ),
    ]
