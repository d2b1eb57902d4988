from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "wanjia.reporting"
    label = "reporting"

    def ready(self):
        from wanjia.registry.importing import appliers

        from .ledger.known import known_rows

        appliers.know("needs", known_rows)
