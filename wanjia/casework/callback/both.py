"""One page and one call for both answers of the household: it takes its need back, or it does not."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked, Parameter

from .commands import keep_need, withdraw_need

YES, NO = _("是我要撤回的(诉求就此结束)"), _("我没有要撤回(申请作废,继续办)")


def by_answer(*, takes_back, **said):
    """Call the act that the answer asks for."""
    return (withdraw_need if takes_back else keep_need)(**said)


by_answer.reads = False
CHECK = replace(
    keep_need.act, command=by_answer, call="check-withdrawal",
    asked=(Parameter("takes_back", bool, Asked(_("诉求人自己说"), answers=(YES, NO)), optional=False), *keep_need.act.asked),
)  # fmt: skip
