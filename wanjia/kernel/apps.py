from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "wanjia.kernel"
    label = "kernel"
    verbose_name = "基座"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import acts, triggers

        acts.discover()

        # Sent once per app after all migrations have run: once is enough.
        post_migrate.connect(triggers.lay, sender=self, dispatch_uid="wanjia.kernel.triggers")
