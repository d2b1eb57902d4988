"""A weekend class and a canteen of the tour's village, lived up to yesterday."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import User
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.verdict import Refused

from ..canteen.commands import call_missed, close_meal, mark_serving, open_canteen, open_meal, take_on
from ..classes.commands import (
    close_session,
    confirm_collector,
    enrol_child,
    hand_child,
    list_collector,
    mark_presence,
    open_class,
    open_session,
)
from ..models import Canteen, Collector, Enrolment, Helper

WEEKS, NOONS = 3, 6


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where the tour's village worker is missing, or a class stands already."""
    told, by, other = Counter(), User.objects.filter(username="datong").first(), User.objects.filter(username="xisha").first()
    if by is None or other is None or not by.live_posts or Canteen.objects.filter(area__code__startswith=code[:6]).exists():
        return told
    village = by.live_posts[0].organisation.area
    now = timezone.now().astimezone(CHINA).replace(hour=12, minute=0, second=0, microsecond=0)
    leader = Helper.objects.filter(user=by).first()
    if leader is not None and village.code.startswith(code[:6]):
        _class(village, leader, by, other, now, told)
        _canteen(village, by, now, told)
        say(f"  大同村:课堂 {told['sessions']} 次,食堂 {told['meals']} 餐 / Datong: {told['sessions']} sessions, {told['meals']} meals")
    return told


def _class(village, leader, by, other, now, told):
    begun = now - timedelta(days=7 * WEEKS + 1)  # a day before its first session: no day of it is left out
    until = today(now) + timedelta(days=50)
    weekly = {"weekdays": [6, 7], "starts": "09:00", "ends": "16:30", "seats": 12, "from_on": today(begun), "until_on": until}
    try:
        one = open_class(area=village, name="大同村周末课堂", kind="weekend", place="村委会二楼", leader=leader, **weekly, by=by, at=begun)
    except Refused:  # the leader was never looked at
        return
    for child in Person.objects.filter(protected(day=today(begun)), village=village, merged_into=None, died_on=None).order_by("pk")[:14]:
        try:
            enrol_child(care_class_id=one.pk, name=child.name, asked_by="监护人", last4=child.citizen_last4, by=by, at=begun)
        except Refused:
            continue
    for row in Enrolment.objects.filter(care_class=one, state="in_class").order_by("pk"):
        list_collector(enrolment_id=row.pk, name="家里老人", relation="祖辈", phone="13887000000", said_by="监护人当面说的", by=by, at=begun)
    for adult in Collector.objects.filter(listed_by=by).order_by("pk"):
        confirm_collector(collector_id=adult.pk, said="打电话问过监护人", by=other, at=begun + timedelta(hours=2))
    for day in (now - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)):
        try:
            session = open_session(care_class_id=one.pk, by=by, at=day)
        except Refused:
            continue
        for presence in session.roll.select_related("child").order_by("pk"):
            mark_presence(presence_id=presence.pk, result="present", by=by, at=day)
            hand_child(presence_id=presence.pk, code=Collector.objects.filter(child=presence.child_id).first().code, by=by, at=day + timedelta(hours=4))
        close_session(session_id=session.pk, by=by, at=day + timedelta(hours=5))
        told["sessions"] += 1


def _canteen(village, by, now, told):
    begun = now - timedelta(days=NOONS + 1, hours=-2)  # past that day's noon: its first meal is the next day's
    one = open_canteen(area=village, name="大同村爱心食堂", place="村委会旁", meal="lunch", served_at="11:30", price="8.50", share="2", by=by, at=begun)
    old = today(begun) - timedelta(days=61 * 365)
    for person in Person.objects.filter(village=village, birth_on__lt=old, merged_into=None, died_on=None).order_by("pk")[:8]:
        try:
            take_on(canteen_id=one.pk, name=person.name, weekdays=[1, 2, 3, 4, 5, 6, 7], last4=person.citizen_last4, contact="女儿", phone="13887000099", by=by, at=begun)
        except Refused:
            continue
    for back in range(NOONS, 0, -1):
        at = now - timedelta(days=back)
        meal = open_meal(canteen_id=one.pk, by=by, at=at)
        for n, serving in enumerate(meal.servings.order_by("pk")):
            missed = (n + back) % 5 == 4
            mark_serving(serving_id=serving.pk, result="meal_missed" if missed else "ate", by=by, at=at)
            if missed:
                call_missed(serving_id=serving.pk, result="well", by=by, at=at + timedelta(hours=1))
        close_meal(meal_id=meal.pk, by=by, at=at + timedelta(hours=2))
        told["meals"] += 1
