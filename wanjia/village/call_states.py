"""The words of calls that enough sign (联名提议召集), and the table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move
from wanjia.policy.calls import ADULTS, REPRESENTATIVES


class Side(TextChoices):
    """Who signs: each has its share in policy/calls.toml."""

    ADULTS = ADULTS, _("村民联名")
    REPRESENTATIVES = REPRESENTATIVES, _("村民代表联名")


class CallState(TextChoices):
    """Where a call stands."""

    OPEN = "call_open", _("正在联名")
    BOUND = "call_bound", _("应当召集")
    MET = "call_met", _("已经召集")
    WITHDRAWN = "call_withdrawn", _("已撤回")


class Withdrawal(TextChoices):
    """Why a call is withdrawn (撤回): what else a village would say against a list is no reason."""

    BRINGERS = "by_bringers", _("提出的人要求撤回")
    MISTAKE = "by_mistake", _("登记错了,没有这份名单")
    TWICE = "written_twice", _("同一份名单登记了两次")


CALL = Machine("meeting_call", initial=[CallState.OPEN], moves=[
    Move("bind", (CallState.OPEN,), CallState.BOUND, _("人数够了,应当召集")),
    Move("meet", (CallState.BOUND,), CallState.MET, _("召集了")),
    Move("withdraw", (CallState.OPEN, CallState.BOUND), CallState.WITHDRAWN, _("撤回")),
])  # fmt: skip
