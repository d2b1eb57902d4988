"""Who may plan, record and read visits, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.scope import covers
from wanjia.registry.duties import Duty
from wanjia.verdict import NotFound, Refused, first_refusal

from .. import ties
from ..households.rules import can_keep
from ..models import Visit
from ..states import VisitState

FEWEST_WITH_CHILDREN = 2
# Words of rules.md §b.2, with the ledger's codes: a finding is neutral, the ledger judges it anew.
CATEGORIES = [
    ("schooling", _("就学")), ("work", _("就业务工")), ("medical", _("医疗")), ("housing", _("住房")), ("water_power", _("饮水用电")),
    ("road", _("道路交通")), ("aid", _("低保救助")), ("disability", _("残疾保障")), ("elderly", _("养老照护")), ("guardianship", _("儿童监护")),
    ("insurance", _("社保")), ("land", _("土地林权")), ("industry", _("产业发展")), ("environment", _("人居环境")), ("dispute", _("矛盾纠纷")),
    ("campus", _("校园安全")), ("rights", _("权益维护(欠薪)")), ("papers", _("证照户籍")), ("other", _("其他")),
]  # fmt: skip
URGENCIES = [("critical", _("特急")), ("urgent", _("急")), ("ordinary", _("一般"))]


def visible_visits(actor, *, duty=Duty.VISIT):
    """Visits to homes that the actor has to do with, within the posts that carry `duty`."""
    return Visit.objects.filter(ties.visits(actor, duty=duty))


def visit_for(actor, visit_id):
    """Return the visible visit a command is about. Raises Refused alike for missing and elsewhere."""
    visit = visible_visits(actor).select_related("household__village").filter(pk=visit_id).first()
    if visit is None:
        raise NotFound(_("没有找到这次走访。可能不在您的辖区。"))
    return visit


def can_plan(actor, household):
    """May the actor plan a visit to this home."""
    return first_refusal(
        (actor.has_duty(Duty.VISIT), _("您的岗位没有入户走访的权限。")),
        (covers(actor, household.village_id, duty=Duty.VISIT), _("该户不在您的辖区。")),
    )


def can_cancel(actor, visit):
    """May the actor call a visit off: whoever may plan one there, and go."""
    return can_plan(actor, visit.household)


def can_verify(actor, visit):
    """May the actor note that the record of the visit's home was read over and holds: whoever may keep it."""
    return can_keep(actor, visit.household)


def somebody_goes(visitors):
    """Decide whether somebody goes at all."""
    return first_refusal((visitors, _("请选择走访人。")))


def can_go(household, visitors):
    """May these users go to this home: of several, one of another place refuses all."""
    return first_refusal(
        (all(one.has_duty(Duty.VISIT) for one in visitors), _("有走访人的岗位没有入户走访的权限。")),
        (all(covers(one, household.village_id, duty=Duty.VISIT) for one in visitors), _("有走访人的辖区不包括这一户。")),
    )


def can_record(actor, visit, visitors):
    """May the actor record this visit; the one who records was there."""
    return first_refusal(
        (actor.has_duty(Duty.VISIT), _("您的岗位没有入户走访的权限。")),
        (covers(actor, visit.household.village_id, duty=Duty.VISIT), _("该户不在您的辖区。")),
        (visit.state == VisitState.PLANNED, _("这次走访已经记录或取消了。")),
        (actor in visitors, _("走访由去的人记录。请把自己加进走访人,或请走访人来记。")),
    )


def can_add(actor, visit, at):
    """May the actor note one more difficulty of this visit: whoever went, on the day on which it was recorded."""
    return first_refusal(
        (actor.has_duty(Duty.VISIT), _("您的岗位没有入户走访的权限。")),
        (covers(actor, visit.household.village_id, duty=Duty.VISIT), _("该户不在您的辖区。")),
        (visit.state == VisitState.DONE, _("走访还没有记录。请先把走访表填完,困难写在走访表里。")),
        (actor.pk in {one.pk for one in visit.visitors.all()}, _("再说的困难由去的人记。请去的人来记,或从“登记诉求”登记。")),
        (visit.done_at is not None and today(visit.done_at) == today(at), _("走访记录完已经不是当天了。后来说到的困难,请从“登记诉求”登记。")),
    )


def of_the_home(findings, members):
    """Decide whether all that was voiced is of people of this home: a need made of it bears the name of whoever asks.

    members: ids of those who live there on the day of the visit or today.
    """
    named = {one.get(who) for one in findings for who in ("requester_id", "about_child_id")} - {None, ""}
    return first_refusal(({str(one) for one in named} <= set(map(str, members)), _("诉求人或涉及的孩子不是这一户的人,请重新选择。")))


def in_known_words(findings):
    """Decide whether category and urgency of all that was voiced are the ledger's own codes: a need is counted and graded by them."""
    strange = [
        text for one in findings
        for text, known in ((one.get("category"), CATEGORIES), (one.get("urgency"), URGENCIES)) if text and text not in dict(known)
    ]  # fmt: skip
    return first_refusal((not strange, _("没有“%(words)s”这个类别或缓急,请从列表里选。") % {"words": strange[0] if strange else ""}))


class TooFew(Refused):
    """Fewer people went than are asked where children are seen: the form says so where it asks who went."""


def enough_visitors(method, visitors, companions, about_children):
    """Are there at least two people when children are seen at home or at school (rules.md §c.3)."""
    people = len(visitors) + len([name for name in companions.replace(",", "、").replace(",", "、").split("、") if name.strip()])
    return first_refusal(
        (
            not about_children or method == "phone" or people >= FEWEST_WITH_CHILDREN,
            _("家里有未成年人时,至少要两个人一起去。请选上另一位走访人,或在“同行人”里写上名字。"),
            TooFew,
        ),
    )
