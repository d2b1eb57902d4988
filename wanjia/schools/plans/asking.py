"""What the acts of plans ask, and how it is read."""

from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked
from wanjia.orgs.models import Line, Organisation
from wanjia.policy import schools as policy
from wanjia.verdict import Refused

from ..models import Gate
from ..plan_states import Mark
from ..states import Grade
from . import rules

MOST = 20  # of one party at one post
SHARES = ("walking", "riding", "driven", "by_bus")


def now(field):
    """Return what stands in a field of the row, for a form that changes it."""
    return lambda row, _actor, _day: getattr(row, field)


def gates(row, _actor, day):
    """The gates and crossings of a plan's school that are still used."""
    return Gate.objects.not_ended(day).filter(school=row.school_id)


def gates_here(row, _actor, day):
    """The same, of a post."""
    return Gate.objects.not_ended(day).filter(school=row.plan.school_id)


def posts(row, _actor, _day):
    """The posts of a plan."""
    return row.posts.all()


def owners(row, _actor, day):
    """Units that may own a risk: the school itself, those of its township, those of its county."""
    code = row.school.area_id
    county, (first, end) = f"{code[:6]}000000", (f"{code[:9]}000", f"{code[:9]}999")
    near = Q(area__code=county) | Q(area__code__gte=first, area__code__lte=end) | Q(pk=row.school.unit_id)
    return Organisation.objects.on(day).filter(near).exclude(line__in=(Line.HEALTH, Line.INSURANCE)).order_by("-area_id", "name")


def sides(row, actor, _day):
    """For whom the actor may still sign a version."""
    return [(one, one.label) for one in rules.open_for(actor, row)]


def grades_of(row, _actor, _day):
    """The grades of a plan's school."""
    return [(one, Grade(one).label) for one in row.school.teaches()]


def grades_here(row, _actor, _day):
    """The same, of a post."""
    return [(one, Grade(one).label) for one in row.plan.school.teaches()]


def minutes(before, after, day):
    """Check the minutes around a bell. Raises Refused for more than a plan may say."""
    most = policy.in_force(day).most
    if max(before, after) > most:
        raise Refused(_("提前和延后都不能超过 %(n)s 分钟。") % {"n": most})


def shares(**said):
    """Check that the ways in which pupils come make a hundred. Raises Refused."""
    given = [one for one in said.values() if one is not None]
    if given and (len(given) < len(said) or sum(given) != 100):
        raise Refused(_("步行、骑车、小汽车、校车四项要么都空着,要么加起来是 100。"))


def ends(kind, x2, y2):
    """Check that a line has its other end, and a sign none. Raises Refused."""
    if (kind in LINES) != (x2 is not None and y2 is not None) or (x2 is None) != (y2 is None):
        raise Refused(_("道路、单行、禁停要点两下:从哪里到哪里;别的点一下。"))


LINES = (Mark.ROAD, Mark.ONE_WAY, Mark.NO_PARKING)
Name = Annotated[str, Asked(_("岗位名称"), _("例如:东门外、门前斑马线。"), least=2, most=40)]
Task = Annotated[str, Asked(_("职责"), _("疏导车辆、看住停放、护送过街、禁止掉头。"), rows=2, least=2, most=200)]
Kit = Annotated[str, Asked(_("装备"), _("例如:反光背心、停车牌、哨子、对讲机。"), most=100)]
N = {"least": 0, "most": MOST}
