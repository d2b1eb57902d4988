"""Who tells of parents' classes at which school, and who sees which homes came; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.registry.households.rules import visible_households
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guarding.rules import answers
from ..lessons.rules import NO_TELL, NOT_MINE
from ..models import ParentClass
from ..year.rules import visible_schools


def visible_classes(actor, *, duty=Duty.SEE_SCHOOLS):
    """Parents' classes at schools in reach; those taken back among them."""
    return ParentClass.objects.filter(school__in=visible_schools(actor, duty=duty))


def tells(actor, school):
    """Tell whether the actor answers for what is told of a school."""
    return answers(actor, school.area_id, school.unit_id, duty=Duty.TELL_LESSONS)


def can_change(actor, parent_class):
    """May the actor say which homes came, or take the class back."""
    return first_refusal(
        (actor.has_duty(Duty.TELL_LESSONS), NO_TELL), (tells(actor, parent_class.school), NOT_MINE), (parent_class.taken_back_at is None, _("这次家长课堂已经撤销。")),
    )


def homes_for(parent_class, actor, _day):
    """The homes that the actor may say came: those of the register that he has to do with, round about the school."""
    if parent_class is None:
        return visible_households(actor, duty=Duty.TELL_LESSONS).none()
    rows = visible_households(actor, duty=Duty.TELL_LESSONS).filter(village__code__startswith=parent_class.school.area_id[:9])
    return rows.select_related("village").order_by("village_id", "number")


def homes_of(parent_class, actor, _day):
    """The homes of a class that the actor may see by name: those that he has to do with anyway."""
    seen = visible_households(actor, duty=Duty.TELL_LESSONS)
    return parent_class.homes.filter(household__in=seen).select_related("household__village").order_by("household__village_id", "household__number") if parent_class else None
