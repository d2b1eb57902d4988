"""In the tour's township the villages' own workers put grown-ups on the roll, record where they work, and call them: up to yesterday, by the acts of a click."""

import random
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.policy.work_places import code_of, place_of
from wanjia.registry.memberships import members_on
from wanjia.registry.models import Absence, Household

from ..calls.commands import note_contact
from ..models import Worker
from ..states import Care, Evidence, How, Place, Result
from ..workers import rules
from ..workers.commands import end_spell, enrol_worker, record_spell, set_facts
from . import board, offering

STORY = "202"  # 细沙乡 in 永善: the three digits of a township behind its county's six
# (place, province or none, trade, firm, pay), each as often as it stands here.
WORK = [
    *[("outside", "330000", "factory", "宁波某电子厂", 5600)] * 4, *[("outside", "440000", "factory", "东莞某鞋厂", 5300)] * 3, ("outside", "320000", "metal", "苏州某五金厂", 6100),
    ("outside", "350000", "build", "", 7200), *[("province", "530000", "build", "昆明某工地", 6000)] * 2, ("city", "530602", "cook", "昭阳某餐馆", 4200),
    *[("county", "530625", "farm", "", 3000)] * 2, ("county", "530625", "build", "", 3900), ("county", "530625", "shop", "县城某超市", 2800),
]  # fmt: skip
HOW = [
    *[(How.SELF, Evidence.DECLARED, False)] * 6, *[(How.KIN, Evidence.DECLARED, False)] * 3, (How.ORGANISED, Evidence.CONTRACT, False),
    *[(How.ORGANISED, Evidence.MANIFEST, True)] * 2,
]  # fmt: skip


def live(code, say):
    """Plant them once; returns {what: how many}. Nothing where there is no such township, or where labourers stand already."""
    township = code[:6] + STORY
    homes = list(Household.objects.filter(village__code__startswith=township).select_related("village").order_by("number"))
    if not homes or Worker.objects.filter(village__code__startswith=township).exists():
        return Counter()
    posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__in={home.village_id for home in homes})
    keepers = {post.organisation.area_id: post.user for post in posts.select_related("organisation", "user").order_by("-user__username")}
    now, told = _yesterday(), Counter()
    for home in homes:
        if home.village_id in keepers:
            _home(home, keepers[home.village_id], now, told)
    told += offering.live(code, now)
    told += board.live(code, now - offering.BEGAN, now)
    say(f"  细沙乡:列入劳动力名册 {told['labourers']} 人,其中在外做工 {told['working']} 人 / {told['labourers']} labourers of Xisha, {told['working']} of them at work")
    return told


def _yesterday():
    """Return the last evening before today."""
    return timezone.now().astimezone(CHINA).replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=1)


def _home(home, by, now, told):
    """Put a home's grown-ups on the roll; the same home always says the same."""
    dice = random.Random(f"labour {home.number}")
    for member in members_on(home, today(now)):
        person, at = member.person, now - timedelta(days=dice.randrange(2, 60), minutes=dice.randrange(400))
        if person.is_protected or dice.random() < 0.06 or not rules.can_enrol(by, person, at):
            continue
        worker = enrol_worker(person_id=person.pk, by=by, at=at)
        told["labourers"] += 1
        if _goes(person, dice):
            _works(worker, dice, by=by, at=at, now=now, told=told)
        elif dice.random() < 0.6:
            set_facts(
                worker_id=worker.pk, trade=dice.choice(["build", "farm", "cook", "factory"]), wants_place=dice.choice([Place.COUNTY, Place.OUTSIDE]),
                wants_pay=dice.randrange(30, 60) * 100, care=dice.choice([*[Care.NONE] * 3, Care.COUNTY, Care.HOME]), by=by, at=at + timedelta(minutes=9),
            )  # fmt: skip


def _goes(person, dice):
    """Whoever the register says is away for work works there; of the others most work too."""
    return Absence.objects.filter(person=person, to_on=None, for_work=True).exists() or dice.random() < 0.75


def _works(worker, dice, *, by, at, now, told):
    place, area, trade, firm, pay = _where(worker, dice)
    how, evidence, carried = dice.choice(HOW) if place in (Place.OUTSIDE, Place.PROVINCE) else (How.SELF, Evidence.DECLARED, False)
    since = today(at) - timedelta(days=dice.randrange(5, 500))
    record_spell(
        worker_id=worker.pk, place=place, area=area, from_on=since, trade=trade, employer_name=firm, pay=pay + dice.randrange(-4, 9) * 100, how=how,
        evidence=evidence, carried=carried, source=dice.choice(["本人电话", "他母亲", "入户时问的"]), by=by, at=at + timedelta(minutes=6),
    )  # fmt: skip
    told["working"] += 1
    worker.refresh_from_db()
    later = min(at + timedelta(days=dice.randrange(1, 30)), now)
    if dice.random() < 0.08:
        end_spell(worker_id=worker.pk, on=today(later), because="back", by=by, at=later)
        told["working"] -= 1
    elif dice.random() < 0.35:
        note_contact(worker_id=worker.pk, result=dice.choice([*[Result.THERE] * 4, Result.NO_ANSWER]), on=today(later), by=by, at=later)


def _where(worker, dice):
    """Where the register says that somebody is, else by lot."""
    away = Absence.objects.filter(person_id=worker.pk, to_on=None, for_work=True).first()
    county, code = worker.village_id[:6], code_of(away.place) if away else ""
    place = place_of(code, county)
    if not place or place == Place.ABROAD:
        return dice.choice(WORK)
    area = {Place.OUTSIDE: code[:2] + "0000", Place.PROVINCE: code[:2] + "0000"}.get(place, code)
    return next(((place, area, *rest) for at, _area, *rest in dice.sample(WORK, len(WORK)) if at == place), (place, area, "factory", "", 4500))
