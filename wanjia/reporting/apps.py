from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "wanjia.reporting"
    label = "reporting"

    def ready(self):
        from wanjia.orgs.trail import subjects
        from wanjia.registry.importing import appliers

        from .ledger.known import known_rows

        subjects.name("reporting.paper", "number", "need__number")

        appliers.know("needs", known_rows)
