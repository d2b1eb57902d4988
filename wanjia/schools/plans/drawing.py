"""The map of a version as it is drawn: signs of its rows with their place on a sheet of 1000 by 1000, their words and what they are called."""

from django.utils.translation import gettext as _

from ..plan_states import LINES, Mark
from .queries import numbers_of

EDGE = 120  # a sign nearer to the right edge has its words to the left
BESIDE = 52  # of a sign: half of the widest, and a gap


def drawn(plan):
    """Return {"lines", "points", "key": [words of kinds that are drawn]} for the template of the map: lines lie under points."""
    marks = list(plan.marks.select_related("gate", "post"))
    numbers = numbers_of(list(plan.posts.all()))
    points = [_point(one, numbers) for one in marks if one.kind not in LINES]
    lines = [{"mark": one, "kind": one.kind, "words": one.words, "mx": (one.x + one.x2) // 2, "my": (one.y + one.y2) // 2 - 18} for one in marks if one.kind in LINES]
    order = {Mark.ROAD: 0, Mark.NO_PARKING: 1, Mark.ONE_WAY: 2}
    return {
        "lines": sorted(lines, key=lambda one: order[one["kind"]]), "points": sorted(points, key=lambda one: one["kind"] != Mark.SCHOOL),
        "key": list(dict.fromkeys((one.kind, one.get_kind_display()) for one in marks)), "list": [_listed(one, numbers) for one in marks],
    }  # fmt: skip


def _point(one, numbers):
    left = one.x > 1000 - EDGE * 2
    number = numbers.get(one.post.name, "") if one.post else ""
    words = one.words or (one.gate.name if one.gate else one.post.name if one.post else _word(one.kind))
    return {"mark": one, "kind": one.kind, "x": one.x, "y": one.y, "number": number, "words": words, "tx": one.x - BESIDE if left else one.x + BESIDE, "ty": one.y + 12, "anchor": "end" if left else "start"}


def _word(kind):
    return {Mark.DROP_OFF: _("接送区"), Mark.BUS_STOP: _("校车站点"), Mark.BLIND: _("视线盲区"), Mark.SCHOOL: _("校园")}.get(kind, "")


def _listed(one, numbers):
    """One sign in the list under the map, by which it is taken off."""
    words = one.words or (one.gate.name if one.gate else "") or (f"{numbers.get(one.post.name, '')} {one.post.name}" if one.post else "")
    return {"mark": one, "kind": one.get_kind_display(), "words": words}


def palette(plan):
    """Return what may be put on the map: [(value, words, kind, gate, post)]; gates and posts that stand there already come last."""
    drawn_gates = set(plan.marks.filter(gate__isnull=False, kind=Mark.GATE).values_list("gate", flat=True))
    drawn_posts = set(plan.marks.filter(post__isnull=False).values_list("post__name", flat=True))
    gates, posts = [], []
    for one in plan.school.gates.not_ended(plan.from_on):
        kind = {"crossing": Mark.CROSSING, "bus_stop": Mark.BUS_STOP}.get(one.kind, Mark.GATE)
        gates.append((f"gate:{one.pk}", f"{Mark(kind).label} · {one.name}", kind, one, None, one.pk in drawn_gates))
    by_name = {one.name: one for one in plan.posts.order_by("-going")}
    for name, n in numbers_of(by_name.values()).items():
        posts.append((f"post:{by_name[name].pk}", f"{Mark.POST.label} {n} · {name}", Mark.POST, None, by_name[name], name in drawn_posts))
    first = [(Mark.SCHOOL, Mark.SCHOOL.label, Mark.SCHOOL, None, None, plan.marks.filter(kind=Mark.SCHOOL).exists())]
    others = [(kind, kind.label, kind, None, None, False) for kind in (Mark.ROAD, Mark.ONE_WAY, Mark.NO_PARKING, Mark.DROP_OFF, Mark.BUS_STOP, Mark.CROSSING, Mark.BLIND)]
    return [*first, *gates, *posts, *others]
