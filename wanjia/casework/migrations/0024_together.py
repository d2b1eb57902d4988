import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for what helping units are asked and what units agreed on; the helpers that are named already are asked for nothing yet."""

    dependencies = [
        ('casework', '0023_joint'),
        ('orgs', '0008_unit_phone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='协商日期')),
                ('units', models.JSONField(default=list)),
                ('words', models.CharField(max_length=300, verbose_name='商定的事')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_org', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='casework.need')),
            ],
            options={
                'ordering': ['need_id', 'at'],
            },
        ),
        migrations.CreateModel(
            name='SubTask',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', '待接'), ('taken', '协办中'), ('sent_back', '退给主办单位'), ('done', '已办完'), ('off', '已取消')], default='asked', max_length=10, verbose_name='状态')),
                ('version', models.IntegerField(default=0)),
                ('words', models.CharField(max_length=200, verbose_name='要做什么')),
                ('due_on', models.DateField(verbose_name='哪天以前')),
                ('calls', models.BooleanField(default=False, verbose_name='要直接联系诉求人')),
                ('asked_at', models.DateTimeField()),
                ('asked_by_name', models.CharField(max_length=60)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='接下时间')),
                ('urged_at', models.DateTimeField(null=True)),
                ('returns', models.SmallIntegerField(default=0, verbose_name='退回次数')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='结果')),
                ('ended_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False, verbose_name='超期办完')),
                ('agreed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='casework.consultation')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_org', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='casework.need')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='协办单位')),
            ],
            options={
                'ordering': ['need_id', 'asked_at'],
                'indexes': [models.Index(fields=['unit', 'state', 'due_on'], name='casework_su_unit_id_a6aaad_idx'), models.Index(fields=['need', 'state'], name='casework_su_need_id_6f723c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ('asked', 'taken', 'sent_back'))), models.Q(models.Q(('state__in', ('asked', 'taken', 'sent_back')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='task_ended_has_its_moment')],
            },
        ),
    ]
