"""The roles that the village brings: whoever mediates holds a post of its own, whatever else he is (人民调解法第十三条)."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("MEDIATOR", "mediator", _("人民调解员"), tiers=("village", "township")),
]
