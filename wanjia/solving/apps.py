from django.apps import AppConfig


class SolvingConfig(AppConfig):
    name = "wanjia.solving"
    label = "solving"
