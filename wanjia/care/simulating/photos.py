"""Pictures of the year's events: taken, covered by whoever may see them bare, shown by consent, withdrawn, destroyed when their time is over."""

import base64
import io
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image

from wanjia.orgs.roles import Role

from ..models import Photo as Row
from ..photos import rules

DAY, KEPT_DAYS = timedelta(days=1), 90
BOX, INSIDE, OUTSIDE = "8,8,24,20", (20, 18), (60, 40)  # what is covered, a point in it, a point beside it
BRIGHT, DARK = 200, 90  # of a point's red: as it was taken, as it is painted over
SHOWN = ("nobody", "given")


@dataclass
class Photo:
    """A picture as the book knows it."""

    pk: object
    event: object
    by: object
    consent: str
    until: date
    state: str = "uncovered"

    def row(self):
        """Return what its row must say: where it stands, who agreed, whether there is a bare picture, whether there is a covered one."""
        return [self.state, self.consent, self.until, self.state == "uncovered", self.state in ("covered", "photo_published")]


class Photos:
    """The pictures of the year. by: a village's worker or a township's; whoever covers faces there is the township's."""

    def __init__(self, care):
        self.care, self.photos = care, {}

    def live(self, day):
        """Do an act on most days."""
        if self.care.dice.random() < 0.7:
            self.care.dice.choice((self._take, self._cover, self._cover, self._consent, self._publish, self._publish, self._withdraw))(day)

    def night(self, day, *, swept):
        """The evening's round destroys what was kept long enough."""
        for one in self.photos.values() if swept else ():
            if one.until <= day and one.state in ("uncovered", "covered", "photo_published"):
                one.state = "photo_disposed"

    def _some(self, *states):
        found = [one for one in self.photos.values() if one.state in states]
        return self.care.dice.choice(found) if found else None

    def _hands(self, one):
        """Return (whether he may see it bare, user) of the village's worker, the township's and another village's."""
        here = one.event.village
        there = next((village for village in self.care.villages if village != here), here)
        hands = [(role, self.care.hand(role, village)) for role, village in ((Role.VILLAGE_WORKER, here), (Role.TOWNSHIP_WORKER, here), (Role.VILLAGE_WORKER, there))]
        return [(by.pk == one.by or role == Role.TOWNSHIP_WORKER, by) for role, by in hands if by is not None]

    def _asked(self, act, one, lawful, by, **what):
        if lawful:
            return self.care.do(act, one.event.village, by, photo_id=one.pk, **what)
        self.care.tempt(act, one.event.village, by, photo_id=one.pk, **what)
        return None

    def _take(self, day):
        events = [one for one in self.care.events.values() if one.state != "event_cancelled" and one.day > day - 20 * DAY]
        if not events:
            return
        event, dice = self.care.dice.choice(events), self.care.dice
        by = self.care.hand(dice.choice((Role.VILLAGE_WORKER, Role.TOWNSHIP_WORKER)), event.village)
        if by is None:
            return
        consent = dice.choice(("not_asked", "nobody", "given", "refused"))
        told = {"event_id": event.pk, "file": io.BytesIO(_picture()), "subject": "院坝里的游戏", "consent": consent}
        if event.day > day:
            self.care.tempt("add_photo", event.village, by, **told)
            return
        made = self.care.do("add_photo", event.village, by, **told)
        if made:
            self.photos[made.pk] = Photo(made.pk, event, by.pk, consent, event.day + KEPT_DAYS * DAY)

    def _cover(self, _day):
        one = self._some("uncovered") or self._some("covered")
        hands = one and self._hands(one)
        if not hands:
            return
        sees, by = self.care.dice.choice(hands)
        if self._asked("cover_faces", one, sees, by, boxes=BOX, sure=True):
            one.state = "covered"

    def _consent(self, _day):
        one = self._some("uncovered", "covered")
        hands = one and self._hands(one)
        if not hands:
            return
        (sees, by), consent = self.care.dice.choice(hands), self.care.dice.choice(("given", "given", "refused"))
        if self._asked("say_consent", one, sees, by, consent=consent):
            one.consent = consent

    def _publish(self, _day):
        may = [one for one in self.photos.values() if one.state == "covered" and one.consent in SHOWN]
        one = self.care.dice.choice(may) if may and self.care.dice.random() < 0.7 else self._some("covered", "uncovered")
        by = one and self.care.hand(Role.TOWNSHIP_WORKER, one.event.village)
        if by and self._asked("publish_photo", one, one.state == "covered" and one.consent in SHOWN, by):
            one.state = "photo_published"

    def _withdraw(self, _day):
        one = self._some("uncovered", "covered", "photo_published")
        if one is None or self.care.dice.random() < 0.7:
            return
        hands = self._hands(one)
        if hands:
            sees, by = self.care.dice.choice(hands)
            if self._asked("withdraw_photo", one, sees, by, because="家长来电"):
                one.state = "photo_withdrawn"

    def judge(self, day, *, whole):
        """Hold where each picture stands, and what is left of it, against the book; on whole evenings what everybody sees, point by point."""
        asked = self.photos if whole else {pk: one for pk, one in self.photos.items() if one.state in ("uncovered", "covered", "photo_published")}
        rows = Row.objects.filter(pk__in=asked).defer(None)
        there = {one.pk: [one.state, one.consent, one.until_on, bool(one.raw), bool(one.body)] for one in rows}
        self.care.same("照片和应有的不一样 / pictures differ", there, {pk: one.row() for pk, one in asked.items()})
        if whole:
            shown = {one.pk: True for one in rules.shown_to_all(day)}
            self.care.same("公开的照片和应有的不一样 / what everybody sees differs", shown, {pk: True for pk, one in self.photos.items() if one.state == "photo_published" and one.until > day})
            for one in rows:
                if one.body and _red(one.body, INSIDE) > DARK:
                    self.care.violate("遮住的地方还看得见 / a face is seen under its box", str(one.pk))
                elif one.body and _red(one.body, OUTSIDE) < BRIGHT:
                    self.care.violate("没有遮的地方也没了 / more is covered than was said", str(one.pk))


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (240, 200, 160)).save(out, "JPEG")
    return out.getvalue()


def _red(body, point):
    with Image.open(io.BytesIO(base64.b64decode(body))) as picture:
        return picture.convert("RGB").getpixel(point)[0]
