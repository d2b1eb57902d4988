from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "wanjia.reporting"
    label = "reporting"
