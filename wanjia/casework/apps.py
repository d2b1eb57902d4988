from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wanjia.casework"
    label = "casework"

    def ready(self):
        from wanjia.registry.importing import appliers

        from .exporting.known import known_rows
        from .importing import ledger, looking

        appliers.register("needs", "困难诉求清单台账", ledger.apply, ledger.tell)
        appliers.know("needs", known_rows)
        appliers.look("needs", looking.begin)
