"""Journal a look-up before it is answered; of a file, whom it met and whose births it tried."""

import re
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel import gate, journal
from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.command import command
from wanjia.kernel.models import Entry
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Change
from wanjia.orgs.second_person.commands import tell_watchers
from wanjia.policy.access import in_force
from wanjia.policy.identity import fold
from wanjia.sealing.keys import blind

from ..finding import NUMBER, by_number
from . import rules

# 530625-202611-0056 is a matter's number: sixteen or seventeen digits that begin with no 0 are neither a citizen's number nor a telephone.
MATTER = re.compile(r"[1-9]\d{5}-\d{6}-\d{4,5}")
LOOK_UP, NAMESAKE = "person.look_up", "person.meet_namesake"


def look_up(actor, text, *, urgent=False):
    """Journal that the actor asks for somebody by a whole number; nothing for another text or a matter's number. Raises Refused after too many.

    urgent: for a child in danger; the day's limit stops that not, whoever reads the journal hears of it.
    """
    folded = fold(text)
    if NUMBER.fullmatch(folded) and not MATTER.fullmatch(text.strip()):
        look_up_number(token=blind("person.looked_up", folded)[-16:], urgent=urgent, by=actor, at=timezone.now())


def look_up_bearer(actor, number):
    """Journal a number that is registered already when somebody enters it: the refusal that follows says that it is.

    Beyond the day's limit no number is taken, registered or not: were only the registered ones refused, that would tell which are.
    """
    if number:
        rules.can_look_up(asked_today(actor, timezone.now())).or_raise()
        if by_number(number) is not None:
            look_up(actor, number)


@command("registry.look_up_number", reads=True)
def look_up_number(*, token, by, at, urgent=False):
    """Journal a search by a whole citizen or phone number (按号码查人): never the number, only the end of its keyed index."""
    beyond = {"beyond": True} if _count(by, at, urgent) else {}
    journal.record_reading(act=LOOK_UP, subject=by, by=by, at=at, reason=_("紧急查阅,按号码查孩子") if urgent else _("按号码查人"), token=token, **beyond)


def meet_namesake(person, *, by, at):
    """Journal that somebody who enters a new person is told of a registered one: names and months could be tried like numbers."""
    with transaction.atomic():
        gate.beside()
        _count(by, at)
        journal.record_reading(act=NAMESAKE, subject=person, by=by, at=at, reason=_("登记时对上同名的人"), area_code=person.village_id or "")


def _count(by, at, urgent=False):
    """Refuse beyond the day's limit; in an emergency go on, tell the watchers once, and return whether it was beyond."""
    hold(f"person.look_up|{by.id}")  # look-ups sent at once would all be judged before the first is counted
    asked = asked_today(by, at)
    (rules.can_look_up_urgently if urgent else rules.can_look_up)(asked).or_raise()
    if asked == rules.A_DAY:
        tell_watchers(by, Change.BEYOND, at=at)
    return asked >= rules.A_DAY


PHONES = ("household.reveal", "person.reveal", "need.reveal", "need.phone", "need.help_number")  # readings that show a telephone


def count_phone(by, at):
    """Count a telephone that was shown just now: one more than a day's work takes, and whoever reads the journal hears of it, once. Nothing is refused."""
    hold(f"phones|{by.id}")
    before = Entry.objects.filter(act__in=PHONES, by_id=by.id, at__gte=day_start(today(at)), at__lt=at).order_by().values("at").distinct().count()
    if before == in_force(today(at)).phones_a_day:
        tell_watchers(by, Change.PHONES, at=at)


def asked_today(by, at):
    """Count the answers about a number or a namesake that somebody was given on the day of `at`."""
    return Entry.objects.filter(act__in=(LOOK_UP, NAMESAKE), by_id=by.id, at__gte=day_start(today(at))).count()


def meet_by_file(upload, met, *, by, at):
    """Journal how many people kept elsewhere a file met by their numbers, before it is told; tell whether it may be.

    Beyond the day's limit nothing is told, and whoever reads the journal of that place hears of it.
    """

    def judge(before):
        return rules.may_meet(sum(line["n"] for line in before), met)

    return _by_file("upload.meet_afar", judge, upload, by=by, at=at, reason=_("名单对上由别处保管档案的人"), n=met)


def try_by_file(upload, tried, *, by, at):
    """Journal how many births a file tries under the names of registered children, before it is told; tell whether it may.

    tried: {person id: how many different ones}. That another child of that name is new tells, too: it is not the registered one.
    """

    def judge(before):
        return rules.may_try(sum((Counter(line["tried"]) for line in before), Counter()), tried)

    return _by_file("upload.try_births", judge, upload, by=by, at=at, reason=_("名单里的孩子和已登记的孩子同名"), tried=tried)


def _by_file(act, judge, upload, *, by, at, reason, **detail):
    """Journal what a file asks, judged after what the person's files were told that day; beyond the limit the watchers hear of it."""
    with transaction.atomic():
        gate.beside()
        hold(f"{act}|{by.id}")  # files sent at once would all be judged before the first is counted
        lines = Entry.objects.filter(act=act, by_id=by.id, at__gte=day_start(today(at)))
        told = judge([line.detail for line in lines if line.detail["told"]])
        journal.record_reading(act=act, subject=upload, by=by, at=at, reason=reason, told=told, **detail)
        if not told:
            tell_watchers(by, Change.TRIED, at=at)
        return told
