"""Who may see and change what about a person, and why not."""

from django.db import connection
from django.db.models import CharField, F, Func, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.scope import covers, reaches
from wanjia.registry.duties import Duty
from wanjia.verdict import NotFound, first_refusal

from .. import ties
from ..models import Person
from ..permits import opening as _opening

SHORTEST_REASON = 4
COUNTY = 6  # digits of a county's code
FEW_ELSEWHERE = 2000  # rows outside a reach that are walked before giving up
UNINDEXED = Func(F("village_id"), template="+%(expressions)s", output_field=CharField())  # SQLite's word for: not by the index of villages
# How many rows there are, and how many of them are merged or lie outside [first, end): each by an index of its own, for asked with OR,
# SQLite reads every row.
ALL_AND_ELSEWHERE = """
    SELECT (SELECT COUNT(*) FROM registry_person), (SELECT COUNT(*) FROM (
        SELECT 1 FROM registry_person WHERE merged_into_id IS NOT NULL AND +village_id >= %s AND +village_id < %s
        UNION ALL SELECT 1 FROM registry_person WHERE village_id < %s
        UNION ALL SELECT 1 FROM registry_person WHERE village_id >= %s
        UNION ALL SELECT 1 FROM registry_person WHERE village_id IS NULL LIMIT %s))
"""
ELSEWHERE = _("此人不在您的辖区。")


def visible_people(actor, *, duty=Duty.SEE_REGISTER):
    """People whose homes the actor has to do with, within the posts that carry `duty`; merged records redirect, so they are included."""
    return Person.objects.filter(ties.people(actor, duty=duty))


def all_visible_people(actor, *, duty=Duty.SEE_REGISTER):
    """The same people, for their list and the search in it. SQLite takes any range of villages for a few rows: it would sort a whole county for one
    page of fifty, and walk it for one name. Where the actor's reach is as wide as a county, the village goes by no index, and the names by theirs.
    """
    if connection.vendor != "sqlite" or not any(len(reach.first) <= COUNTY for reach in reaches(actor, duty=duty)):
        return visible_people(actor, duty=duty)
    return Person.objects.alias(lives=UNINDEXED).filter(ties.people(actor, duty=duty, village="lives"))


def count_all_visible_people(actor, *, duty=Duty.SEE_REGISTER):
    """Count the same people, without the merged records. SQLite knows at once how many rows a table has and walks a county's 200,000 for
    20 ms: where nearly all of them lie in the actor's one reach, those that do not are counted instead.
    """
    seen = visible_people(actor, duty=duty).filter(merged_into=None)
    spans = {(reach.first, reach.end) for reach in reaches(actor, duty=duty)}
    whole = ties.seen_whole(actor, duty=duty)
    if connection.vendor != "sqlite" or len(spans) != 1 or not whole:
        return seen.count()
    [(first, end)] = spans
    with connection.cursor() as cursor:
        cursor.execute(ALL_AND_ELSEWHERE, [first, end, first, end, FEW_ELSEWHERE + 1])
        everybody, left_out = cursor.fetchone()
    return seen.count() if left_out > FEW_ELSEWHERE else everybody - left_out


def person_for(actor, person_id, *, duty=Duty.KEEP_REGISTER):
    """Return the person a command is about, visible under its duty. Raises Refused alike for missing and elsewhere."""
    asked = duty if actor.has_duty(duty) else Duty.SEE_REGISTER  # who has no such duty at all is told so by the act's own rule
    person = visible_people(actor, duty=asked).filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("没有找到这个人。可能不在您的辖区。"))
    return person


def can_keep(actor, person):
    """May the actor change this person's record."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_REGISTER), _("您的岗位没有登记、更新家庭情况的权限。")),
        (person.village_id and covers(actor, person.village_id, duty=Duty.KEEP_REGISTER), ELSEWHERE),
        (person.merged_into_id is None, _("这条记录已并入另一条,请到合并后的记录里更新。")),
    )


def can_keep_absence(actor, absence):
    """May the actor change this absence: whoever keeps the person."""
    return can_keep(actor, absence.person)


def can_reveal(actor, village_code):
    """May the actor see what is sealed there."""
    return first_refusal(
        (actor.has_duty(OrgsDuty.REVEAL), _("您的岗位没有查看敏感信息的权限。")),
        (village_code and covers(actor, village_code, duty=OrgsDuty.REVEAL), ELSEWHERE),
    )


def says_why(reason):
    """Decide whether the reason for a look was given."""
    return first_refusal((len(reason.strip()) >= SHORTEST_REASON, _("请写明查看的理由(至少 4 个字),理由会记入日志。")))


def can_reveal_person(actor, person):
    """May the actor see what is sealed of a person: a child's stands in the child's file and nowhere else."""
    return first_refusal(
        (not person.is_protected, _("孩子的证件号和电话只在儿童档案里,请写明理由后打开档案。")),
        (can_reveal(actor, person.village_id), can_reveal(actor, person.village_id).reason),
    )


def opens_files(actor):
    """Tell whether the actor's posts open children's files at all."""
    return bool(_opening(actor))


def whose_files(actor):
    """Return the Q of the people among whom the actor's posts open children's files: there alone a number may lead to a child."""
    found = Q(pk__in=[])
    for post in _opening(actor):
        first, end = post.reach.span()
        found |= Q(village_id__gte=first, village_id__lt=end)
    return found


def opens_for(actor, children):
    """Return the ids of these loaded children whose files the actor's posts open."""
    reaches = [post.reach for post in _opening(actor)]
    return {child.pk for child in children if any(reach.covers(child.village_id or "") for reach in reaches)}


def can_open_child(actor, child, *, at):
    """May the actor open this child's file (未成年人网络保护条例 36)."""
    day = today(at)
    return first_refusal(
        (actor.has_duty(Duty.OPEN_CHILD_FILES), _("您的岗位没有查看儿童档案的权限。")),
        (
            opens_files(actor),
            _("儿童档案只对村(社区)、乡镇和民政、教育、残联、妇联的经办人开放;办理诉求需要时请与他们联系。"),
        ),
        (child.village_id and any(post.reach.covers(child.village_id) for post in _opening(actor)), ELSEWHERE),
        (child.birth_on is None or child.is_minor_on(day), _("此人已满 18 周岁,没有儿童档案。")),
    )
