from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0004_seal_whole_sleep")]

    operations = [
        migrations.AlterField(
            model_name="dutynotice",
            name="change",
            field=models.CharField(
                choices=[
                    ("proposed", "申请安排岗位,等第二人确认"),
                    ("given", "岗位已经第二人确认"),
                    ("declined", "岗位申请没有获得确认"),
                    ("ended", "结束了岗位"),
                    ("reset", "重置了密码,岗位暂停,等第二人确认"),
                    ("locked", "停用了账号"),
                    ("unlocked", "重新启用了账号,岗位暂停,等第二人确认"),
                    ("woken", "账号已经第二人确认,岗位恢复"),
                    ("tried", "用名单对上别处的人,到了每天的上限"),
                ],
                max_length=10,
            ),
        ),
    ]
