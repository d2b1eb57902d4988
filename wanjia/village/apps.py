from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "wanjia.village"
    label = "village"
