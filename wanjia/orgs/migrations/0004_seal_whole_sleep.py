from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_second_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='asleep_whole',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='dutynotice',
            name='change',
            field=models.CharField(choices=[('proposed', '申请安排岗位,等第二人确认'), ('given', '岗位已经第二人确认'), ('declined', '岗位申请没有获得确认'), ('ended', '结束了岗位'), ('reset', '重置了密码,岗位暂停,等第二人确认'), ('locked', '停用了账号'), ('unlocked', '重新启用了账号,岗位暂停,等第二人确认'), ('woken', '账号已经第二人确认,岗位恢复'), ('tried', '上传的名单里由别处建档的人太多,到了每天的上限'), ('reset_only', '重置了密码,动态口令没有动'), ('revived', '重新启用了账号'), ('added', '安排了岗位')], max_length=10),
        ),
    ]
