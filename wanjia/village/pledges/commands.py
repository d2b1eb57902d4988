"""The acts of pledges: made, told done with a proof, looked at by another, or not kept with a reason."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..branch.commands import AT_A_SCREEN, KEEPS, day_of
from ..branch.rules import ELSEWHERE
from ..branch_states import PLEDGE
from ..models import PartyMember, Pledge
from . import rules
from .subjects import PLEDGES


@act(PLEDGES, "pledge_new", at="new", words=_("登记承诺"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.keeps, new=True, lines={"pledge.make": _("登记党员承诺")})
def make_pledge(
    *, by, at,
    member: Annotated[PartyMember, Asked(_("党员"), among=rules.members_for, within=ELSEWHERE)],
    words: Annotated[str, Asked(_("承诺什么"), _("一件做得到、看得见的事。"), least=4, most=200)],
    pledged_on: Annotated[date, Asked(_("哪天承诺"), initial=day_of)],
    due_on: Annotated[date, Asked(_("哪天以前"))],
):  # fmt: skip
    """Write down what a member promises, by when (承诺)."""
    first_refusal((pledged_on <= today(at) and pledged_on <= due_on, _("承诺日期不晚于今天,期限不早于承诺。"))).or_raise()
    one = Pledge.objects.create(member=member, words=words.strip(), pledged_on=pledged_on, due_on=due_on, pledged_at=at, pledged_by_id=by.id)
    journal.record(act="pledge.make", subject=one, by=by, at=at, area_code=member.body.area_id)
    return one


@act(PLEDGES, "pledge_tell", at="tell", words=_("报完成"), done=_("已记下,等另一个人去看。"), **KEEPS, **AT_A_SCREEN, may=rules.can_follow, rank=10, lines={"pledge.tell": _("报承诺完成")})
def tell_pledge(
    pledge, *, by, at,
    proof: Annotated[str, Asked(_("凭什么说完成了"), _("看得到的东西:哪里、多少、谁收的。"), least=4, most=200)],
    why_late: Annotated[str, Asked(_("为什么晚了"), _("过了期限的写。"), most=120)] = "",
):  # fmt: skip
    """Tell that a pledge is done, with what shows it; after its day, why so late."""
    first_refusal((pledge.due_on >= today(at) or why_late.strip(), _("过了期限,写明为什么晚了。"))).or_raise()
    pledge.proof, pledge.why_late, pledge.told_on, pledge.told_at, pledge.told_by_id = proof.strip(), why_late.strip(), today(at), at, by.id
    journal.move(pledge, PLEDGE, "tell", by=by, at=at, saving=["proof", "why_late", "told_on", "told_at", "told_by_id"], area_code=pledge.member.body.area_id)
    return pledge


@act(PLEDGES, "pledge_keep", at="keep", words=_("去看了,已兑现"), done=_("已兑现。"), **KEEPS, **AT_A_SCREEN, may=rules.can_confirm, rank=10, lines={"pledge.keep": _("核实承诺兑现")})
def keep_pledge(pledge, *, by, at):
    """Write down that somebody else has seen it kept (核实兑现)."""
    pledge.settled_on, pledge.settled_at, pledge.settled_by_id = today(at), at, by.id
    journal.move(pledge, PLEDGE, "keep", by=by, at=at, saving=["settled_on", "settled_at", "settled_by_id"], area_code=pledge.member.body.area_id)
    return pledge


@act(PLEDGES, "pledge_back", at="back", words=_("去看了,还没有完成"), done=_("已退回。"), **KEEPS, **AT_A_SCREEN, may=rules.can_confirm, rank=20, tone="quiet", lines={"pledge.give_back": _("承诺还没有完成")})
def give_pledge_back(pledge, *, by, at, reason: Annotated[str, Asked(_("还差什么"), least=4, most=120)]):
    """Write down that it is not done yet, and what is missing: it goes on."""
    pledge.reason, pledge.told_on = reason.strip(), None
    journal.move(pledge, PLEDGE, "give_back", by=by, at=at, saving=["reason", "told_on"], area_code=pledge.member.body.area_id)
    return pledge


@act(PLEDGES, "pledge_fail", at="fail", words=_("没有兑现"), done=_("已记下。"), **KEEPS, **AT_A_SCREEN, may=rules.can_follow, aside=True, tone="danger", lines={"pledge.fail": _("承诺没有兑现")})
def fail_pledge(pledge, *, by, at, reason: Annotated[str, Asked(_("为什么没有兑现"), least=4, most=120)]):
    """Write down that a pledge will not be kept, with the reason (没有兑现)."""
    pledge.reason, pledge.settled_on, pledge.settled_at, pledge.settled_by_id = reason.strip(), today(at), at, by.id
    journal.move(pledge, PLEDGE, "fail", by=by, at=at, saving=["reason", "settled_on", "settled_at", "settled_by_id"], area_code=pledge.member.body.area_id)
    return pledge
