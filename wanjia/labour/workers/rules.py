"""Who may see and keep a labourer, whom the roll takes, which spells can be true, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.scope import covers
from wanjia.policy.labour import least_age, of_working_age
from wanjia.policy.statuses import months_after
from wanjia.policy.work_places import place_of
from wanjia.registry import ties
from wanjia.registry.models import HukouKind, LabourAbility, Membership, Schooling
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..keeping.queries import overlapping, running
from ..models import Spell, Worker
from ..states import Evidence, How, Left, Place

ELSEWHERE = _("此人不在您的辖区。")
NO_DUTY = _("您的岗位没有登记、更新劳动力情况的权限。")
AT_SCHOOL = (Schooling.PRIMARY, Schooling.JUNIOR, Schooling.SENIOR, Schooling.VOCATIONAL, Schooling.COLLEGE, Schooling.IN_SCHOOL)
UNABLE = (LabourAbility.LOST, LabourAbility.NONE)
COMMITTEES = ("2", "3")  # 12-digit codes: 200–399 are villagers' committees


def visible_workers(actor, *, duty=Duty.SEE_LABOUR):
    """Labourers whose homes the actor has to do with, within the posts that carry `duty`."""
    return Worker.objects.filter(ties.people(actor, duty=duty))


def visible_spells(actor, *, duty=Duty.SEE_LABOUR):
    """The spells of these labourers."""
    return Spell.objects.filter(worker__in=visible_workers(actor, duty=duty))


def is_rural(person):
    """Tell whether somebody's home is rural: by the person's own registration, else the home's; where nobody says, a villagers' committee's is."""
    homes = Membership.objects.filter(person=person, to_on=None).exclude(household__hukou_kind="").values_list("household__hukou_kind", flat=True)
    kind = person.hukou_kind or next(iter(homes), "")
    return kind == HukouKind.RURAL if kind else (person.village_id or "")[9:10] in COMMITTEES


def _reaches(actor, code):
    return (
        (actor.has_duty(Duty.KEEP_LABOUR), NO_DUTY),
        (code and covers(actor, code, duty=Duty.KEEP_LABOUR), ELSEWHERE),
    )


def _fits(person, day):
    """What somebody must be who stands on the roll (农村劳动力)."""
    return (
        (person.merged_into_id is None, _("这条记录已并入另一条,请到合并后的记录里办。")),
        (person.died_on is None, _("此人已登记去世。")),
        (person.birth_on is not None, _("没有登记出生日期,算不出是不是劳动年龄。请先补上出生日期。")),
        (
            person.birth_on is None or of_working_age(person.sex, person.birth_on, day),
            _("不在劳动年龄:年满 16 周岁、还没有到法定退休年龄的才列入。"),
        ),
        (is_rural(person), _("城镇户籍的不列入农村劳动力名册。户籍类型登记错了的,请先更正。")),
        (person.schooling not in AT_SCHOOL, _("登记为在校的不列入。已经毕业、离校的,请先更新在校状态。")),
        (person.labour not in UNABLE, _("登记为没有劳动能力的不列入。情况变了的,请先更新劳动能力。")),
    )


def can_enrol(actor, person, at):
    """May the actor put somebody of the register on the roll of labourers."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LABOUR), NO_DUTY),  # who sees somebody by this duty has them within reach: the act has looked
        (not Worker.objects.filter(pk=person.pk).exists(), _("此人已经在劳动力名册里,或者曾经退出。请打开他的劳动力页面。")),
        *_fits(person, today(at)),
    )


def can_keep(actor, worker):
    """May the actor write about a labourer who stands on the roll."""
    return first_refusal(
        *_reaches(actor, worker.village_id),
        (worker.left_on is None, _("此人已退出劳动力名册。要更新的,请先恢复。")),
    )


def can_end(actor, worker):
    """May the actor end the spell that runs."""
    return first_refusal(
        (can_keep(actor, worker), can_keep(actor, worker).reason),
        (running(worker) is not None, _("没有登记着的务工,不用结束。")),
    )


def can_bring_back(actor, worker, at):
    """May the actor bring somebody back who left the roll."""
    return first_refusal(
        *_reaches(actor, worker.village_id),
        (worker.left_on is not None, _("此人在名册里。")),
        (worker.left_because != Left.TWICE, _("这条名册已随重复的人员并入另一条。要恢复的,请到“疑似重复”里撤销合并。")),
        *_fits(worker.person, today(at)),
    )


def can_correct(actor, spell):
    """May the actor correct a spell: whoever keeps its labourer, on the roll or not."""
    return first_refusal(*_reaches(actor, spell.worker.village_id))


def is_in_time(from_on, to_on, at):
    """Decide whether the days of a spell can be true."""
    return first_refusal(
        (from_on <= today(at), _("外出时间不能晚于今天。")),
        (to_on is None or to_on <= today(at), _("返回时间不能晚于今天。")),
        (to_on is None or to_on >= from_on, _("返回时间不能早于外出时间。")),
    )


def is_old_enough(person, from_on):
    """Decide whether somebody may have begun to work on a day: not before the sixteenth birthday (劳动法 15), as the judge of files says too."""
    young = person.birth_on is not None and from_on < months_after(person.birth_on, 12 * least_age())
    return first_refusal((not young, _("外出时间早于年满 16 周岁那天,请核对年份。")))


def is_borne_out(how, carried, evidence):
    """Decide whether what is said of how somebody came to the work is borne out (B18)."""
    return first_refusal(
        (how != How.ORGANISED or evidence != Evidence.DECLARED, _("“有组织输出”要有花名册、劳动合同、名册或参保记录作佐证;只凭自报的,请选“自发外出”或“亲友介绍”。")),
        (not carried or how == How.ORGANISED, _("“点对点输送”的一定是有组织输出。")),
    )


def lies_there(place, area, village_id):
    """Decide whether a place of work (a code of policy.work_places, "" for none said) lies where the class says; the own province or city alone may be either."""
    lies = place_of(area, village_id[:6])
    return first_refusal((not area or lies == place or (not lies and place in (Place.CITY, Place.PROVINCE)), _("务工地和务工区域对不上,请重新选择。")))


def is_alone(worker, from_on, to_on, but=None):
    """Decide whether a spell shares no day with another: a person counts once a day."""
    other = overlapping(worker, from_on, to_on, but)
    return first_refusal((
        other is None,
        _("和 %(from)s 起的一段务工有重叠。一个人一天只算在一个地方,请先更正那一段。") % {"from": other.from_on if other else ""},
    ))  # fmt: skip
