from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wanjia.casework"
    label = "casework"

    def ready(self):
        from wanjia.orgs.accounts import handover
        from wanjia.orgs.trail import subjects
        from wanjia.orgs.workdays import followers
        from wanjia.registry import ties
        from wanjia.registry.households import beside
        from wanjia.registry.importing import appliers

        from .assignment.queries import still_held_by
        from .importing import ledger, looking
        from .ledger.queries import needs_of_home
        from .protection.rules import visible_reports
        from .retiming.jobs import begin as retime
        from .retiming.queries import preview
        from .rules import homes_of_needs

        handover.ask(still_held_by)
        ties.add(homes_of_needs)
        beside.add(needs_of_home)
        followers.follow(preview=preview, changed=retime)
        subjects.name("casework.need", "number")
        subjects.name("casework.evidence", "need__number")
        subjects.seal("casework.protectionreport", visible_reports)

        appliers.register("needs", "困难诉求清单台账", ledger.apply, ledger.tell)
        appliers.look("needs", looking.begin)
