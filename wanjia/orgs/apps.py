from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "wanjia.orgs"
    label = "orgs"
