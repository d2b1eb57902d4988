from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "wanjia.office"
    label = "office"
    verbose_name = "运行"
    default_auto_field = "django.db.models.BigAutoField"
