"""What the timeline says of a rung, in a sentence that a clerk and a leader both read."""

from django.utils.translation import gettext as _

from ..states import Climbs, Level

ACTS = {Level.REMIND: "reminded", Level.URGE: "urged", Level.SUPERVISE: "supervised", Level.RAISE: "raised", Level.RAISE_AGAIN: "raised"}
# The lines of the clock in a timeline: what it told, and how a need came to the tier above.
LINES = ("reminded", "urged", "supervised", "raised", "raise", "raise_desk")


def step_words(name):
    """Return what a step of the way is called."""
    return {
        "screen": _("受理判定"), "triage": _("研判"), "assign": _("交办"), "accept": _("签收"), "callback": _("回访"), "close": _("销号"), "reassign": _("重新交办"),
    }.get(name, name)  # fmt: skip


def whose(clock, step):
    """Return which limit is meant."""
    if clock == Climbs.STEP:
        return _("“%(step)s”的时限") % {"step": step_words(step)}
    return str(Climbs(clock).label)


def sentence(one, need, *, day, calendar, told, moved=None, passed=()):
    """Say one Reached rung: which limit, how far, who was told; moved: the unit it was raised to; passed: lower rungs that nobody was told of."""
    ends = one.running.ends_on
    facts = {"what": whose(one.running.clock, need.step_clock), "day": ends, "unit": told.name, "n": abs(calendar.between(ends, day))}
    if one.level == Level.REMIND:
        said = _("%(what)s是 %(day)s,已经用去八成,还剩 %(n)s 个工作日。已提醒%(unit)s") if ends > day else _("%(what)s是 %(day)s,就在今天。已提醒%(unit)s")
    elif one.level == Level.URGE:
        said = _("%(what)s是 %(day)s,已超过 %(n)s 个工作日。已催办%(unit)s")
    elif one.level == Level.SUPERVISE:
        said = _("%(what)s是 %(day)s,已超过 %(n)s 个工作日。由%(unit)s督办")
    elif moved is not None:
        facts["unit"] = moved.name
        said = _("%(what)s是 %(day)s,督办后仍未办,已超过 %(n)s 个工作日。提级到%(unit)s办理,原单位不再经手")
    else:
        said = _("%(what)s是 %(day)s,督办后仍未办,已超过 %(n)s 个工作日。已报%(unit)s")
    rest = _("(前面的%(lower)s没有赶上,只记录)") % {"lower": "、".join(str(Level(level).label) for level in passed)} if passed else ""
    return said % facts + rest
