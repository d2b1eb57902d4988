"""Who sees which picture, covered or not, who shows it and who takes it away, and why not."""

from django.db.models import F, Q, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Level
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import wishes as words
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..event_states import MAY_SHOW, EventState, PhotoState
from ..events.rules import ELSEWHERE, READS, visible_events
from ..models import Photo

COUNTY = 6  # digits of a county's code
WORKS = (Duty.HOLD_EVENTS, Duty.COVER_FACES)
KEPT = (PhotoState.UNCOVERED, PhotoState.COVERED, PhotoState.PUBLISHED)
FINISHED = (PhotoState.COVERED, PhotoState.PUBLISHED)
NO_DUTY = _("您的岗位没有处理活动照片的权限。")
BY_ANOTHER = _("谁遮的脸、谁登记的同意,由另一个人看过以后公开。")
GONE = _("这张照片已经撤回或者销毁。")


def visible_photos(actor, *, duty=READS):
    """Pictures of events in reach whose faces are covered; one that is not covered is seen by whoever took it and by those who cover faces there.

    From its last day on nobody sees one, whether or not the day's sweep has destroyed it yet; that there was one stays a record.
    """
    rows = Photo.objects.filter(event__in=visible_events(actor, duty=duty)).exclude(state__in=KEPT, until_on__lte=today(timezone.now()))
    return rows.filter(~Q(state=PhotoState.UNCOVERED) | uncovered_for(actor))


def uncovered_for(actor):
    """Return the Q of pictures of which the actor may see what is not covered yet."""
    return Q(taken_by=actor.id) | scope.in_reach(actor, area="event__area_id", duty=Duty.COVER_FACES)


def is_seen_bare(actor, photo):
    """Tell whether the actor may see this picture as it was taken."""
    return photo.taken_by_id == actor.id or _covers(actor, photo.event.area_id)


def _covers(actor, code):
    return any(reach.holds(code) for reach in scope.reaches(actor, duty=Duty.COVER_FACES))


def shown_to_all(day):
    """Pictures that everybody may see on `day`: shown by consent, not withdrawn, not over."""
    return Photo.objects.filter(state=PhotoState.PUBLISHED, until_on__gt=day)


def tells_of_nobody(text, event, day):
    """Decide whether everybody may read a picture's words: no child of the county by its name, none that came by its given name, no school, village, number."""
    said, stem = words.bare(text), event.area_id[:COUNTY]
    children = Person.objects.filter(protected(day=event.day), village_id__gte=stem, village_id__lt=str(int(stem) + 1), merged_into=None)
    long = children.annotate(said=Value(said), signs=Length("name")).filter(signs__gte=words.LEAST_NAME)
    came = Person.objects.filter(pk__in=event.children.values("child")).annotate(said=Value(said), given=Substr("name", 2), signs=Length("name"))
    named = long.filter(said__contains=F("name")).exists() or came.filter(signs__gt=words.LEAST_NAME, said__contains=F("given")).exists()
    villages = Area.objects.filter(pk__startswith=stem, level=Level.VILLAGE).values_list("name", "short_name")
    found = words.faults(text, (), {name for pair in villages for name in pair}, day)
    return first_refusal((not named and not {"name", "school", "number", "place"} & set(found), _("照片说明公开以后谁都看得到,不写孩子姓名、学校班级、村名、号码。")))


def can_add(actor, event, at):
    """May the actor add a picture of this event: from its day on."""
    return first_refusal(
        (actor.has_duty(*WORKS), NO_DUTY),
        (any(scope.covers(actor, event.area_id, duty=duty) for duty in WORKS), ELSEWHERE),
        (event.state != EventState.CANCELLED, _("这场活动取消了。")),
        (event.day <= today(at), _("活动那天到了才能传照片。")),
    )


def can_cover(actor, photo):
    """May the actor cover the faces of this picture, or more of them."""
    return first_refusal(
        (actor.has_duty(*WORKS), NO_DUTY),
        (is_seen_bare(actor, photo), _("没有遮脸的照片,只有拍的人和处理照片的人看得到。")),
        (photo.state in (PhotoState.UNCOVERED, PhotoState.COVERED), GONE if photo.state not in KEPT else _("照片正在公开,请先撤下再补遮。")),
    )


def can_look(actor, photo):
    """May the actor look at the picture as it was taken."""
    return first_refusal(
        (is_seen_bare(actor, photo), _("没有遮脸的照片,只有拍的人和处理照片的人看得到。")),
        (photo.state == PhotoState.UNCOVERED, _("原片已经销毁,只有遮过脸的。")),
    )


def is_another(actor, photo):
    """Tell whether this is neither who covered the faces nor who noted the consent: one hand alone shows no child to everybody."""
    return actor.id not in (photo.covered_by_id, photo.consent_by_id)


def can_publish(actor, photo, at):
    """May the actor show this picture to everybody."""
    return first_refusal(
        (_covers(actor, photo.event.area_id), NO_DUTY),
        (photo.state == PhotoState.COVERED, _("遮过脸、确认过的照片才能公开。")),
        (is_another(actor, photo), BY_ANOTHER),
        (photo.consent in MAY_SHOW, _("没有取得同意的照片不能公开。")),
        (photo.until_on > today(at), _("照片已经到期。")),
    )


def can_withdraw(actor, photo):
    """May the actor withdraw this picture: whoever took it or covers faces there, at any time; nobody is asked a second time."""
    return first_refusal((is_seen_bare(actor, photo), NO_DUTY), (photo.state in KEPT, GONE))


def can_say_consent(actor, photo):
    """May the actor put down what those who are seen said."""
    return first_refusal((is_seen_bare(actor, photo), NO_DUTY), (photo.state in (PhotoState.UNCOVERED, PhotoState.COVERED), GONE if photo.state not in KEPT else _("照片正在公开。有人不同意的,请直接撤回。")))


def can_dispose(actor):
    """A picture whose time is over is destroyed by the clock."""
    return first_refusal((actor is CLOCK, _("照片到期由系统销毁。要提前销毁的,请点“撤回”。")))
