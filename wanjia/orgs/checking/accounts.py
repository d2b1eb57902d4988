"""The passwords of accounts, held against their lines: whoever puts another hash into a row signs in as its owner, and calls a household in his name."""

from wanjia.kernel.models import Entry
from wanjia.sealing import keys

from ..models import User

ACTS = ("orgs.create_user", "orgs.reset_password", "orgs.first_password", "orgs.change_own_password")
DOMAIN = "orgs_user.password"


def mark_of(password):
    """Return what a line says of the hash that it set: it proves the hash to whoever has the key ring, and tells nothing of it."""
    return keys.blind(DOMAIN, password)


def faults(_day):
    """Yield (account, column, is, should) for every password that no act has set. Lines of older versions say nothing of it."""
    lines = Entry.objects.filter(subject="orgs.user", act__in=ACTS).order_by("seq")
    marks = {pk: detail["mark"] for pk, detail in lines.values_list("subject_id", "detail").iterator(chunk_size=1000) if "mark" in detail}
    for user in User.objects.order_by("username").only("username", "password"):
        mark = marks.get(str(user.pk))
        if mark and mark not in keys.blinds(DOMAIN, user.password) and mark.partition(":")[0] in keys.ring()["keys"]:
            yield f"account {user.username}", "password", "another one", "the one that the journal saw set"
