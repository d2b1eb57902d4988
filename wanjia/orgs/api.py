"""Areas, units, sponsorship, accounts, notices and the journal over HTTP: read, never written (accounts and duties: ADR 53)."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from ninja import Router

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of
from wanjia.doors.dialect import text
from wanjia.doors.pages import row_or_404
from wanjia.kernel.models import Entry
from wanjia.orgs.roles import Role

from . import scope
from .accounts import queries as accounts
from .areas import queries as areas_below
from .areas.subjects import AREAS
from .models import Area, DutyNotice, Line, Organisation, Post, Sponsorship, Tier, User
from .second_person import queries as second_person
from .sponsorship import queries as sponsorship
from .trail import queries as trail
from .trail import telling
from .units import queries as standing

router = Router(tags=["orgs"])


class AreaOut(Answer, of=Area, columns="code name level parent_id"):
    """An area."""


class Below(Cut):
    """Below which area; the widest in reach, when nothing is said."""

    under: text(15) = ""


@list_of(router, "areas", AreaOut, page="orgs:areas", words=_("行政区划"), asked=Below)
def areas(request, asked):
    """The living areas right below one."""
    tops = scope.areas(request.user, duty=areas_below.LOOKS)
    if not asked.under and not tops:
        return []
    place = row_or_404(AREAS, request.user, asked.under, duty=areas_below.LOOKS) if asked.under else tops[0]
    return areas_below.tree(place, request.day)


class UnitOut(Answer, of=Organisation, columns="id name tier line area_id posts=n_posts"):
    """A unit and how many posts it fills."""

    posts: int


class FindUnit(Cut):
    """Which units."""

    q: text(60) = ""
    tier: Tier | None = None
    line: Line | None = None


@list_of(router, "units", UnitOut, page="orgs:units", words=pgettext_lazy("list", "单位"), asked=FindUnit)
def units(request, asked):
    """The living units, by area and name."""
    return standing.found(request.user, q=asked.q, tier=asked.tier, line=asked.line).order_by("area_id", "name")


class BondOut(Answer, of=Sponsorship, columns="id organisation_id organisation=organisation.name area_id head_name from_on to_on"):
    """A unit that sponsors an area."""


@list_of(router, "sponsorships", BondOut, page="orgs:sponsorships", words=_("挂联"))
def sponsorships(request, _asked):
    """The bonds in force today, by area."""
    tops = scope.areas(request.user, duty=sponsorship.LOOKS)
    return sponsorship.bonds_under(tops[0], request.day) if tops else []


class PostOut(Answer, of=Post, columns="role organisation_id organisation=organisation.name"):
    """A post held today."""


class UserOut(Answer, of=User, columns="id username name is_active last_login posts=held"):
    """An account with the posts it holds; neither phone nor anything it signs in with."""

    posts: list[PostOut]


class FindUser(Cut):
    """Which accounts."""

    q: text(60) = ""
    role: Role | None = None
    locked: bool = False


@list_of(router, "users", UserOut, page="orgs:users", words=_("用户与岗位"), asked=FindUser)
def users(request, asked):
    """The accounts that I keep, by account."""
    found = accounts.users(request.user, words=asked.q, role=asked.role or "", locked=asked.locked, day=request.day)
    return found.order_by("username")


class NoticeOut(Answer, of=DutyNotice, columns="at change words=get_change_display about=about.name role area_id by_name seen_at"):
    """What I was told about somebody's post."""

    words: str


@list_of(router, "notices", NoticeOut, page="orgs:duty_notices", words=_("岗位确认与提醒"))
def notices(request, _asked):
    """What I was told about posts like mine, newest first; asking marks nothing as seen."""
    return second_person.notices(request.user)


class LineOut(Answer, of=Entry, columns="seq at kind act words by_name by_org thing subject_id name before after told sentence"):
    """One line of the journal, as the page shows it."""

    words: str
    thing: str
    name: str
    told: str
    sentence: str


class FindLine(Cut):
    """Which lines; days are Chinese days, both included."""

    q: text(60) = ""
    person: text(60) = ""
    unit: text(60) = ""
    act: text(60) = ""
    subject: text(60) = ""
    readings: bool = False
    since: date | None = None
    until: date | None = None


def _lines_out(request, entries):
    entries = list(entries)
    sentences = [line.sentence for line in telling.told(request.user, entries)]
    return [
        {"seq": one.seq, "at": one.at, "kind": one.kind, "act": one.act, "words": str(words), "by_name": one.by_name, "by_org": one.by_org, "thing": str(thing),
         "subject_id": one.subject_id, "name": name, "before": str(change[0] or ""), "after": str(change[1] or ""), "told": one.told, "sentence": sentence}
        for (one, words, thing, name, change), sentence in zip(trail.lines(entries), sentences)
    ]  # fmt: skip


@list_of(router, "journal", LineOut, page="journal", words=_("操作日志"), asked=FindLine, shown=_lines_out)
def journal(request, asked):
    """The lines that I may read, newest first."""
    days = {name: getattr(asked, name).isoformat() if getattr(asked, name) else "" for name in ("since", "until")}
    asked = asked.dict(exclude={"limit", "offset", "since", "until"})
    return trail.entries(request.user, **asked, **days).order_by("-seq")
