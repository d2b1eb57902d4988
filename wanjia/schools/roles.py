"""The roles that schools bring: who answers for all schools of a county, who for the gates of a county or a township, who answers for one school, who rides with children.

An attendant's post reaches nobody by its area: only the trips that it rides.
"""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("SCHOOLS_OFFICER", "schools_officer", _("学校安全专员"), tiers=("county",), whole_area=True, apart=("callback_officer",)),
    NewRole("GATE_OFFICER", "gate_officer", _("护学勤务民警"), tiers=("county", "township"), whole_area=True, apart=("callback_officer",)),
    NewRole("HEADMASTER", "headmaster", _("校长(园长)"), own_unit=True),
    NewRole("BUS_ATTENDANT", "bus_attendant", _("随车照管员"), own_unit=True),
]
