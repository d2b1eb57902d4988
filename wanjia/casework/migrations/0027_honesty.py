import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the list of rechecks, findings, and what contradicts a closing; the rows that are there have none of them."""

    dependencies = [
        ('casework', '0026_matters'),
        ('orgs', '0009_channels'),
        ('registry', '0012_people_counted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(choices=[('slips_at_once', '刚报办结,小条就说解决'), ('words_copied', '结果说明一字不差'), ('calls_at_once', '一天的回访挤在一刻钟里'), ('same_paper', '几件诉求用同一份佐证'), ('done_at_once', '难办的事刚签收就报办结'), ('same_phone', '几户确认用同一个电话')], max_length=16, verbose_name='疑点')),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FindingNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('slips_at_once', '刚报办结,小条就说解决'), ('words_copied', '结果说明一字不差'), ('calls_at_once', '一天的回访挤在一刻钟里'), ('same_paper', '几件诉求用同一份佐证'), ('done_at_once', '难办的事刚签收就报办结'), ('same_phone', '几户确认用同一个电话')], max_length=16)),
                ('called', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['finding_id', 'need_id'],
            },
        ),
        migrations.AddField(
            model_name='need',
            name='again',
            field=models.CharField(blank=True, choices=[('yes', '就是上次那件没有解决'), ('no', '是另一件事')], max_length=4, verbose_name='是不是上次没解决'),
        ),
        migrations.AddField(
            model_name='need',
            name='contradicted_on',
            field=models.DateField(blank=True, null=True, verbose_name='推翻日期'),
        ),
        migrations.AddField(
            model_name='need',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='casework.need', verbose_name='上次那件'),
        ),
        migrations.AddField(
            model_name='need',
            name='recheck_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='抽查期限'),
        ),
        migrations.AddField(
            model_name='need',
            name='recheck_for',
            field=models.CharField(blank=True, choices=[('child', '涉及未成年人'), ('drawn', '随机抽中'), ('least', '单位当月至少一件'), ('complaint', '销号后又反映'), ('pattern', '发现疑点')], max_length=10, verbose_name='为什么抽查'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='reached',
            field=models.BooleanField(default=True, verbose_name='联系上了'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='way',
            field=models.CharField(blank=True, choices=[('face', '当面'), ('phone', '电话'), ('paper', '书面'), ('slip', '小条')], max_length=8, verbose_name='方式'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='word',
            field=models.CharField(blank=True, choices=[('solved', '已经解决'), ('partly', '解决了一部分'), ('unsolved', '没有解决')], max_length=10, verbose_name='诉求人说'),
        ),
        migrations.AddField(
            model_name='step',
            name='contradicted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['household', 'category', 'closed_at'], name='need_home_kind'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('recheck_due_on__isnull', False)), fields=['recheck_due_on'], name='need_listed'),
        ),
        migrations.AddConstraint(
            model_name='recheck',
            constraint=models.CheckConstraint(condition=models.Q(('reached', True), models.Q(('agrees', False), ('word', '')), _connector='OR'), name='recheck_in_vain_says_nothing'),
        ),
        migrations.AddField(
            model_name='finding',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation'),
        ),
        migrations.AddField(
            model_name='findingneed',
            name='finding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='casework.finding'),
        ),
        migrations.AddField(
            model_name='findingneed',
            name='need',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='casework.need'),
        ),
        migrations.AddConstraint(
            model_name='findingneed',
            constraint=models.UniqueConstraint(fields=('rule', 'need'), name='found_once_by_each_rule'),
        ),
    ]
