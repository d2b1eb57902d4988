from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "wanjia.care"
    label = "care"
