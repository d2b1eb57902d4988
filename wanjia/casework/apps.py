from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wanjia.casework"
    label = "casework"

    def ready(self):
        from wanjia.orgs.accounts import handover
        from wanjia.registry.importing import appliers

        from .assignment.queries import still_held_by
        from .importing import ledger, looking

        handover.ask(still_held_by)

        appliers.register("needs", "困难诉求清单台账", ledger.apply, ledger.tell)
        appliers.look("needs", looking.begin)
