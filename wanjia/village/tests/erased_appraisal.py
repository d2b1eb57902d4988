"""What appraisal keeps of a home whose people are erased: a row of every model that can hold a word of them."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import (
    AgendaItem,
    AppraisalRound,
    RedEntry,
    RoleStory,
    Shortcoming,
    ShortcomingPhoto,
    StrictNotice,
    StrictObjection,
    Tip,
)

DAY = MONDAY.date()


def rows(world, person, mark, body):
    """Return {model: its row}: the person's home stood and agreed by its name, was told something and answered, hung on the paper board, had a story; somebody told of it by name."""
    home = person.memberships.get(to_on=None).household
    consent = {"consent": "by_word", "consented_on": DAY, "heard": f"{mark}答应"}
    one = AppraisalRound.objects.create(village=home.village, year=2026, quarter=4, places=1, drawn_at=MONDAY)
    entry = RedEntry(round=one, home=home, called=f"{mark}家", **consent, asked_at=MONDAY)
    entry.save(force_insert=True)
    days = {"seen_on": DAY, "told_on": DAY, "due_on": DAY + timedelta(days=7), "until_on": DAY + timedelta(days=60)}
    told = Shortcoming(village=home.village, home=home, place=f"{mark}家门前", fact=f"{mark}堆柴", help=f"帮{mark}搬", **days, reply=f"{mark}说等等", replied_on=DAY, reason=f"{mark}搬了", told_at=MONDAY)
    told.save(force_insert=True)
    photo = ShortcomingPhoto(shortcoming=told, when="before_repair", taken_on=DAY, body=mark, added_at=MONDAY)
    photo.save(force_insert=True)
    ShortcomingPhoto.objects.filter(pk=photo.pk).update(state="picture_gone", gone_on=DAY, gone_why=f"拍到{mark}")
    photo.refresh_from_db()
    other = AgendaItem.objects.create(body=body, source="villager", kind="hot", title="路边堆放", words="怎么办", proposed_on=DAY, proposed_at=MONDAY)
    strict = StrictNotice(village=home.village, shortcoming=told, item=other, refused=f"{mark}不开门", words=f"{mark}堆柴", drawn_at=MONDAY)
    strict.save(force_insert=True)
    StrictNotice.objects.filter(pk=strict.pk).update(state="strict_down", down_on=DAY, down_why=f"{mark}搬了")
    strict.refresh_from_db()
    answered = {"upheld": False, "answer": f"{mark}的柴还在", "answered_on": DAY, "seat": body.seats.first()}
    objection = StrictObjection(notice=strict, told_on=DAY, words=f"不是{mark}的柴", told_at=MONDAY, **answered)
    objection.save(force_insert=True)
    story = RoleStory(village=home.village, home=home, called=f"{mark}家", title=f"{mark}修路", words=f"{mark}修了十年路", **consent, written_at=MONDAY)
    story.save(force_insert=True)
    tip = Tip(village=home.village, to=world.visitor, words=f"{mark}倒垃圾", teller=mark, found=f"{mark}没有倒", told_on=DAY, told_at=MONDAY)
    tip.save(force_insert=True)
    return {RedEntry: entry, Shortcoming: told, ShortcomingPhoto: photo, StrictNotice: strict, StrictObjection: objection, RoleStory: story, Tip: tip}
