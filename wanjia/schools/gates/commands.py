"""The acts of the day at the gates: somebody came or not, something happened, a talk was given."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict

from ..duties import Duty
from ..guard_states import Trouble
from ..models import Attendance, GateTalk, GateTrouble
from ..rostering.subjects import DUTIES
from ..year.subjects import SCHOOLS
from . import pages, rules

MARKS = {"duty": Duty.MARK_GATES}


@act(DUTIES, "duty_mark", at="mark", words=_("登记到岗"), done=_("已记下。"), **MARKS, may=rules.can_mark, rank=5, then=pages.to_day, lines={"gate_duty.mark": _("登记护学到岗")})
def mark_duty(gate_duty, *, by, at, came: Annotated[bool, Asked(_("到岗了吗"), answers=(_("到岗"), _("没来")))]):
    """Mark whether somebody came (登记到岗), as the post's leader: yes or no, no time and no place. A second mark puts the first right."""
    facts = {"came": came, "marked_at": at, "marked_by": by if by.id else None}
    key = {"guard": gate_duty.guard, "day": gate_duty.day, "from_at": gate_duty.from_at}
    about = {"school": gate_duty.school, "post": gate_duty.post, "place": gate_duty.place, "party": gate_duty.party, "n": gate_duty.n}
    before = Attendance.objects.filter(**key).first()
    try:
        with transaction.atomic():
            if before is None:
                Attendance.objects.create(**key, **about, **facts)
            elif not Attendance.objects.filter(pk=before.pk, version=before.version).update(**about, **facts, version=before.version + 1):
                raise Conflict()
    except IntegrityError:
        raise Conflict() from None
    journal.record(act="gate_duty.mark", subject=gate_duty, by=by, at=at, area_code=gate_duty.school.area_id, came=came)
    return gate_duty


@act(SCHOOLS, "gate_trouble", at="gates/trouble", words=_("登记护学情况"), done=_("已记下。"), **MARKS, may=rules.can_report, aside=True, then=pages.to_day, lines={"gate.trouble": _("登记护学情况")})
def report_trouble(
    school, *, by, at,
    kind: Annotated[Trouble, Asked(_("类别"))],
    hour: Annotated[str, Asked(_("几点"), field=clock, most=5, least=1)],
    words: Annotated[str, Asked(_("经过"), _("不写孩子的名字。"), least=2, rows=3, most=300)],
    done: Annotated[str, Asked(_("怎么处置的"), least=2, rows=3, most=300)],
):  # fmt: skip
    """Write down what happened at a gate today, and what was done (护学情况)."""
    one = GateTrouble.objects.create(school=school, day=today(at), at=time_of(hour), kind=kind, words=words.strip(), done=done.strip(), recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="gate.trouble", subject=one, by=by, at=at, area_code=school.area_id, what=kind)
    return school


@act(SCHOOLS, "gate_talk", at="gates/talk", words=_("登记一盔一带宣传"), done=_("已记下。"), **MARKS, may=rules.can_report, aside=True, then=pages.to_day, lines={"gate.talk": _("登记一盔一带宣传")})
def record_talk(
    school, *, by, at,
    topic: Annotated[str, Asked(_("讲了什么"), least=2, most=60)],
    heard: Annotated[int, Asked(_("多少人听"), least=1, most=5000)],
):  # fmt: skip
    """Write down a talk of helmets and belts at a gate today (一盔一带宣传): the topic and how many listened."""
    one = GateTalk.objects.create(school=school, day=today(at), topic=topic.strip(), heard=heard, recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="gate.talk", subject=one, by=by, at=at, area_code=school.area_id, heard=heard)
    return school
