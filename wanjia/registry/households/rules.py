"""Who may see and keep a household, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Level
from wanjia.orgs.scope import covers
from wanjia.registry.duties import Duty
from wanjia.verdict import NotFound, Refused, first_refusal

from .. import ties
from ..models import DatedStatus, Household
from ..people.rules import can_reveal

ROWS = (Duty.IMPORT, Duty.KEEP_REGISTER)  # either writes many rows at once, for whoever sees the register


def visible_households(actor, *, duty=Duty.SEE_REGISTER):
    """Households that the actor has to do with, within the posts that carry `duty`."""
    return Household.objects.filter(ties.homes(actor, duty=duty))


def household_for(actor, household_id, *, duty=Duty.KEEP_REGISTER):
    """Return the household a command is about, visible under its duty. Raises Refused alike for missing and elsewhere."""
    asked = duty if actor.has_duty(duty) else Duty.SEE_REGISTER  # who has no such duty at all is told so by the act's own rule
    household = visible_households(actor, duty=asked).select_related("village").filter(pk=household_id).first()
    if household is None:
        raise NotFound(_("没有找到这一户。可能不在您的辖区。"))
    return household


def can_register(actor, village):
    """May the actor register a household in this village (an Area)."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_REGISTER), _("您的岗位没有登记、更新家庭情况的权限。")),
        (village.level == Level.VILLAGE, _("请选到村(社区)一级。")),
        (covers(actor, village.code, duty=Duty.KEEP_REGISTER), _("这个村不在您的辖区。")),
    )


def can_keep(actor, household):
    """May the actor change this household's record."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_REGISTER), _("您的岗位没有登记、更新家庭情况的权限。")),
        (covers(actor, household.village_id, duty=Duty.KEEP_REGISTER), _("该户不在您的辖区。")),
    )


def can_keep_member(actor, member):
    """May the actor change this membership: whoever keeps its home."""
    return can_keep(actor, member.household)


def can_reveal_home(actor, household):
    """May the actor see the home's address and phone."""
    return can_reveal(actor, household.village_id)


def can_keep_rows(actor, codes):
    """May the actor write many rows at once into villages with these codes."""
    outside = [code for code in codes if not covers(actor, code, duty=ROWS)]
    return first_refusal(
        (actor.has_duty(*ROWS) and actor.has_duty(Duty.SEE_REGISTER), _("您的岗位没有批量导入的权限。")),
        (not outside, _("有 %(n)s 个村不在您的辖区,整批未写入。") % {"n": len(outside)}),
    )


def can_come(person, household, homes):
    """May somebody whose number is known join a home: not while a member of another (homes: live memberships)."""
    other = next((one.household for one in homes if household is None or one.household_id != household.pk), None)
    return first_refusal(
        (
            other is None,
            _("该身份证号已登记在%(township)s,现为另一户成员。请先办迁出,或在原户用“迁移”。")
            % {"township": other.village.parent.name if other else ""},
        ),
        (person.died_on is None, _("该身份证号的登记人已标记去世,请核对。")),
    )


def may_follow(status, home):
    """May what a home holds go to this one: not where it holds the same already."""
    same = DatedStatus.objects.filter(household=home, scheme=status.scheme, code=status.code, to_on=None)
    return first_refusal((not same.exists(), _("%(number)s已经有同一项,不能再迁过去。请提出停发,先听意见。") % {"number": home.number}))


class Namesake(Refused):
    """Somebody new bears, or may bear, the name of somebody registered (`person`): one must look and say whether it is the same."""

    def __init__(self, reason, person=None):
        super().__init__(reason)
        self.person = person


def be_no_namesake(namesakes, another):
    """Raise Namesake while somebody registered of this name may be the new one. namesakes: people; another: somebody looked."""
    first = None if another else namesakes.first()
    if first is not None:
        raise Namesake(
            _("%(village)s已经登记了一个同名、可能是同一个的人(%(initials)s)。是同一个人的,请到那一户用“迁移”;确实是另一个人的,请勾选后再提交。")
            % {"village": first.village.name if first.village else _("本县"), "initials": first.shown_name},
            first,
        )


def say_whether_another(another):
    """Raise Namesake beyond the day's limit whether or not somebody bears the name: no answer then tells of anybody. another: as above."""
    if not another:
        raise Namesake(_("今天查号码、对同名已到 60 次,系统今天不再替您对同名的人。请明天再登记;确实不是已经登记的人的,请勾选后再提交。"))
