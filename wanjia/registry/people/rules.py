"""Who may see and change what about a person, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import Refused, first_refusal
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Line
from wanjia.orgs.scope import covers, in_reach

from ..models import Person

SHORTEST_REASON = 4
ELSEWHERE = _("此人不在您的辖区。")


def visible_people(actor):
    """People whose record is kept in a village within the actor's reach; merged records redirect, so they are included."""
    return Person.objects.filter(in_reach(actor, area="village_id"))


def person_for(actor, person_id):
    """Return the visible person a command is about. Raises Refused alike for missing and elsewhere."""
    person = visible_people(actor).filter(pk=person_id).first()
    if person is None:
        raise Refused(_("没有找到这个人。可能不在您的辖区。"))
    return person


def can_keep(actor, person):
    """May the actor change this person's record."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_REGISTER), _("您的岗位没有登记、更新家庭情况的权限。")),
        (person.village_id and covers(actor, person.village_id), ELSEWHERE),
        (person.merged_into_id is None, _("这条记录已并入另一条,请到合并后的记录里更新。")),
    )


def can_reveal(actor, village_code, reason):
    """May the actor see what is sealed, with this reason."""
    return first_refusal(
        (actor.has_duty(Duty.REVEAL), _("您的岗位没有查看敏感信息的权限。")),
        (village_code and covers(actor, village_code), ELSEWHERE),
        (len(reason.strip()) >= SHORTEST_REASON, _("请写明查看的理由(至少 4 个字),理由会记入日志。")),
    )


# The lines whose own duty is with children; the empty line is a village's or township's own committee or government.
CHILD_LINES = (Line.NONE, Line.EDUCATION, Line.CIVIL, Line.DISABLED, Line.WOMEN)


def can_open_child(actor, child, reason, day):
    """May the actor open this child's file, with this reason (未成年人网络保护条例 36)."""
    return first_refusal(
        (actor.has_duty(Duty.OPEN_CHILD_FILES), _("您的岗位没有查看儿童档案的权限。")),
        (
            any(org.line in CHILD_LINES for org in actor.orgs),
            _("儿童档案只对村(社区)、乡镇和民政、教育、残联、妇联的经办人开放;办理诉求需要时请与他们联系。"),
        ),
        (child.village_id and covers(actor, child.village_id), ELSEWHERE),
        (child.birth_on is None or child.is_minor_on(day), _("此人已满 18 周岁,没有儿童档案。")),
        (len(reason.strip()) >= SHORTEST_REASON, _("请写明查看的理由(至少 4 个字),理由会记入日志。")),
    )
