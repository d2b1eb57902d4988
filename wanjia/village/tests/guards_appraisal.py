"""Each CHECK and each unique constraint of appraisal, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import (
    AppraisalRound,
    RedEntry,
    RoleStory,
    Shortcoming,
    ShortcomingPhoto,
    StrictNotice,
    StrictObjection,
    Tip,
)

from .appraisal_factories import (
    DAY,
    counted,
    drawn,
    entry,
    home,
    listed,
    objected,
    photo,
    standing,
    story,
    strict,
    tip,
    told,
)
from .guards_points import _again, _of


def _first(world):
    return standing(world, 1).entries.get()


CHECKS = {
    "appraisal_of_a_quarter": _of(AppraisalRound, drawn, quarter=5),
    "appraisal_counted_by_a_poll": _of(AppraisalRound, counted, poll=None),
    "red_list_put_up_by_another": lambda w: AppraisalRound.objects.filter(pk=listed(w).pk).update(listed_by=w.register.yang),
    "red_list_hangs_by_days": _of(AppraisalRound, listed, until_on=DAY - timedelta(days=1)),
    "entry_heard_by_word": _of(RedEntry, _first, heard=""),
    "entry_withdrawn_on_a_day": _of(RedEntry, entry, withdrawn_on=DAY),
    "shortcoming_told_by_days": _of(Shortcoming, told, help=""),
    "shortcoming_ends_on_a_day": _of(Shortcoming, told, ended_on=DAY),
    "shortcoming_reply_on_a_day": _of(Shortcoming, told, reply="等几天"),
    "shortcoming_photo_seen_by_another": lambda w: ShortcomingPhoto.objects.filter(pk=photo(w, state="picture_seen").pk).update(seen_by=w.register.yang),
    "shortcoming_photo_gone_whole": _of(ShortcomingPhoto, photo, gone_on=DAY),
    "strict_put_up_by_another": lambda w: StrictNotice.objects.filter(pk=strict(w).pk).update(put_up_by=w.register.yang),
    "strict_hangs_by_days": _of(StrictNotice, strict, from_on=DAY),
    "strict_down_with_words": _of(StrictNotice, strict, down_on=DAY),
    "strict_objection_answered_whole": _of(StrictObjection, objected, upheld=True),
    "story_shown_by_another": lambda w: RoleStory.objects.filter(pk=story(w).pk).update(shown_by=w.register.yang),
    "story_heard_by_word": _of(RoleStory, story, heard=""),
    "story_shown_by_days": _of(RoleStory, story, shown_on=DAY),
    "tip_closed_on_a_day": _of(Tip, tip, closed_on=DAY),
}
ONCE = {
    "one_appraisal_a_quarter": _again(AppraisalRound, drawn, "village", "group_name", "year", "quarter", "places", "drawn_at"),
    "one_entry_a_home": _again(RedEntry, _first, "round", "home", "consent", "consented_on", "heard", "asked_at", called="另一个称呼"),
    "called_once_a_round": lambda w: _again(RedEntry, _first, "round", "called", "consent", "consented_on", "heard", "asked_at", home=home(w, 5))(w),
    "one_shortcoming_a_home": lambda w: Shortcoming(**{name: getattr(told(w), name) for name in ("village", "home", "place", "fact", "help", "seen_on", "told_on", "due_on", "until_on")}, told_at=MONDAY),
}
