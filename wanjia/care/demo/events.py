"""Events of the demo county: forty in 2023, entered afterwards from lists, and those of this autumn up to yesterday, by the acts of a click.

2023: each home of the county's register stands on a list of at least one event, and each child born from 2006 to 2018; nobody is invented to
reach a figure. Some events also counted by hand whom no list names: these numbers stand beside, and are added to nothing.
"""

import io
import random
from collections import Counter, defaultdict
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Level, Post
from wanjia.orgs.roles import Role
from wanjia.registry.households.rules import visible_households
from wanjia.registry.models import Household
from wanjia.verdict import Refused

from ..attending import commands as attending
from ..children.rules import visible_children
from ..duties import Duty
from ..events import commands as events
from ..models import Event, Helper, Photo, Shift
from ..photos import commands as photos

N = 40
THEN = [(date(2023, 1, 1), "庆元旦、迎新春"), (date(2023, 1, 18), "春节送温暖"), (date(2023, 6, 1), "六一同乐"), (date(2023, 9, 28), "中秋团圆"), (date(2023, 9, 30), "国庆同庆")]
HOSTS = ("{unit}、永善县民政局", "{unit}、共青团永善县委员会、永善县文化和旅游局", "{unit}、永善县红十字会", "{unit}、永善县教育体育局、金沙艺术团", "{unit}、关心下一代工作委员会、老干部支部")
PROGRAMME = (("开场鼓", "music", "六年级"), ("花灯 金沙水长", "lantern", "金沙艺术团"), ("我和我的祖国", "song", "合唱队"), ("孔雀舞", "dance", "五年级"), ("防溺水小课堂", "talk", "派出所"))
NOW = (("庆中秋、话团圆", 64, "mid_autumn"), ("国庆同升国旗", 58, "national"), ("暖冬衣物发放", 2, None))
STORY = "202"  # 细沙乡 in 永善


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where events stand already, or where nobody answers for them."""
    told, keeper = Counter(), _keeper(code)
    if keeper is None or Event.objects.filter(area__code__startswith=code[:6]).exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=16, minute=0, second=0, microsecond=0) - timedelta(days=1)
    _the_year(code, keeper, now - timedelta(days=80), told)
    _this_autumn(code, keeper, now, told)
    say(f"  关爱活动:{told['events']} 场,其中今年秋天 {told['autumn']} 场 / {told['events']} care events, {told['autumn']} of them this autumn")
    return told


def _keeper(code):
    """Return whoever answers for care in the county; without such a post, a bureau that has to do with families."""
    posts = Post.objects.filter(to_on=None, organisation__area__code=code[:6].ljust(12, "0"), role__in=(Role.CARE_OFFICER, Role.BUREAU_WORKER)).select_related("user", "organisation")
    able = [one.user for one in sorted(posts, key=lambda one: (one.role != Role.CARE_OFFICER, one.user.username))]
    return next((one for one in able if visible_households(one, duty=Duty.HOLD_EVENTS).exists()), None)


def _the_year(code, by, at, told):
    """Forty events of 2023, turn by turn in the townships, and who came to each."""
    townships = list(Area.objects.filter(level=Level.TOWNSHIP, to_on=None, code__startswith=code[:6]).order_by("code"))
    homes, children = _by_township(by)
    townships = [one for one in townships if homes[one.code[:9]]]
    plan = defaultdict(list)
    for n in range(N):
        plan[townships[n % len(townships)]].append(n)
    for township, turns in plan.items():
        made = [_recorded(township, n, n // len(townships), by, at) for n in turns]
        told["events"] += len(made)
        for turn, event in enumerate(made):
            came = [one for k, one in enumerate(children[township.code[:9]]) if k % len(made) == turn or k % 7 == turn]
            there = [one for k, one in enumerate(homes[township.code[:9]]) if k % len(made) == turn]
            attending.tick_attendance(event_id=event.pk, children=came, homes=there, by=by, at=at)


def _by_township(by):
    """Return the homes and the children whom the keeper may note, by township: a child's home comes with it, so both are of the county."""
    homes, children = defaultdict(list), defaultdict(list)
    for one in visible_households(by, duty=Duty.HOLD_EVENTS).filter(village__code__startswith=scope.units(by, duty=Duty.HOLD_EVENTS)[0].area_id[:6]).order_by("number"):
        homes[one.village_id[:9]].append(one)
    own = Household.objects.filter(pk__in=[one.pk for some in homes.values() for one in some])
    found = visible_children(by, date(2023, 1, 1), duty=Duty.HOLD_EVENTS).filter(birth_on__gte=date(2006, 1, 2), birth_on__lt=date(2019, 1, 1))
    for one in found.filter(memberships__to_on=None, memberships__household__in=own).order_by("pk").distinct():
        children[one.village_id[:9]].append(one)
    return homes, children


def _recorded(township, n, turn, by, at):
    day, name = THEN[(n + turn) % len(THEN)]
    dice = random.Random(f"events {township.code} {n}")
    unit = f"{township.name}人民政府" if not township.name.endswith("街道") else f"{township.name}办事处"
    by_hand = {"more_homes": dice.randrange(5, 30), "more_children": dice.randrange(10, 60)} if n % 6 == 0 else {}
    return events.record_event(
        name=f"{name}({township.short_name})", area=township, day=day, venue=f"{township.short_name}中心小学", hosts_told=HOSTS[n % len(HOSTS)].format(unit=unit), **by_hand, by=by, at=at,
    )  # fmt: skip


def _this_autumn(code, keeper, now, told):
    """In the tour's township: held ones with programme, hosts, helpers and a picture; one that is planned."""
    township = Area.objects.filter(code__startswith=code[:6] + STORY, level=Level.TOWNSHIP).first()
    post = Post.objects.filter(role=Role.TOWNSHIP_WORKER, to_on=None, organisation__area=township).select_related("user").order_by("user__username").first() if township else None
    if post is None:
        return
    by = post.user
    village = Area.objects.filter(parent=township, to_on=None, households__isnull=False).order_by("code").distinct().first()
    for name, back, festival in NOW:
        at = now - timedelta(days=back)
        event = events.plan_event(name=name, area=township, day=today(at), venue="细沙乡中心小学", starts="09:30", festival=festival, by=by, at=at - timedelta(hours=4))
        _arranged(event, by, at - timedelta(hours=3))
        attending.invite_village(event_id=event.pk, village=village, by=by, at=at - timedelta(hours=2))
        events.hold_event(event_id=event.pk, by=by, at=at)
        _came(event, by, at)
        told["autumn"] += 1
    told["events"] += told["autumn"]
    _pictured(event, by, keeper, now, told)
    coming = now + timedelta(days=24)
    events.plan_event(name="庆元旦、迎新春", area=township, day=today(coming), venue="细沙乡中心小学", starts="09:00", by=by, at=now)


def _arranged(event, by, at):
    """Hosts, programme and helpers of an event."""
    for name in ("关心下一代工作委员会", "金沙艺术团"):
        events.add_host(event_id=event.pk, name=name, by=by, at=at)
    for title, kind, performers in PROGRAMME:
        events.add_programme_item(event_id=event.pk, title=title, kind=kind, performers=performers, by=by, at=at)
    for one in Helper.objects.on(event.day).filter(organisation__area__code__startswith=event.area_id[:6]).order_by("pk")[:12]:
        if Shift.objects.filter(event=event).count() < 4:
            try:
                attending.enlist_helper(event_id=event.pk, helper=one, what="带队、照看孩子", by=by, at=at)
            except Refused:  # whose records were not looked at yet stays off
                continue


def _came(event, by, at):
    dice = random.Random(f"came {event.name}")
    children = [one for one in visible_children(by, event.day, duty=Duty.HOLD_EVENTS).filter(schooling="in_school", memberships__to_on=None).order_by("pk").distinct() if dice.random() < 0.6]
    if children:
        attending.tick_attendance(event_id=event.pk, children=children, by=by, at=at + timedelta(hours=1))
    for shift in event.shifts.all():
        attending.note_hours(shift_id=shift.pk, from_at="08:30", to_at=dice.choice(("11:00", "11:30", "12:00")), what=shift.what, by=by, at=at + timedelta(hours=2))


def _pictured(event, by, another, at, told):
    """Three drawn pictures of the last event: one shown by another than who covered it, one covered, one that waits."""
    for n, (subject, consent) in enumerate((("台上的花灯", "nobody"), ("领冬衣的队伍", "given"), ("合唱", "not_asked"))):
        photo = photos.add_photo(event_id=event.pk, file=SimpleUploadedFile("p.jpg", _drawn(n)), subject=subject, consent=consent, by=by, at=at)
        if n < 2:
            photos.cover_faces(photo_id=photo.pk, boxes="".join(f"{180 + 240 * k},{240 - 20 * (k % 2)},120,130;" for k in range(4)), sure=True, by=by, at=at + timedelta(minutes=5))
        if n == 0 and another.has_duty(Duty.COVER_FACES):
            photos.publish_photo(photo_id=photo.pk, by=another, at=at + timedelta(minutes=9))
    told["photos"] += Photo.objects.filter(event=event).count()


def _drawn(n):
    """A picture drawn by the machine: a stage, and round heads of nobody."""
    from PIL import Image, ImageDraw

    picture, out = Image.new("RGB", (1200, 800), ("#8fb7d9", "#d9c28f", "#b7d98f")[n]), io.BytesIO()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, 1200, 800), fill="#7a5c3e")
    for k in range(4):
        left, top = 200 + 240 * k, 260 - 20 * (k % 2)
        draw.rectangle((left - 10, top + 90, left + 90, top + 320), fill=("#c0392b", "#2980b9", "#27ae60", "#8e44ad")[k])
        draw.ellipse((left, top, left + 80, top + 95), fill="#f1c9a5")
        draw.ellipse((left + 18, top + 35, left + 28, top + 45), fill="#222")
        draw.ellipse((left + 52, top + 35, left + 62, top + 45), fill="#222")
        draw.arc((left + 24, top + 48, left + 58, top + 78), 10, 170, fill="#922", width=4)
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
