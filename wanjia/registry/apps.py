from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "wanjia.registry"
    label = "registry"

    def ready(self):
        from wanjia.orgs.trail import subjects

        from .importing import appliers, benefits, households

        subjects.name("registry.household", "number")
        subjects.name("registry.visit", "household__number")

        appliers.register("household", "家庭与成员", households.apply, households.tell)
        appliers.register("subsidy", "补贴发放", benefits.apply, benefits.tell)
