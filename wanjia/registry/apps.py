from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "wanjia.registry"
    label = "registry"

    def ready(self):
        from .importing import appliers, benefits, households

        appliers.register("household", "家庭与成员", households.apply, households.tell)
        appliers.register("subsidy", "补贴发放", benefits.apply, benefits.tell)
