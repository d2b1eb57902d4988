"""One of everything that appraisal keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..appraisal_states import StoryState, StrictState
from ..models import AppraisalRound, RedEntry, RoleStory, Shortcoming, ShortcomingPhoto, StrictNotice, Tip
from . import appraisal_factories as made

KNOWN = {
    "appraisal_round_id": AppraisalRound, "red_entry_id": RedEntry, "shortcoming_id": Shortcoming, "shortcoming_photo_id": ShortcomingPhoto, "strict_notice_id": StrictNotice, "role_story_id": RoleStory, "tip_id": Tip,
}  # fmt: skip


def plant(world):
    """Make them: a red list that hangs, something told that is late, with a picture, another on the paper board with an objection, a story shown, a tip."""
    made.listed(world)
    made.strict(world, StrictState.UP)
    made.objected(world)
    made.photo(world, 5)
    made.story(world, StoryState.SHOWN)
    made.tip(world)
