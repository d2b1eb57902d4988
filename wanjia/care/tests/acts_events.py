"""How the acts of events and of their pictures are done rightly, and how each of their refusals is met."""

import io
from datetime import date, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wanjia.doors import pictures as door
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User

from ..attending import commands as attending
from ..events import commands as events
from ..models import Event, EventHome, EventHost, EventItem, Photo, Shift, TeamMember
from ..photos import commands as photos
from .factories import START, checked, helper, team

DAY = MONDAY.date()
EVE = DAY - timedelta(days=1)
FAMILIES = "village_worker township_worker bureau_worker care_officer"  # a school's post has to do with the children of its school alone
HOLDS = "village_worker township_worker bureau_worker school_worker care_officer"
WORKS = HOLDS
COVERS = "township_worker care_officer"
YEARS = "日期不对,请核对年份。"
NO_DUTY, ELSEWHERE = "您的岗位没有举办关爱活动的权限。", "这场活动不在您的辖区。"
OVER, CANCELLED, NOT_YET = "这场活动已经登记为举办或者取消,不能再改。", "这场活动取消了。", "活动那天到了才能登记。"


def who(world, name="clerk", at=MONDAY):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": at}


def facts(world, **more):
    """What is said of an event."""
    return {"name": "同乐同庆迎新春", "area": world.datong, "day": DAY, "venue": "细沙乡中心小学操场"} | more


def told(world, **more):
    """What is said of one that was held."""
    return facts(world, hosts_told="细沙乡人民政府、永善县民政局、金沙艺术团", **more)


def planned(world, **more):
    """An event of today is planned."""
    name = {"name": f"同乐同庆迎新春{Event.objects.count() or ''}"}
    return {"event_id": events.plan_event(**facts(world, **name | more), **who(world)).pk}


def tomorrow(world):
    """An event of tomorrow."""
    return planned(world, day=DAY + timedelta(days=1))


def held(world, **more):
    """An event was held."""
    what = planned(world, **more)
    events.hold_event(**what, **who(world))
    return what


def ticked(world):
    """It was held, and one child came to it, with its home."""
    what = held(world)
    attending.tick_attendance(**what, children=[world.register.child], **who(world))
    return what


def cancelled(world):
    """It was cancelled."""
    what = planned(world)
    events.cancel_event(**what, because="下大雪", **who(world))
    return what


def hosted(world):
    """The civil bureau holds it too."""
    what = planned(world)
    events.add_host(**what, organisation=world.civil, **who(world))
    return what | {"host": EventHost.objects.get(organisation=world.civil)}


def item(world):
    """Two items stand on the programme."""
    what = planned(world)
    for title, kind in (("鼓舞少年", "dance"), ("我和我的祖国", "song")):
        events.add_programme_item(**what, title=title, kind=kind, **who(world))
    return what | {"item": EventItem.objects.get(turn=2)}


def invited(world):
    """The homes of the village are invited."""
    what = planned(world)
    attending.invite_village(**what, village=world.datong, **who(world))
    return {"arrival_id": EventHome.objects.get(household=world.register.home).pk}


def vetted(world, **more):
    """A helper whose records are clear."""
    one = helper(world, **more)
    checked(one, at=MONDAY)
    return one


def on_duty(world):
    """A helper is down for the event."""
    what = planned(world)
    attending.enlist_helper(**what, helper=vetted(world), what="带队", **who(world))
    return {"shift_id": Shift.objects.get().pk}


def worked(world):
    """His hours stand."""
    what = on_duty(world)
    attending.note_hours(**what, from_at="09:00", to_at="11:30", what="带队", **who(world))
    return what


def elsewhere_then(world, _what):
    """The same helper was at another event at that hour."""
    other = planned(world)
    one = Shift.objects.get()
    Shift.objects.create(event_id=other["event_id"], helper=one.helper, what="带队", from_at=time(10), to_at=time(12), noted_at=MONDAY)


def in_a_team(world):
    """A team with one who is clear and one who is not."""
    one = team(world)
    for member in (vetted(world), helper(world, name="没查的人")):
        TeamMember.objects.create(team=one, helper=member, from_on=START)
    return one


def picture(size=(400, 300), kind="JPEG", **more):
    """A picture as a phone sends it; no two of its corners are alike."""
    drawn, out = Image.new("RGB", size, "#cfe3cf"), io.BytesIO()
    drawn.paste("#a03010", (0, 0, size[0] // 4, size[1] // 4))
    drawn.save(out, kind, **more)
    return out.getvalue()


def file(body=None):
    """It, as a form sends it."""
    return SimpleUploadedFile("DSC_0001.jpg", body or picture(), "image/jpeg")


def shot(world):
    """What is said of a picture."""
    return held(world) | {"file": file(), "subject": "孩子们在台上", "consent": "nobody"}


def taken(world, by="clerk", **more):
    """A picture lies there, uncovered."""
    return {"photo_id": photos.add_photo(**shot(world) | more, **who(world, by)).pk}


BOX = "10,10,80,60"
COVER = {"boxes": BOX, "sure": True}


def finished(world, **more):
    """Its faces are covered."""
    what = taken(world, **more)
    photos.cover_faces(**what, **COVER, **who(world))
    return what


def shown(world):
    """Everybody sees it."""
    what = finished(world)
    photos.publish_photo(**what, **who(world, "care"))
    return what


def withdrawn(world):
    """It was withdrawn."""
    what = finished(world)
    photos.withdraw_photo(**what, because="家长不同意", **who(world))
    return what


def expired(world):
    """Its last day is over."""
    what = finished(world)
    Photo.objects.update(taken_on=DAY - timedelta(days=90), until_on=DAY)
    return what


def again(act, make):
    """The same was done before."""
    return Felt(before=lambda w, what: act(**what, **who(w)))


MINE = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
PLANNED = MINE | {OVER: Felt(what=cancelled)}
ARRANGED = MINE | {CANCELLED: Felt(what=cancelled)}
NOTED = ARRANGED | {NOT_YET: Felt(what=tomorrow)}
SHORT = "“%(what)s”至少写 %(n)s 个字。"
FAR = "这一天离这个节日太远,不算节日活动。"
TWICE = "这一天这个地方已经登记过同名的活动。"
CLOCKLY = "几点要写成 07:30 这样。"
BARE = "没有遮脸的照片,只有拍的人和处理照片的人看得到。"
PHOTO_NO, GONE = "您的岗位没有处理活动照片的权限。", "这张照片已经撤回或者销毁。"
EARLIER = date(2026, 6, 1)


def _whole(make, **more):
    """World → keywords of an act on what another situation made."""
    return lambda w: make(w) | more


ACTS = {
    "care.plan_event": Tried("clerk", facts, {"name": "另一场"}, may=HOLDS, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"area": w.xinmin}), SHORT: Felt(what={"name": "一"}),
        "已经办过的,请用“补登活动”。": Felt(what={"day": EVE}), FAR: Felt(what={"festival": "children"}), CLOCKLY: Felt(what={"starts": "九点"}),
        TWICE: Felt(before=lambda w, what: planned(w)), YEARS: Felt(what={"day": date(9999, 12, 31)}),
    }),
    "care.record_event": Tried("clerk", told, {"name": "另一场"}, may=HOLDS, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"area": w.xinmin}), SHORT: Felt(what={"name": "一"}), NOT_YET: Felt(what={"day": DAY + timedelta(days=1)}),
        FAR: Felt(what={"festival": "children"}), TWICE: Felt(before=lambda w, what: planned(w)), YEARS: Felt(what={"day": date(1899, 12, 31)}),
    }),
    "care.change_event": Tried("clerk", _whole(planned, name="改了名", day=DAY, venue="礼堂门口"), {"name": "另改"}, may=HOLDS, spoil=PLANNED | {
        SHORT: Felt(what={"name": "一"}), "改到的日子不能早于今天。": Felt(what={"day": EVE}), CLOCKLY: Felt(what={"starts": "九点"}),
        FAR: Felt(what=lambda w: planned(w, name="六一", day=date(2027, 6, 1), festival="children") | {"day": date(2027, 3, 1)}),
        TWICE: Felt(before=lambda w, what: planned(w, name="改了名")), YEARS: Felt(what={"day": date(9999, 12, 31)}),
    }),
    "care.hold_event": Tried("clerk", planned, {}, may=HOLDS, spoil=PLANNED | {NOT_YET: Felt(what=tomorrow)}),
    "care.cancel_event": Tried("clerk", _whole(planned, because="下大雪"), {"because": "改期再办"}, may=HOLDS, spoil=PLANNED | {SHORT: Felt(what={"because": "雪"})}),
    "care.add_host": Tried("clerk", lambda w: planned(w) | {"organisation": w.civil}, {"leads": True}, may=HOLDS, spoil=ARRANGED | {
        "单位、队伍、名称,选一样写一样。": Felt(what={"name": "关工委"}), "这家单位不在本县,或者已经在联办。": Felt(before=lambda w, what: events.add_host(**what, **who(w))),
        "这支队伍不在本县,或者那天已经不在。": Felt(what=lambda w: {"organisation": None, "team": team(w, from_on=DAY + timedelta(days=9))}),
        "它已经在主办、联办名单上。": Felt(what={"organisation": None, "name": "关工委"}, before=lambda w, what: events.add_host(**what, **who(w))),
    }),
    "care.drop_host": Tried("clerk", hosted, {"host": None}, may=HOLDS, spoil=ARRANGED | {
        "它不在联办名单上。": Felt(what=lambda w: {"host": EventHost.objects.get(organisation=w.township)})}),
    "care.add_programme_item": Tried("clerk", _whole(planned, title="鼓舞少年", kind="dance"), {"title": "另一个"}, may=HOLDS, spoil=ARRANGED | {
        "节目单谁都看得到:写班级、团队,不写孩子姓名。": Felt(what={"performers": "王小雨"})}),
    "care.move_item": Tried("clerk", lambda w: item(w) | {"turn": 1}, {"turn": 2}, may=HOLDS, spoil=ARRANGED | {
        "节目单上没有它。": Felt(what=lambda w: {"event_id": planned(w, name="另一场")["event_id"]})}),
    "care.drop_item": Tried("clerk", item, {"item": None}, may=HOLDS, spoil=ARRANGED | {
        "节目单上没有它。": Felt(what=lambda w: {"event_id": planned(w, name="另一场")["event_id"]})}),
    "care.invite_village": Tried("clerk", lambda w: planned(w) | {"village": w.datong}, {"all_homes": True}, may=HOLDS, spoil=ARRANGED | {
        ELSEWHERE: Felt(what=lambda w: {"village": w.xinmin})}),
    "care.tick_attendance": Tried("clerk", lambda w: held(w) | {"children": [w.register.child], "homes": []}, {"children": []}, may=FAMILIES, spoil=NOTED | {
        "请至少勾一个。": Felt(what={"children": []}), "有的孩子不在您的辖区,或者活动那天已经成年。": Felt(what=lambda w: {"children": [w.register.head]}),
        "有的人家不在您的辖区。": Felt(what=lambda w: {"children": [], "homes": [elsewhere(w)]}),
    }),
    "care.note_arrival": Tried("clerk", lambda w: invited(w) | {"children": [w.register.child]}, {"children": []}, may=FAMILIES, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), CANCELLED: Felt(before=lambda w, what: events.cancel_event(event_id=Event.objects.get().pk, because="下大雪", **who(w))),
        NOT_YET: Felt(before=lambda w, what: Event.objects.update(day=DAY + timedelta(days=1))), "有的孩子不是这家的。": Felt(what=lambda w: {"children": [w.register.head]}),
    }),
    "care.count_attendance": Tried("clerk", _whole(held, more_homes=12, more_children=30), {"more_homes": 13}, may=HOLDS, spoil=NOTED | {
        "这场活动已经记过数:要改的,请写明为什么改。": Felt(before=lambda w, what: Event.objects.update(more_homes=5)),
    }),
    "care.enlist_helper": Tried("clerk", lambda w: planned(w) | {"helper": vetted(w), "what": "带队"}, {"what": "摄影"}, may=HOLDS, spoil=ARRANGED | {
        SHORT: Felt(what={"what": "带"}), "此人不在本县帮扶人名册上,或者已经排上。": Felt(before=lambda w, what: attending.enlist_helper(**what, **who(w))),
        "没有有效的背景审查结果,不能接触未成年人。请先查询并登记。": Felt(what=lambda w: {"helper": helper(w, name="没查的人")}),
    }),
    "care.enlist_team": Tried("clerk", lambda w: planned(w) | {"team": in_a_team(w), "what": "演出"}, {"what": "摄影"}, may=HOLDS, spoil=ARRANGED | {
        SHORT: Felt(what={"what": "演"}), "这支队伍不在本县,或者那天已经不在。": Felt(what=lambda w: {"team": team(w, name="新队", from_on=DAY + timedelta(days=9))})}),
    "care.note_hours": Tried("clerk", _whole(on_duty, from_at="09:00", to_at="11:30", what="带队"), {"to_at": "12:00"}, may=HOLDS, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), SHORT: Felt(what={"what": "带"}), CLOCKLY: Felt(what={"from_at": "九点"}),
        CANCELLED: Felt(before=lambda w, what: events.cancel_event(event_id=Event.objects.get().pk, because="下大雪", **who(w))),
        NOT_YET: Felt(before=lambda w, what: Event.objects.update(day=DAY + timedelta(days=1))),
        "结束要晚于开始。": Felt(what={"to_at": "08:00"}), "这段时间已经记在另一场活动上。": Felt(before=elsewhere_then), "一天不超过 %(n)s 小时。": Felt(what={"from_at": "06:00", "to_at": "22:00"}),
    }),
    "care.release_helper": Tried("clerk", on_duty, {}, may=HOLDS, spoil=MINE | {"时长已经登记,不能撤下。": Felt(before=lambda w, what: attending.note_hours(**what, from_at="09:00", to_at="10:00", what="带队", **who(w)))}),
    "care.add_photo": Tried("clerk", shot, {"subject": "另一张"}, may=WORKS, spoil={
        PHOTO_NO: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), CANCELLED: Felt(what=cancelled), "活动那天到了才能传照片。": Felt(what=tomorrow), SHORT: Felt(what={"subject": "台"}),
        "照片说明公开以后谁都看得到,不写孩子姓名、学校班级、村名、号码。": Felt(what={"subject": "王小雨在台上"}), "照片超过 12 MB,请压缩后再传。": Felt(what=lambda w: {"file": file(b"\xff\xd8\xff" + bytes(door.LARGEST))}), "这不是一张完整的 JPG 或 PNG 照片。": Felt(what=lambda w: {"file": file(b"no picture")}),
        "照片留存期已过,不再收。": Felt(what={"taken_on": EARLIER}), "拍摄日期不能晚于今天。": Felt(what={"taken_on": DAY + timedelta(days=1)}),
        "拍摄日期不能早于活动那天。": Felt(what={"taken_on": DAY - timedelta(days=1)}),
    }),
    "care.look_bare": Tried("clerk", taken, {}, may=COVERS, spoil={BARE: Felt(by="caller"), "原片已经销毁,只有遮过脸的。": Felt(what=finished)}),
    "care.cover_faces": Tried("clerk", _whole(taken, **COVER), {"boxes": "1,1,50,50"}, may=COVERS, spoil={
        PHOTO_NO: Felt(by="caller"), BARE: Felt(by="visitor"), GONE: Felt(what=withdrawn), "照片正在公开,请先撤下再补遮。": Felt(what=shown),
        "盖住的地方没有读懂,请重新画。": Felt(what={"boxes": "左上角"}), "还没有盖住任何地方。照片里没有孩子的脸的,请勾上。": Felt(what={"boxes": ""}), "请看过整张照片,再确认。": Felt(what={"sure": False}),
        "这张照片读不出来了,盖不上。请撤回,另传一张。": Felt(before=lambda w, what: Photo.objects.update(raw="")),
    }),
    "care.say_consent": Tried("clerk", _whole(taken, consent="refused"), {"consent": "given"}, may=COVERS, spoil={
        PHOTO_NO: Felt(by="visitor"), GONE: Felt(what=withdrawn), "照片正在公开。有人不同意的,请直接撤回。": Felt(what=shown)}),
    "care.publish_photo": Tried("care", finished, {}, may=COVERS, spoil={
        PHOTO_NO: Felt(by="visitor"), "遮过脸、确认过的照片才能公开。": Felt(what=taken), "没有取得同意的照片不能公开。": Felt(what=lambda w: finished(w, consent="refused")),
        "谁遮的脸、谁登记的同意,由另一个人看过以后公开。": Felt(by="clerk"),
        "照片已经到期。": Felt(what=expired), "照片说明公开以后谁都看得到,不写孩子姓名、学校班级、村名、号码。": Felt(before=lambda w, what: Photo.objects.update(subject="王小雨在台上")),
    }),
    "care.withdraw_photo": Tried("clerk", _whole(shown, because="家长不同意"), {"because": "孩子不愿意"}, may=COVERS, spoil={
        PHOTO_NO: Felt(by="visitor"), GONE: Felt(what=withdrawn), SHORT: Felt(what={"because": "不"})}),
    "care.dispose_photo": Tried("clock", expired, {}, spoil={"照片到期由系统销毁。要提前销毁的,请点“撤回”。": Felt(by="clerk")}),
}  # fmt: skip


def elsewhere(world):
    """A home of another township."""
    from wanjia.registry.models import Household

    return Household.objects.create(number="530625108209001", village=world.xinmin, registered_at=MONDAY)



