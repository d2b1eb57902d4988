from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wanjia.kernel.calendar import today


def begin(apps, schema):
    """Let the days of a yes that was asked before there was one begin today: else all its rungs would be climbed at once.

    Where one was climbed already, its clock goes on.
    """
    using = schema.connection.alias
    tasks, rungs = apps.get_model("casework", "SubTask").objects.using(using), apps.get_model("casework", "Rung").objects.using(using)
    waiting = tasks.filter(agreed__isnull=False, agreed_at=None, state__in=("asked", "taken"))
    waiting.exclude(Exists(rungs.filter(need=OuterRef("need"), clock="agree"))).update(agree_from_on=today(timezone.now()))


begin.batched = True  # one statement over the few parts that wait for a yes


class Migration(migrations.Migration):
    """A rule of sham closing finds a need once each time it was reported done; a yes has its days from when it can be said."""

    dependencies = [
        ('casework', '0031_need_ended'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='findingneed',
            name='found_once_by_each_rule',
        ),
        migrations.AddField(
            model_name='findingneed',
            name='round',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='finding',
            name='rule',
            field=models.CharField(choices=[('slips_at_once', '刚报办结,小条就说解决'), ('words_copied', '结果说明是同一段话'), ('calls_at_once', '回访挤在一刻钟里'), ('same_paper', '几件诉求用同一份佐证'), ('done_at_once', '难办的事刚签收就报办结'), ('same_phone', '几户确认用同一个电话')], max_length=16, verbose_name='疑点'),
        ),
        migrations.AlterField(
            model_name='findingneed',
            name='rule',
            field=models.CharField(choices=[('slips_at_once', '刚报办结,小条就说解决'), ('words_copied', '结果说明是同一段话'), ('calls_at_once', '回访挤在一刻钟里'), ('same_paper', '几件诉求用同一份佐证'), ('done_at_once', '难办的事刚签收就报办结'), ('same_phone', '几户确认用同一个电话')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='findingneed',
            constraint=models.UniqueConstraint(fields=('rule', 'need', 'round'), name='found_once_by_each_rule_and_round'),
        ),
        migrations.AddField(
            model_name='subtask',
            name='agree_from_on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
