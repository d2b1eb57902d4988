"""Who publishes the boards of a township, and of which quarter."""


from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.policy.quarters import days_of
from wanjia.policy.redaction import SMALLEST
from wanjia.verdict import first_refusal

QUARTERS = ("03", "06", "09", "12")  # the months with which a quarter ends


def can_publish(actor, _area, month, day):
    """Decide whether the actor may publish the boards of a township: somebody who answers for what leaves, of a quarter that is over."""
    return first_refusal(
        (actor.has_duty(Duty.APPROVE_EXPORT), _("公示是对外公开,由分管领导签发。")),
        (month[4:] in QUARTERS and quarter(month)[1] < day, _("公示按季度,一个季度过完了再出:月份选 3、6、9、12 月。")),
    )


def quarter(month):
    """Return the first and the last day of the quarter that ends with a month (yyyymm)."""
    return days_of(int(month[:4]), int(month[4:]) // 3)


def can_correct(before, after):
    """Decide whether a board may be corrected: who lays both beside each other must find nobody between them.

    before, after: what each says (`content`). A difference of one or two is one home or two; it is left until there is more to correct.
    """
    return first_refusal(
        (all(_apart(one, other) for one, other in zip(before["villages"], after["villages"], strict=True)), _("改动的不足 3 件,把两份公示一对就看得出是谁家,不出更正。改动多了再出。")),
    )


def _apart(before, after):
    """Tell whether two boards of one village differ nowhere by one or two: in all, line by line, and in what is counted together."""
    then, now = ({line["words"]: line for line in board["lines"]} for board in (before, after))
    common = [word for word in then if word in now and _cut(then[word]) == _cut(now[word])]
    moved = [now[word]["total"] - then[word]["total"] for word in common]
    moved += [new["n"] - old["n"] for word in common for old, new in zip(then[word]["cells"], now[word]["cells"], strict=True)]
    sums = [sum(line["total"] for word, line in lines.items() if word not in common) for lines in (then, now)]
    return before == after or (bool(then) == bool(now) and all(_safe(one) for one in (*moved, sums[1] - sums[0])))


def _cut(line):
    return [cell["span"] for cell in line["cells"]]


def _safe(difference):
    return difference == 0 or abs(difference) >= SMALLEST
