"""What may be chosen in the forms about employers."""

from wanjia.doors.words import said
from wanjia.policy import demand
from wanjia.policy.labour_sectors import tags
from wanjia.policy.work_places import places


def places_of_work(_row, _actor, _day):
    """Return [(six digits, name)]: the nearest first."""
    return [*places().items()]


def sectors(_row, _actor, _day):
    """Return [(code, words)] of the tags."""
    return [(code, said(tag)) for code, tag in tags().items()]


def criteria(_row, _actor, _day):
    """Return [(code, words)] of the five, each with what serves as evidence."""
    return [(code, f"{said(one)}:{said({'zh': one.asks_zh, 'en': one.asks_en})}") for code, one in demand.criteria().items()]


def grounds(_row, _actor, _day):
    """Return [(code, words)] of what may be complained of."""
    return [(code, said(one)) for code, one in demand.said()["grounds"].items()]


def own(name):
    """Return what stands at the start of a field: the row's own value."""
    return lambda row, _actor, _day: getattr(row, name)
