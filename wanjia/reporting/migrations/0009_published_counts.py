from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0008_papers_of_the_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedCounts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('population', models.CharField(max_length=40)),
                ('day', models.DateField(verbose_name='截至')),
                ('smallest', models.PositiveSmallIntegerField()),
                ('told', models.JSONField()),
                ('hidden', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('population', 'day'), name='published_once')],
            },
        ),
    ]
