"""The acts of parents' classes: one was held, a home came, something was written down by mistake."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy import law_lessons as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..dating import is_recent
from ..duties import Duty
from ..guard_states import Told
from ..lesson_states import Aspect
from ..lessons import checks
from ..lessons.queries import every_lecturer, lecturers_for, words_of_lecturer
from ..lessons.rules import can_tell
from ..models import Lecturer, ParentClass, ParentHome
from ..year.subjects import SCHOOLS
from . import pages, queries, rules
from .subjects import PARENT_CLASSES

TELLS = {"duty": Duty.TELL_LESSONS}


@act(SCHOOLS, "parent_class_new", at="parent-classes/new", words=_("登记家长课堂"), done=_("已登记。接着登记来的人家。"), **TELLS, may=can_tell, aside=True, then=pages.to_class, lines={"parent_class.tell": _("登记家长课堂")})
def tell_parent_class(
    school, *, by, at,
    day: Annotated[date, Asked(_("哪天上的"), initial=lambda _row, _actor, day: day)],
    aspects: Annotated[list[Aspect], Asked(_("讲了哪几方面"), among=lambda _row, _actor, day: [(one, Aspect(one).label) for one in policy.in_force(day).aspects])],
    way: Annotated[Told, Asked(_("怎么报来的"))],
    lecturer: Annotated[Lecturer | None, Asked(_("谁讲"), among=lecturers_for, named=every_lecturer, select=True, shown=words_of_lecturer, none=_("名册以外的人"))] = None,
    given_by: Annotated[str, Asked(_("名册以外的讲师"), _("写单位和职务,例如:派出所值班民警。"), most=60)] = "",
    more: Annotated[int | None, Asked(_("名单以外来的家长人数"), _("点得出户的不写在这里,登记完逐户加。"), least=0, most=9999)] = None,
):  # fmt: skip
    """Write down a parents' class that was held (家长课堂): who spoke, of which aspects of the law; homes are put down after it."""
    if not school.from_on <= day <= today(at):
        raise Refused(_("上课的日子要在学校登记以后、今天以前。"))
    is_recent(day, policy.in_force(day).back_days, at).or_raise()
    if (lecturer is None) != bool(given_by.strip()):
        raise Refused(_("谁讲的选一位,名册以外的写明,两样选一样。"))
    (checks.may_lecture(lecturer, school, day) if lecturer is not None else checks.is_a_stranger(given_by.strip(), school)).or_raise()
    if not aspects:
        raise Refused(_("至少选一个方面。"))
    facts = {"aspects": " ".join(str(one) for one in Aspect.values if one in {str(each) for each in aspects}), "lecturer": lecturer, "given_by": given_by.strip(), "more": int(more or 0), "way": way}
    try:
        with transaction.atomic():
            one = ParentClass.objects.create(school=school, day=day, recorded_at=at, recorded_by=by if by.id else None, **facts)
    except IntegrityError:
        raise Conflict(_("这一天的这次家长课堂已经登记过。")) from None
    journal.record(act="parent_class.tell", subject=one, by=by, at=at, area_code=school.area_id)
    return one


@act(PARENT_CLASSES, "parent_home_new", at="homes/new", words=_("登记来的一户"), done=_("已登记。"), **TELLS, may=rules.can_change, rank=10, lines={"parent_class.home": _("登记家长课堂来的一户")})
def add_parent_home(parent_class, *, by, at, household: Annotated[Household, Asked(_("哪一户"), _("打户编号或者村名找。"), among=rules.homes_for, shown=queries.words_of_home, within=_("这一户不在您能登记的范围。"))]):
    """Say that a grown-up of a home came (到课户): a home once a class, whoever of it came; of which child, nobody asks."""
    try:
        with transaction.atomic():
            ParentHome.objects.create(parent_class=parent_class, household=household, noted_at=at, noted_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这一户已经登记过,一户只算一次。")) from None
    journal.record(act="parent_class.home", subject=parent_class, by=by, at=at, area_code=parent_class.school.area_id)
    return parent_class


@act(PARENT_CLASSES, "parent_home_drop", at="homes/drop", words=_("去掉登记错的一户"), done=_("已去掉。"), **TELLS, may=rules.can_change, aside=True, tone="danger", call=None,
     because="what is taken off is gone: a program that asks a second time would find nothing to take off", lines={"parent_class.home_drop": _("去掉家长课堂登记错的一户")})  # fmt: skip
def drop_parent_home(
    parent_class, *, by, at,
    home: Annotated[ParentHome, Asked(_("哪一户"), among=rules.homes_of, within=_("名单上没有这一户。"), shown=lambda one: queries.words_of_home(one.household))],
):  # fmt: skip
    """Take a home off that was put down by mistake."""
    ParentHome.objects.filter(pk=home.pk).delete()
    journal.record(act="parent_class.home_drop", subject=parent_class, by=by, at=at, area_code=parent_class.school.area_id)
    return parent_class


@act(PARENT_CLASSES, "parent_class_take_back", at="take-back", words=_("撤销登记"), done=_("已撤销,不再计数。"), **TELLS, may=rules.can_change, aside=True, tone="danger", lines={"parent_class.take_back": _("撤销家长课堂登记")})
def take_back_parent_class(parent_class, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take back a parents' class that was written down by mistake: it stays as a line and counts no longer."""
    values = {"taken_back_at": at, "taken_back_because": reason.strip(), "version": parent_class.version + 1}
    if not ParentClass.objects.filter(pk=parent_class.pk, version=parent_class.version, taken_back_at=None).update(**values):
        raise Conflict()
    parent_class.refresh_from_db()
    journal.record(act="parent_class.take_back", subject=parent_class, by=by, at=at, area_code=parent_class.school.area_id, reason=reason.strip())
    return parent_class
