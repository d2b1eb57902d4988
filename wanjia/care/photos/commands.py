"""The acts of pictures: added, looked at, covered, shown, withdrawn, destroyed when their time is over."""

import base64
from datetime import date
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.doors.pictures import received
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.policy import retention
from wanjia.sealing.fields import opened
from wanjia.verdict import Conflict, Refused

from .. import retaining
from ..event_states import KEPT, PHOTO, Consent, PhotoState
from ..events.subjects import EVENTS
from ..models import Photo
from . import pages, pictures, rules
from .subjects import PHOTOS

WORKS = {"duty": rules.WORKS}
SAID = Asked(_("同意情况"), _("孩子的,要监护人书面同意,八岁以上还要孩子本人同意;遮了脸也要问。"), select=True)


@act(EVENTS, "photo_new", at="photos/new", words=_("传照片"), done=_("已加密保存。接着遮脸:遮好以前,只有您和处理照片的人看得到。"), **WORKS, may=rules.can_add, rank=50,
     then=pages.to_cover, lines={"photo.add": _("传照片")}, call=None,
     because="a picture is taken by a person at the place, and covered at a screen")  # fmt: skip
def add_photo(
    event, *, by, at,
    file: Annotated[File, Asked(_("照片"), _("JPG、PNG,不超过 12 MB。没有必要就不拍。拍摄地点、时间、机型会去掉。"), attrs={"accept": "image/jpeg,image/png"})],
    subject: Annotated[str, Asked(_("拍的是什么"), _("写节目、场面,不写孩子姓名。"), least=2, most=80, attrs={"minlength": 2})],
    consent: Annotated[Consent, SAID],
    place: Annotated[str, Asked(_("在哪里拍的"), most=80, initial=lambda event, *_: event.venue)] = "",
    taken_on: Annotated[date | None, Asked(_("哪天拍的"), initial=lambda event, *_: event.day)] = None,
):  # fmt: skip
    """Keep a picture of an event, sealed and bare of what the camera wrote into it. Its faces are to be covered next."""
    rules.tells_of_nobody(subject, event, today(at)).or_raise()
    bare, width, height = received(file)
    day = taken_on or event.day
    until = retention.in_force(day).kept(retaining.PHOTOS.code).ends({"taken": day}, set())
    if until <= today(at):
        raise Refused(_("照片留存期已过,不再收。"))
    if day > today(at):
        raise Refused(_("拍摄日期不能晚于今天。"))
    if day < event.day:
        raise Refused(_("拍摄日期不能早于活动那天。"))
    photo = Photo.objects.create(
        event=event, subject=subject.strip(), place=place.strip() or event.venue, taken_on=day, taken_by_id=by.id, consent=consent, until_on=until, width=width, height=height,
        raw=base64.b64encode(bare).decode(), recorded_at=at, consent_by_id=by.id,
    )  # fmt: skip
    journal.record(act="photo.add", subject=photo, by=by, at=at, area_code=event.area_id, until=until)
    return photo


@act(PHOTOS, "photo_look", at="look", words=_("看未遮脸的照片"), **WORKS, may=rules.can_look, reads=True, page=False, call=None, button=False,
     because="what is sent is the picture itself: views.photo_bare", lines={"photo.look": _("看未遮脸的照片")})  # fmt: skip
def look_bare(photo, *, by, at):
    """Journal that the actor looks at a picture whose faces are not covered, before a byte of it is sent; returns the Photo."""
    journal.record_reading(act="photo.look", subject=photo, by=by, at=at, reason=_("遮脸"), area_code=photo.event.area_id)
    return photo


@act(PHOTOS, "photo_cover", at="cover", words=_("遮脸"), done=_("已遮好,原片已销毁。要公开的,请另一个人看过以后公开。"), **WORKS, may=rules.can_cover, rank=10, template="care/photos/cover.html",
     more=pages.canvas, lines={"photo.cover": _("遮脸并确认"), "photo.cover_more": _("补遮")}, call=None, because="boxes are drawn and confirmed by somebody who looks at the picture")  # fmt: skip
def cover_faces(
    photo, *, by, at,
    boxes: Annotated[str, Asked(_("盖住的地方"), rows=1, most=4000)] = "",
    no_face: Annotated[bool, Asked(_("照片里没有孩子的脸"))] = False,
    sure: Annotated[bool, Asked(_("我看过整张照片,没有一张孩子的脸露在外面"))] = False,
):  # fmt: skip
    """Paint over what the boxes say, for good: the picture as it was taken is destroyed in the same moment."""
    try:
        found = pictures.boxes_of(boxes, photo.width, photo.height)
    except ValueError:
        raise Refused(_("盖住的地方没有读懂,请重新画。")) from None
    if not found and not no_face:
        raise Refused(_("还没有盖住任何地方。照片里没有孩子的脸的,请勾上。"))
    if not sure:
        raise Refused(_("请看过整张照片,再确认。"))
    first = photo.state == PhotoState.UNCOVERED
    try:
        body = pictures.covered(opened(photo, "raw" if first else "body", base64.b64decode, b""), found)
    except OSError:
        raise Refused(_("这张照片读不出来了,盖不上。请撤回,另传一张。")) from None
    photo.body, photo.raw = base64.b64encode(body).decode(), ""
    photo.covers, photo.covered_by_id = photo.covers + len(found), by.id
    if first:
        journal.move(photo, PHOTO, "cover", by=by, at=at, saving=["body", "raw", "covers", "covered_by_id"], area_code=photo.event.area_id, boxes=len(found))
    else:
        _save(photo, "body", "raw", "covers", "covered_by")
        journal.record(act="photo.cover_more", subject=photo, by=by, at=at, area_code=photo.event.area_id, boxes=len(found))
    return photo


def _save(photo, *names):
    values = {name: Photo._meta.get_field(name).pre_save(photo, add=False) for name in names}
    if not Photo.objects.filter(pk=photo.pk, version=photo.version, state=photo.state).update(version=photo.version + 1, **values):
        raise Conflict()
    photo.version += 1


@act(PHOTOS, "photo_consent", at="consent", words=_("登记同意情况"), done=_("已记下。"), **WORKS, may=rules.can_say_consent, rank=30, lines={"photo.consent": _("登记同意情况")})
def say_consent(photo, *, by, at, consent: Annotated[Consent, SAID]):
    """Put down what those who are seen said to the picture's being shown."""
    before, photo.consent, photo.consent_by_id = photo.consent, consent, by.id
    _save(photo, "consent", "consent_by")
    journal.record(act="photo.consent", subject=photo, by=by, at=at, area_code=photo.event.area_id, consent=consent, was=before)
    return photo


@act(PHOTOS, "photo_publish", at="publish", words=_("公开照片"), done=_("已公开。有人不同意的,随时撤回。"), **WORKS, may=rules.can_publish, rank=5, lines={"photo.publish": _("公开照片")})
def publish_photo(photo, *, by, at):
    """Show a covered picture to everybody, by the consent that stands, with words that name nobody who is seen; another says so than who covered it and who noted the consent."""
    rules.tells_of_nobody(photo.subject, photo.event, today(at)).or_raise()
    photo.published_by_id = by.id
    journal.move(photo, PHOTO, "publish", by=by, at=at, saving=["published_by_id"], area_code=photo.event.area_id, consent=photo.consent)
    return photo


@act(PHOTOS, "photo_withdraw", at="withdraw", words=_("撤回"), done=_("已撤回,照片已销毁。"), **WORKS, may=rules.can_withdraw, rank=40, tone="danger", lines={"photo.withdraw": _("撤回照片")})
def withdraw_photo(photo, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Withdraw a picture: nobody sees it from this moment on, and nothing of it is left."""
    photo.withdrawn_because = because.strip()
    _emptied(photo, "withdraw", by=by, at=at, more=["withdrawn_because"])
    return photo


def _emptied(photo, move, *, by, at, more=()):
    photo.raw = photo.body = ""
    journal.move(photo, PHOTO, move, by=by, at=at, saving=["raw", "body", *more], area_code=photo.event.area_id)


@command("care.dispose_photo")
def dispose_photo(*, photo_id, by, at):
    """Destroy one picture whose time is over, which no hold keeps (office/retention asks that); returns it, None where somebody was quicker."""
    rules.can_dispose(by).or_raise()
    photo = Photo.objects.select_for_update(of=("self",)).select_related("event").filter(pk=photo_id, until_on__lte=today(at), state__in=KEPT).first()
    if photo:
        _emptied(photo, "dispose", by=by, at=at)
    return photo


def hold_back(*, by, at):
    """Show no picture that came back from an earlier day (恢复备份): whoever withdrew it since is not in that copy. Somebody publishes it anew."""
    for photo in Photo.objects.select_related("event").filter(state=PhotoState.PUBLISHED).order_by("pk"):
        photo.published_by_id = None
        journal.move(photo, PHOTO, "hold_back", by=by, at=at, saving=["published_by_id"], area_code=photo.event.area_id)
