from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_a_need_is_the_fold_of_its_timeline")]

    operations = [
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('need', 'n'), name='step_number_once'),
        ),
    ]
