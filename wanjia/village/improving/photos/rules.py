"""Who adds a picture of the public place, who looks at it before the home is given it, who destroys it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.policy import appraisal as policy
from wanjia.verdict import first_refusal

from ...appraisal.rules import another_hand, kept
from ...appraisal_states import PictureState, ShortState
from ...duties import Duty
from ...models import ShortcomingPhoto
from ..rules import HELP_FIRST, OVER, is_to_be_helped, visible_shortcomings, waits


def visible_pictures(actor, *, duty=Duty.KEEP_APPRAISAL):
    """The pictures of what was told and is open, by those who see that."""
    rows = ShortcomingPhoto.objects.filter(shortcoming__in=visible_shortcomings(actor, duty=duty), shortcoming__state=ShortState.TOLD)
    return rows.exclude(state=PictureState.GONE)


def is_shown(photo, day):
    """Tell whether anybody is shown it: until its last day, whether or not the day's sweep has come by."""
    return day <= photo.shortcoming.until_on


def held(one):
    """The pictures that something told has now."""
    return one.photos.exclude(state=PictureState.GONE)


def can_add(actor, one, at):
    """May the actor add a picture: while it is open, to a home that needs no hand, a few at most."""
    most = policy.in_force(today(at)).most_pictures
    return first_refusal(
        *kept(actor, one.village_id), (waits(one, at), OVER), (not is_to_be_helped(one.home, today(at)), HELP_FIRST),
        (held(one).count() < most, _("一件最多 %(n)s 张照片。先销毁用不上的。") % {"n": most}),
    )  # fmt: skip


def can_check(actor, photo, at):
    """May the actor say that nobody and no inside of a house is on it: another hand of the village than added it."""
    one = photo.shortcoming
    return first_refusal(
        *kept(actor, one.village_id), (waits(one, at), OVER), (photo.state == PictureState.WAITS, _("这张照片已经看过。")),
        *another_hand(actor, {photo.added_by_id}, at, _("传照片的人不能自己看过,请本村另一个经办人看。没有第二个人的,不用照片,当面说。")),
    )  # fmt: skip


def can_destroy(actor, photo):
    """May the actor destroy it: any hand, at any time."""
    return first_refusal(*kept(actor, photo.shortcoming.village_id), (photo.state != PictureState.GONE, _("这张照片已经销毁。")))
