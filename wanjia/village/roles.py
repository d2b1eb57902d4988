"""The roles that the village brings: whoever mediates, whatever else he is (人民调解法第十三条); whoever keeps the work of the party branch, and the second hand beside him."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("MEDIATOR", "mediator", _("人民调解员"), tiers=("village", "township")),
    NewRole("BRANCH_SECRETARY", "branch_secretary", _("村党组织书记"), tiers=("village",)),
    NewRole("BRANCH_ORGANISER", "branch_organiser", _("党支部组织委员"), tiers=("village", "township")),
]
