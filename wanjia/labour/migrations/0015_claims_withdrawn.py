import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('labour', '0014_wage_claims'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='wageclaim',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='wageclaim',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=60, verbose_name='撤销原因'),
        ),
        migrations.AddField(
            model_name='wageclaim',
            name='withdrawn_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(
            model_name='wageclaim',
            name='wages_of_a_day_claimed_once',
        ),
        migrations.AddConstraint(
            model_name='wageclaim',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('spell', 'from_on'), name='wages_of_a_day_claimed_once'),
        ),
        migrations.AddConstraint(
            model_name='wageclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='wage_claim_withdrawn_with_reason'),
        ),
    ]
