from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "wanjia.registry"
    label = "registry"
