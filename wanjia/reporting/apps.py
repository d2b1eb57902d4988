from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "wanjia.reporting"
    label = "reporting"

    def ready(self):
        from wanjia.indicators.definitions import read

        from .figures.population import populations

        read([one.definitions for one in populations()], {one.name: one.dated for one in populations()})
