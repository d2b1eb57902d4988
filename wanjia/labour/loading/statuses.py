"""Which dated status of a home a mark of the file becomes on a day."""

from wanjia.policy.statuses import scheme

KIND, SINCE_2026 = ("unstable", "borderline", "sudden", "at_risk"), "at_risk"


def statuses_on(day):
    """Return {code of a mark: (scheme, version, code, day by which it is to be looked at again or None)} for a file of that day."""
    found = {"": None, "lifted": _under("lifted", "lifted", day)}
    for code in KIND:
        version = scheme("monitored").version_on(day)
        found[code] = _under("monitored", code, day) if version and code in version.codes else _under("poverty_risk", SINCE_2026, day)
    for code in ("centralised", "dispersed", "unsaid"):
        found[code] = _under("relocated", code, day)
    return found


def _under(name, code, day):
    version = scheme(name).version_for(None, day) or scheme(name).versions[0]
    return name, version.name, code, version.review_after(day)
