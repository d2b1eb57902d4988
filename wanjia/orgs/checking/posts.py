"""Who held which post when, held against the journal: who is independent of a need goes by these rows, and only acts write them."""

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post

from .reading import against, live_rows

COLUMNS = ("pk", "user_id", "organisation_id", "role", "area_id", "from_on", "to_on", "waiting", "declined")
GIVEN = {"organisation": "organisation_id", "role": "role", "area": "area_id", "from_on": "from_on", "to_on": "to_on", "waiting": "waiting"}
ACTS = ("orgs.give_post", "orgs.end_post", "orgs.confirm_post", "orgs.decline_post")


def faults(_day):
    """Yield (post, column, is, should) for every post that is otherwise than its lines in the journal say."""
    told = _told()
    first = min(told, default=None)  # posts from before the first that the journal saw given have no line; every later one has
    yield from against("post", live_rows(Post, COLUMNS), told, lets_be=lambda pk, _row: first is None or pk < first)


def _told():
    """Return {post: {column: value}} as the acts left them; a line says only what its version wrote."""
    told = {}
    lines = Entry.objects.filter(subject="orgs.user", act__in=ACTS).order_by("seq")
    for user, act, detail in lines.values_list("subject_id", "act", "detail").iterator(chunk_size=1000):
        pk = detail.get("post")
        if act == "orgs.give_post" and pk is not None:
            said = {column: detail[name] for name, column in GIVEN.items() if name in detail}
            told[pk] = {"user_id": user, "declined": False, **said}
        elif pk in told:
            told[pk] |= {"to_on": detail.get("on")} if act == "orgs.end_post" else {"waiting": False, "declined": act == "orgs.decline_post"}
    return told
