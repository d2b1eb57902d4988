from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "wanjia.schools"
    label = "schools"
