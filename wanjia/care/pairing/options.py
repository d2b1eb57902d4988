"""Who could accompany one child: each helper who serves its village, how she suits, what is against her, in a version or today."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.registry.models import Person

from ..children.queries import eligible
from ..helpers.rules import clear_on
from ..models import Helper, Pair, PairProposal
from .kin import asked_of
from .plans import Child, posed, said
from .serving import helpers_for


@dataclass(frozen=True)
class Option:
    """One helper as she is for one child: points, the rules that shut her out, how many of her places this version uses, whether somebody who is to have her
    alone would not.
    """

    helper: Helper
    worth: int
    why: tuple
    used: int
    against: tuple
    shared: bool = False

    @property
    def fits(self):
        """Whether the pair may be made."""
        return not self.against


def options_of(child, plan):
    """Return the helpers who serve the child's village as Options of a version: those who may first, the best of them first; `used` counts whom each would have
    once it is in force: its other proposals, and today's pairs of children to whom it proposes nobody, who keep theirs.
    """
    found = _near(child, today(plan.asked_at))
    others = PairProposal.objects.filter(plan=plan).exclude(child=child)
    stays = Pair.objects.filter(helper__in=found[0], to_on=None).exclude(child=child).exclude(child__in=others.filter(helper__isnull=False).values("child"))
    has = [*others.filter(helper__in=found[0]).values_list("helper", "child"), *stays.values_list("helper", "child")]
    return _options(child, *found, has, today(plan.asked_at))


def remedies(child, day):
    """Return the helpers who may take a child on today as Options, the best first; those who may not, behind, each with what is against her."""
    found = _near(child, day)
    return _options(child, *found, list(Pair.objects.filter(helper__in=found[0], to_on=None).exclude(child=child).values_list("helper", "child")), day)


def _near(child, day):
    """Return (the helpers who serve the child's village, {row: (points, why)} of those who may be at all, the keys of those who are clear)."""
    near = list(helpers_for(child, day).select_related("organisation__area").order_by("name", "pk"))
    if not near:
        return [], {}, set()
    one = posed([Child.of(child, False)], near, day)
    worth = {int(row): (int(points), int(bits)) for row, points, bits in zip(one.helper, one.points, one.why, strict=True)}
    clear = set(Helper.objects.filter(clear_on(day), pk__in=[helper.pk for helper in near]).values_list("pk", flat=True))
    return near, worth, clear


def _options(child, near, worth, clear, has, day):
    """has: [(helper, child)] of the others whom they accompany."""
    used, found = Counter(helper for helper, _one in has), []
    alone = {one.child.pk for one in eligible(Person.objects.filter(Q(pk__in=[one for _helper, one in has]) | Q(pk=child.pk)), day) if one.alone}
    beside = {helper for helper, one in has if one in alone or child.pk in alone}
    for row, helper in enumerate(near):
        never = [] if row in worth else [_("孩子或监护人要求换过他") if asked_of(helper, child) else _("是亲属")]
        against = [*([] if helper.pk in clear else [_("背景审查无效")]), *never, *([] if used[helper.pk] < helper.capacity else [_("已经满了")])]
        points, bits = worth.get(row, (0, 0))
        found.append(Option(helper, points, tuple(said(bits)), used[helper.pk], tuple(str(word) for word in against), helper.pk in beside))
    return sorted(found, key=lambda option: (not option.fits, option.shared, -option.worth, option.helper.name))
