"""Open an office step by step: each step makes only what is missing, so that a run that was cut off is simply run again."""

from pathlib import Path

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.accounts.pages import first_password
from wanjia.orgs.areas import commands as areas
from wanjia.orgs.areas import listing
from wanjia.orgs.models import Area, Level, Organisation, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person import commands as second_person
from wanjia.orgs.units import commands as units
from wanjia.orgs.workdays import commands as workdays
from wanjia.sealing import proof
from wanjia.verdict import Refused

from ..models import Kind
from . import commands, counties, people, queries
from .rules import INSTALLER
from .slips import slip_of

EDITION = "国家统计局统计用区划代码"


def open_office(answers, say):
    """Open what is missing of the office that `answers` describe; return the Slips of the accounts opened now."""
    act = {"by": INSTALLER, "at": timezone.now()}
    found = queries.installation()
    if found is not None or queries.planted():
        commands.open_office(kind=Kind.OFFICE, **act)  # refuses a demo's database
    if found is None:
        proof.first_set_up()  # an office's first ring is made here; a ring that is missing later is never made anew in silence
    with transaction.atomic():
        workdays.load_published(**act)
        county = Area.objects.filter(pk=found.county).first() if found else None
        county = county or load_county(answers["county"], act)
        commands.open_office(kind=Kind.OFFICE, county=county.code, **act)
        unit = keep_unit(answers["unit"], county, act)
    say(f"{county.name}:乡镇 {_n(county, Level.TOWNSHIP)} 个,村(社区){_n(county, Level.VILLAGE)} 个", "areas stand")
    slips = []
    for role, username, name, factor in (
        (Role.ADMINISTRATOR, answers["admin"], answers["admin_name"], True),
        (Role.AUDITOR, answers["auditor"], answers["auditor_name"], False),
    ):
        if queries.holders(role).exists():
            say(f"已有{role.label},不改", f"{role.value} stands")
        elif username:
            slips.append(_account(role, username, name, unit, factor, act))
    return slips


def _n(county, level):
    return Area.objects.filter(level=level, code__startswith=county.stem).count()


def load_county(said, act):
    """Load the areas of the county that was named, or of the list in a file; return the county."""
    code = counties.code_of(said or "")
    if code:
        text = queries.county_list(code)
    elif said and Path(said).is_file():
        text = listing.text_of(Path(said).read_bytes(), Path(said).name)  # as the county's own office keeps it: .xlsx, GBK
        code = next((line.split(",")[0][:6] for line in text.splitlines()[1:] if line[4:6] not in ("", "00")), "")
    else:
        if not said:
            raise Refused(_("还没有写是哪个县。请加上 --county 再运行一次,例如 wanjia init --county 永善县。可以写:%(known)s;别的县请给一份区划名单文件。") % {"known": counties.names()})
        raise Refused(_("不认识“%(said)s”这个县。可以写:%(known)s;别的县请给一份区划名单文件。") % {"said": said, "known": counties.names()})
    areas.load_areas(text=text, edition=EDITION, **act)
    county = Area.objects.filter(pk=code.ljust(12, "0"), level=Level.COUNTY).first()
    if county is None:
        raise Refused(_("区划名单里没有县一级(代码后六位是 0)。请补上市、县两行。"))
    return county


def keep_unit(name, county, act):
    """Return the unit of the first accounts, set up when it is missing."""
    name = county.name + name[1:] if name.startswith("县") else name
    found = Organisation.objects.filter(area=county, name=name).first()
    return found or units.keep_organisation(name=name, area=county, tier=Tier.COUNTY, **act)


def _account(role, username, name, unit, factor, act):
    password, secret = first_password(), generate_totp_secret() if factor else ""
    user = commands.open_account(
        username=username, name=name or str(role.label), password=password, organisation=unit, role=role, totp=secret, **act
    )
    return slip_of(user, password, secret)


def slip_anew(username, *, factor):
    """Give one account a first sign-in slip anew. Raises Refused for an account that is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(_("没有“%(name)s”这个账号。") % {"name": username})
    password, secret = first_password(), generate_totp_secret() if factor else ""
    commands.reset_sign_in(user=user, password=password, totp=secret, by=INSTALLER, at=timezone.now())
    return slip_of(user, password, secret)


def vouch(username):
    """Say on the machine that an account is its owner's, where the office has no second person: its waiting posts are held, its
    sleeping ones again. Returns how many acts that took; raises Refused when nothing waits.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(_("没有“%(name)s”这个账号。") % {"name": username})
    act = {"by": INSTALLER, "at": timezone.now()}
    waiting = list(user.posts.filter(waiting=True, declined=False))
    if not waiting and user.asleep_since is None:
        raise Refused(_("“%(name)s”没有等着确认的岗位。") % {"name": username})
    for post in waiting:
        second_person.decide_post(post_id=post.pk, agree=True, **act)
    if user.asleep_since is not None:
        second_person.wake_user(user_id=user.pk, **act)
    return len(waiting) + (user.asleep_since is not None)


def address():
    """Return the address that stands on the slips."""
    host = settings.ALLOWED_HOSTS[0]
    return f"https://{host}/" if settings.WANJIA_SECURE else f"http://{host}:8000/"


class Bringing:
    """A workbook of units and people on its way in: judged first, written only when confirmed."""

    def __init__(self, data, name):
        self.at = timezone.now()
        self.roster = people.judge(data, name, today=today(self.at))

    def confirm(self):
        """Write it all or nothing; return the Slips of the accounts opened now."""
        passwords = {row.username: first_password() for row in self.roster.people}
        new = commands.bring_people(roster=self.roster, passwords=passwords, by=INSTALLER, at=self.at)
        return [slip_of(user, passwords[user.username]) for user in new]
