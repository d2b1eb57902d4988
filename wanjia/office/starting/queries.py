"""What stands already when an office is opened, and the areas of a county."""

import csv

from django.db.models import Count, Prefetch

from wanjia.orgs.accounts.rules import visible_users
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from ..models import Installation
from .counties import LISTS


def installation():
    """Return the row that says what this database is for, or None."""
    return Installation.objects.filter(pk=1).first()


def county_list(code):
    """Return the area list of one county as CSV text: city, county, townships, villages."""
    lines = ["code12,name,township"]
    with (LISTS / "zhaotong_counties.csv").open(encoding="utf-8") as file:
        lines += [f"{row['code12']},{row['name']}," for row in csv.DictReader(file) if row["code12"][:6] in (code[:4] + "00", code)]
    with (LISTS / "zhaotong_villages.csv").open(encoding="utf-8") as file:
        lines += [f"{row['code12']},{row['name']},{row['township']}" for row in csv.DictReader(file) if row["county6"] == code]
    return "\n".join(lines) + "\n"


def holders(role):
    """The accounts that hold a role today or later."""
    return User.objects.filter(pk__in=Post.objects.filter(role=role, to_on=None).values("user_id"))


def administrators():
    """The administrators of this office."""
    return holders(Role.ADMINISTRATOR)


def never_signed_in(actor):
    """The accounts that the actor keeps, opened and never used, each with the posts it has or is proposed for (`held`)."""
    posts = Post.objects.filter(to_on=None, declined=False).select_related("organisation")
    unused = visible_users(actor).filter(last_login=None, is_active=True, must_change_password=True).exclude(pk=actor.pk)
    return unused.order_by("username").prefetch_related(Prefetch("posts", posts, to_attr="held"))


def planted():
    """How many accounts share one password hash with another: salts differ, so only planted accounts do."""
    return sum(User.objects.filter(password__contains="$").values_list("password").annotate(n=Count("pk")).filter(n__gt=1).values_list("n", flat=True))
