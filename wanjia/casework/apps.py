from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wanjia.casework"
    label = "casework"
