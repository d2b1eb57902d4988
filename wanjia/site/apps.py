from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "wanjia.site"
    label = "site"

    def ready(self):
        from . import migrating

        migrating.install()
