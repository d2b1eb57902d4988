"""Roles: a role is a named set of duties; which posts exist and who holds them is data. Other apps bring roles of their own (roles.py).

三员分立: the one who manages accounts (管理员) neither handles needs nor reads the journal (审计员).
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import parts


class Own(TextChoices):
    """The roles that the house has whatever apps stand in it."""

    VILLAGE_WORKER = "village_worker", _("村(社区)干部")
    TOWNSHIP_WORKER = "township_worker", _("乡镇台账员")
    TOWNSHIP_LEADER = "township_leader", _("乡镇分管领导")
    STATION_WORKER = "station_worker", _("乡镇站所承办人")
    LEDGER_OFFICE = "ledger_office", _("县台账办")
    BUREAU_WORKER = "bureau_worker", _("县直单位承办人")
    BUREAU_HEAD = "bureau_head", _("县直单位负责人")
    CALLBACK_OFFICER = "callback_officer", _("回访员")
    INSPECTOR = "inspector", _("抽查督办员")
    LEADER = "leader", _("县领导")
    PROTECTION_OFFICER = "protection_officer", _("未成年人保护专员")
    SCHOOL_WORKER = "school_worker", _("学校联络员")
    ADMINISTRATOR = "administrator", _("系统管理员")
    AUDITOR = "auditor", _("审计员")


BROUGHT = [role for module in parts("roles") for role in getattr(module, "ROLES", ())]  # this module is among them, and brings none
if TYPE_CHECKING:
    Role = Own
else:  # a role that a post carries: one enumeration, whoever brought it
    Role = TextChoices("Role", [(one.name, (one.value, one.label)) for one in (*Own, *BROUGHT)], module=__name__)

# Roles that one person may not hold together, whatever the unit (等保 2.0: separated administration, audit, business).
EXCLUSIVE = [
    {Role.ADMINISTRATOR, Role.AUDITOR},
    *({Role.ADMINISTRATOR, role} for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR)),
    *({Role.CALLBACK_OFFICER, role} for role in (Role.BUREAU_WORKER, Role.STATION_WORKER, Role.VILLAGE_WORKER)),
    *({Role(one.value), Role(other)} for one in BROUGHT for other in one.apart),
]


def choices():
    """Return [(value, label)] of all roles. A migration names this function, so that a role that an app brings asks for none of orgs'."""
    return Role.choices
