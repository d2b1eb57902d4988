"""Put needs on the list of rechecks by the clock's own hand, and keep what a home said after a closing."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.locks import hold
from wanjia.policy.honesty import in_force
from wanjia.verdict import Conflict, Refused

from ..commands import note_step, take_all, take_beside
from ..drawing.queries import least_of, lots
from ..looking import contradict, put_on_list
from ..models import Finding, FindingNeed, Need
from ..states import REPORTED, Again, NeedState, RecheckFor
from ..subjects import NEEDS
from . import queries, rules
from .patterns import found

CALLED = _("列入抽查名单")
LOOK = "look for rechecks"  # two looks at once, of the sweep and of a command, go one after the other


@command("casework.look_for_patterns")
def look_for_patterns(*, by, at):
    """Look for what seems sham closing, and put some needs of each finding on the list of rechecks, by the month's lot. Returns how many findings.

    Asked again it finds nothing anew: a rule finds a need once each time it was reported done.
    """
    rules.can_look(by).or_raise()
    hold(LOOK)
    many = [_note(one, by, at) for one in found(at)]
    return len(many)


def _note(one, by, at):
    """Keep one finding: its needs, of which the lowest lots are called."""
    numbers = dict(Need.objects.filter(pk__in=one.needs, state__in=REPORTED).values_list("number", "pk"))
    called = {numbers[number] for number in lots(numbers, today(at))[: in_force(today(at)).look]}
    finding = Finding.objects.create(rule=one.rule, unit_id=one.unit, at=at, facts=one.facts)
    rows = [FindingNeed(finding=finding, need_id=pk, rule=one.rule, called=pk in called, round=one.rounds[pk]) for pk in sorted(one.needs, key=str)]
    FindingNeed.objects.bulk_create(rows)
    journal.record(
        act="finding.note", subject=finding, by=by, at=at, area_code=finding.unit.area_id, rule=one.rule, unit=str(one.unit), facts=one.facts,
        needs=[str(row.need_id) for row in rows], called=sorted(map(str, called)), rounds=rounds(rows),
    )  # fmt: skip
    _call(called, RecheckFor.PATTERN, {"finding": str(finding.pk)}, by=by, at=at)
    return finding


def rounds(rows):
    """Return what the journal carries of the rounds of a finding's needs: {id: which report of done it is}."""
    return {str(row.need_id): row.round for row in rows}


def _call(need_ids, why, beside, *, by, at):
    calendar = WorkingCalendar.load()
    for need, moment in take_all(need_ids, at):
        if need.state in REPORTED:
            put_on_list(need, why, today(moment), calendar)
            note_step(need, "recheck_called", by=by, at=moment, words=CALLED, beside=beside)


@command("casework.draw_least")
def draw_least(*, month, by, at):
    """Put one need on the list for each unit of which a whole month's draws hit none: the lowest lot. month: yyyymm, over. Returns how many."""
    rules.can_look(by).or_raise()
    hold(LOOK)
    picked = least_of(month, at)
    numbers = dict(Need.objects.filter(number__in=picked.values(), state__in=(NeedState.VERIFIED, NeedState.CLOSED)).values_list("number", "pk"))
    _call(numbers.values(), RecheckFor.LEAST, {"least": month}, by=by, at=at)
    return len(numbers)


@act(
    NEEDS, "say_again", at="again", words=_("认定是不是上次没解决"), done=_("已记下。"), duty=rules.SAYS_AGAIN, may=rules.can_say_again, aside=True, rank=35,
    lines={"need.say_again": _("认定是不是上次没解决")},
)  # fmt: skip
def say_again(
    need, *, by, at,
    earlier: Annotated[Need, Asked(_("上次那件"), among=queries.earlier_of, named=queries.earlier_of, shown=queries.told_of)],
    same: Annotated[bool, Asked(_("这次说的"), _("说的是同一件事,就算那次销号没有站住,请上一级去看。"), answers=(_("就是上次那件没有解决"), _("是另一件事")))],
):  # fmt: skip
    """Say whether this need is an earlier one of the same home that was struck off and is not settled (销号后又反映): it then counts against that closing."""
    if not queries.earlier_of(need).filter(pk=earlier.pk).exists():
        raise Refused(_("请选这一户在这段时间里销过号的同类诉求。"))
    for one in queries.earlier_of(need):  # a word about one ends the question about all of them
        rules.may_say(by, one).or_raise()
    if not same:
        need.again = Again.NO
        note_step(need, "say_again", by=by, at=at, words=_("不是上次那件:%(number)s") % {"number": earlier.number})
        return need
    before, moment = take_beside(need, earlier.pk, at)
    if before.state != NeedState.CLOSED:
        raise Conflict()
    need.again, need.follows = Again.YES, before
    note_step(need, "say_again", by=by, at=at, words=_("就是上次那件没有解决:%(number)s") % {"number": before.number})
    contradict(before, today(moment))
    put_on_list(before, RecheckFor.COMPLAINT, today(moment))
    words = _("销号后,这一户又反映同一件事:%(number)s") % {"number": need.number}
    note_step(before, "contradicted", by=by, at=moment, words=words, beside={"said_again": str(need.pk)})
    return need

