from django.apps import AppConfig


class LabourConfig(AppConfig):
    name = "wanjia.labour"
    label = "labour"
