"""The acts that open an office: say what the database is for, make its first accounts, bring in its people."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.translation import gettext as _

from wanjia import __version__
from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.areas import commands as areas
from wanjia.orgs.models import Area, Organisation, User
from wanjia.orgs.units import commands as units
from wanjia.verdict import Refused, first_refusal

from ..models import Installation, Kind
from . import people, queries, rules


@command("office.open_office")
def open_office(*, kind, by, at, county=""):
    """Say once what this database is for (开办): a real office or a demo. Raises Refused when it is the other already."""
    rules.can_run_the_machine(by).or_raise()
    found = queries.installation()
    if found is None and kind == Kind.OFFICE and queries.planted():
        raise Refused(_("这个数据库里有演示账号,不能用来正式办公。请换一个空的数据库。"))
    if found is not None:
        said = {Kind.DEMO: _("这是演示用的数据库,不能用来正式办公。请换一个空的数据库。"),
                Kind.OFFICE: _("这是正式使用的数据库,不能装演示数据。请另设 WANJIA_VAR 指向一个空文件夹。")}  # fmt: skip
        first_refusal((found.kind == kind, said[Kind(found.kind)])).or_raise()
        return found
    opened = Installation.objects.create(kind=kind, county=county, opened_at=at, version=__version__)
    journal.record(act="office.open", subject=opened, by=by, at=at, area_code=county, installation=kind)
    return opened


@command("office.open_account")
def open_account(*, username, name, password, organisation, role, by, at, totp=""):
    """Open one of the first accounts with its post. totp: the secret of a second factor that is set up with it."""
    rules.can_run_the_machine(by).or_raise()
    user = accounts.create_user(username=username, name=name, password=password, by=by, at=at)
    accounts.give_post(user_id=user.pk, organisation=organisation, role=role, from_on=today(at), by=by, at=at)
    _second_factor(user, totp)
    return user


@command("office.reset_sign_in")
def reset_sign_in(*, user, password, by, at, totp=""):
    """Set a first password from the machine itself, and drop the second factor: for an office that is locked out."""
    rules.can_run_the_machine(by).or_raise()
    accounts.reset_password(user_id=user.pk, password=password, by=by, at=at)
    Authenticator.objects.filter(user=user).delete()
    _second_factor(user, totp)
    journal.record(act="office.reset_sign_in", subject=user, by=by, at=at, second_factor=bool(totp))
    return user


@command("office.bring_people")
def bring_people(*, roster, passwords, by, at):
    """Bring in the areas, units, people and posts that `people.judge` found whole: all or nothing. Returns the new accounts.

    passwords: {account: first password} for those that do not stand yet.
    """
    rules.can_run_the_machine(by).or_raise()
    if roster.faults:
        raise Refused(_("工作簿里还有 %(n)s 处要改,改好以后再导入。") % {"n": len(roster.faults)})
    if roster.areas:
        areas.load_areas(text=roster.area_list(), edition=_("本县工作簿"), by=by, at=at)
    for row in roster.units:
        _keep_unit(row, by, at)
    return [user for row in roster.people if (user := _keep_person(row, passwords, by, at))]


def _keep_unit(row, by, at):
    area = Area.objects.get(pk=row.area)
    if not Organisation.objects.filter(area=area, name=row.name).exists():
        parent = people.unit_named(row.parent) if row.parent else None
        units.keep_organisation(
            name=row.name, area=area, tier=row.tier, line=row.line, short_name=row.short, parent=parent, by=by, at=at
        )


def _keep_person(row, passwords, by, at):
    """Open one account unless it stands, give the post unless it is held. Returns a new account, else None."""
    unit, user = people.unit_named(row.unit), User.objects.filter(username=row.username).first()
    new = user is None
    if new:
        user = accounts.create_user(
            username=row.username, name=row.name, password=passwords[row.username], phone=row.phone, by=by, at=at
        )
    if not user.posts.filter(organisation=unit, role=row.role, to_on=None).exists():
        area = Area.objects.get(pk=row.area) if row.area else None
        accounts.give_post(
            user_id=user.pk, organisation=unit, role=row.role, title=row.title, area=area, from_on=today(at), by=by, at=at
        )
    return user if new else None


def _second_factor(user, secret):
    if secret:
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
