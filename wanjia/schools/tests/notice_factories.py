"""A small world of notices: one that binds over KTVs of the county, served on a place, and on a group."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import NoticeReceipt, NoticeStep, SafetyNotice
from wanjia.schools.notice_states import NoticeState

from .inspection_factories import DAY, lead, leader, police, venue

SOON, END = DAY + timedelta(days=3), DAY + timedelta(days=7)
WORDS = "考试期间停止播放音响,停止使用音响的广场活动。"
PAPER = "永政发〔2026〕12号"


def ktv(world, name="金嗓子KTV", **facts):
    """A KTV in the village."""
    return venue(world, name, kind="ktv", **facts)


def notice(world, state=NoticeState.ISSUED, **facts):
    """A notice of the bureau over KTVs, by the law on noise; issued, its place is on its list. It holds from today unless somebody says so."""
    given = {
        "area": world.county, "name": "中考期间停止噪声活动的通告", "asks": "quiet", "kinds": "ktv", "basis": "noise_exam", "paper": PAPER, "words": WORDS, "issuer": lead(world),
        "from_on": DAY if state == NoticeState.ISSUED else SOON, "until_on": END, "made_at": MONDAY, "made_by": world.handler2,
    } | facts  # fmt: skip
    one = SafetyNotice.objects.filter(name=given["name"], state=state).first()
    if one is not None:
        return one
    place = ktv(world)
    one = SafetyNotice.objects.create(**given)
    if state == NoticeState.ISSUED:
        serial = SafetyNotice.objects.exclude(serial=None).count() + 1
        SafetyNotice.objects.filter(pk=one.pk).update(state=state, year=DAY.year, serial=serial, issued_at=MONDAY)
        NoticeReceipt.objects.create(notice=one, venue=place, area=place.area)
        one.refresh_from_db()
    return one


def receipt(world, served=False, **facts):
    """The place on its list; served today, where it says so."""
    one = notice(world, **facts)
    found = one.receipts.select_related("notice", "venue").get(venue=ktv(world))
    if served and found.served_on is None:
        NoticeReceipt.objects.filter(pk=found.pk).update(served_on=DAY, way="handed", signed="signed", told_at=MONDAY)
        found.refresh_from_db()
    return found


def step(world, step="advise", **facts):
    """Something that was done there."""
    given = {"receipt": receipt(world, served=True), "step": step, "day": DAY, "words": "还在放音响", "licensed": 2, "unit": lead(world), "taken_at": MONDAY}
    return NoticeStep.objects.create(**given | facts)


def over(world, **facts):
    """It was handed over to the police."""
    return step(world, "hand_over", reply="当事人不陈述", evidence="笔录1份", handed_to=police(world), **facts)


__all__ = ["DAY", "END", "PAPER", "SOON", "WORDS", "ktv", "lead", "leader", "notice", "over", "police", "receipt", "step"]
