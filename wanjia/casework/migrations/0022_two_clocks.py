import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for an extension, a stopped clock and the steps of a plan; the rows that are there have none of them."""

    dependencies = [
        ("casework", "0021_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="asked_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("extension", "延期"),
                    ("papers", "等待诉求人材料"),
                    ("away", "诉求人外出,没有他办不成"),
                    ("season", "天气、季节原因不能施工"),
                    ("procedure", "等待上级或法定程序"),
                ],
                max_length=12,
                verbose_name="等上一级审批",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="asked_in",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="need",
            name="asked_until",
            field=models.DateField(blank=True, null=True, verbose_name="申请到哪天"),
        ),
        migrations.AddField(
            model_name="need",
            name="extended_from",
            field=models.DateField(blank=True, null=True, verbose_name="延期前的时限"),
        ),
        migrations.AddField(
            model_name="need",
            name="extension_told_on",
            field=models.DateField(blank=True, null=True, verbose_name="延期告知日期"),
        ),
        migrations.AddField(
            model_name="need",
            name="extension_told_way",
            field=models.CharField(
                blank=True,
                choices=[("face", "当面"), ("phone", "电话"), ("paper", "书面"), ("slip", "小条")],
                max_length=8,
                verbose_name="延期告知方式",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="papers_stopped",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="need",
            name="runs_on",
            field=models.DateField(blank=True, null=True, verbose_name="恢复计时日期"),
        ),
        migrations.AddField(
            model_name="need",
            name="stop_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("papers", "等待诉求人材料"),
                    ("away", "诉求人外出,没有他办不成"),
                    ("season", "天气、季节原因不能施工"),
                    ("procedure", "等待上级或法定程序"),
                ],
                max_length=12,
                verbose_name="挂起原因",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="stop_told_on",
            field=models.DateField(blank=True, null=True, verbose_name="挂起告知日期"),
        ),
        migrations.AddField(
            model_name="need",
            name="stop_told_way",
            field=models.CharField(
                blank=True,
                choices=[("face", "当面"), ("phone", "电话"), ("paper", "书面"), ("slip", "小条")],
                max_length=8,
                verbose_name="挂起告知方式",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="stopped_days",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="need",
            name="stopped_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="need",
            name="stopped_on",
            field=models.DateField(blank=True, null=True, verbose_name="挂起日期"),
        ),
        migrations.AddField(
            model_name="step",
            name="extended_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="step",
            name="runs_on",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_on", models.DateField(verbose_name="节点日期")),
                ("words", models.CharField(max_length=200, verbose_name="到这天要做成什么")),
                ("set_at", models.DateTimeField()),
                ("set_by_name", models.CharField(max_length=60)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("done_words", models.CharField(blank=True, max_length=200, verbose_name="完成情况")),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by_name", models.CharField(blank=True, max_length=60)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="casework.need"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["need_id", "due_on", "set_at"],
                "constraints": [models.UniqueConstraint(fields=("need", "due_on", "words", "set_at"), name="milestone_once")],
            },
        ),
    ]
