"""Who may open an office: its installer, who owns the machine and its database anyway."""

from django.utils.translation import gettext as _

from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))


def can_run_the_machine(actor):
    """Decide whether the actor is the one at the machine's own command line."""
    return first_refusal((isinstance(actor, SystemActor) and bool(actor.duties), _("这件事只能由安装系统的人在服务器上用命令做。")))
