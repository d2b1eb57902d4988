"""The acts of helpers: on the list, changed, gone; a query of records; a team and who belongs to it."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, User
from wanjia.policy import pairing as policy
from wanjia.policy import vetting
from wanjia.registry.finding import by_number
from wanjia.registry.models import Sex
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import BackgroundCheck, Helper, Team, TeamMember
from ..models.teams import MOST
from ..states import Cleared, HelperKind, Language, TeamKind
from . import queries, rules
from .subjects import HELPERS, MEMBERS, TEAMS

KEEPS = {"duty": Duty.KEEP_HELPERS}


def _own(name):
    return lambda row, _actor, _day: getattr(row, name)


def _spoken(row, _actor, _day):
    return row.speaks.split()


def _resident(number, name, at):
    """Return the person of the register who bears this number and this name, or None; nothing tells which, and the number is kept nowhere. Raises Refused for no number."""
    if not number.strip():
        return None
    rules.is_number(number, today(at)).or_raise()
    found = by_number(number)
    return found if found is not None and found.name == name.strip() else None


Number = Annotated[str, Asked(_("身份证号"), _("在本县户册里的人填。只用来核对他是不是孩子的亲属,不保存,不显示。"), most=20)]
Unit = Annotated[Organisation, Asked(_("单位"), among=queries.units, within=rules.ELSEWHERE)]


@act(HELPERS, "helper_new", at="new", words=_("登记帮扶人"), done=_("已登记。接着查询背景、登记结果,才能接触孩子。"), **KEEPS, may=rules.keeps, new=True, lines={"helper.register": _("登记帮扶人")})
def register_helper(
    *, by, at, organisation: Unit,
    name: Annotated[str, Asked(_("姓名"), least=2, most=60)],
    kind: Annotated[HelperKind, Asked(_("类别"))],
    sex: Annotated[str, Asked(_("性别"), among=lambda *_row: Sex.choices)],
    speaks: Annotated[list[Language], Asked(_("会说"))] = (),
    skills: Annotated[str, Asked(_("特长"), _("例如数学、足球、心理。"), most=60)] = "",
    capacity: Annotated[int | None, Asked(_("最多帮几个孩子"), _("不填按结对方案的一般人数。只参加队伍活动的填 0。"), least=0, most=MOST, initial=lambda _row, _actor, day: policy.in_force(day).capacity)] = None,
    phone: Annotated[str, Asked(_("手机号"), most=20)] = "",
    user: Annotated[User | None, Asked(_("账号"), _("有账号的选上,他能在手机上看到自己结对的孩子。"), among=queries.accounts, within=_("这个账号已经对应别的帮扶人,或者不在您的辖区。"), none=_("没有"))] = None,
    insured_until: Annotated[date | None, Asked(_("志愿者保险到期"))] = None,
    number: Number = "",
):  # fmt: skip
    """Put somebody who helps on the list (登记帮扶人); along the register's record kin are found. Near children only once somebody else recorded that the records are clear."""
    rules.is_account_of(by, user, name).or_raise()
    one = Helper.objects.create(
        organisation=organisation, name=name.strip(), kind=kind, sex=sex, speaks=" ".join(str(each) for each in speaks), skills=skills.strip(), capacity=policy.in_force(today(at)).capacity if capacity is None else capacity,
        phone=phone.strip(), user=user, insured_until=insured_until, from_on=today(at), person=_resident(number, name, at),
    )  # fmt: skip
    journal.record(act="helper.register", subject=one, by=by, at=at, area_code=organisation.area_id, what=kind)
    return one


@act(HELPERS, "helper_change", at="change", words=_("更新帮扶人"), done=_("已更新。"), **KEEPS, may=rules.can_change, rank=20, lines={"helper.change": _("更新帮扶人")})
def change_helper(
    helper, *, by, at,
    capacity: Annotated[int, Asked(_("最多帮几个孩子"), least=0, most=MOST, initial=_own("capacity"))],
    speaks: Annotated[list[Language], Asked(_("会说"), initial=_spoken)] = (),
    skills: Annotated[str, Asked(_("特长"), most=60, initial=_own("skills"))] = "",
    insured_until: Annotated[date | None, Asked(_("志愿者保险到期"), initial=_own("insured_until"))] = None,
    number: Number = "",
):  # fmt: skip
    """Change what somebody who helps can do; a capacity below today's pairs parts nobody, the next plan asks for it."""
    before = {"capacity": helper.capacity, "speaks": helper.speaks, "skills": helper.skills}
    values = {"capacity": capacity, "speaks": " ".join(str(each) for each in speaks), "skills": skills.strip(), "insured_until": insured_until}
    if number.strip():
        values["person"] = _resident(number, helper.name, at) or helper.person
    if not Helper.objects.filter(pk=helper.pk, version=helper.version).update(**values, version=helper.version + 1):
        raise Conflict()
    helper.refresh_from_db()
    journal.record(act="helper.change", subject=helper, by=by, at=at, area_code=helper.organisation.area_id, was=before)
    return helper


@act(HELPERS, "helper_leave", at="leave", words=_("离任"), done=_("已记下离任。"), **KEEPS, may=rules.can_leave, aside=True, tone="danger", lines={"helper.leave": _("帮扶人离任")})
def leave_helper(helper, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Let somebody go (离任), from today on: nobody whose children have nobody else yet."""
    day = today(at)
    if day <= helper.from_on:
        raise Refused(_("今天才登记的,明天才能记离任。"))
    if not Helper.objects.filter(pk=helper.pk, version=helper.version).update(to_on=day, end_reason=reason.strip(), version=helper.version + 1):
        raise Conflict()
    helper.refresh_from_db()
    TeamMember.objects.filter(helper=helper, to_on=None).update(to_on=day)
    journal.record(act="helper.leave", subject=helper, by=by, at=at, area_code=helper.organisation.area_id, reason=reason.strip())
    return helper


@act(HELPERS, "helper_vet", at="vet", words=_("登记背景审查"), done=_("已登记。"), duty=Duty.VET_HELPERS, may=rules.can_vet, rank=10, lines={"helper.vet": _("登记背景审查")})
def record_check(
    helper, *, by, at,
    on: Annotated[date, Asked(_("查询日期"), initial=lambda _row, _actor, day: day)],
    result: Annotated[Cleared, Asked(_("结果"), _("只记能不能接触未成年人,不记查到了什么。"))],
    authority: Annotated[str, Asked(_("查询机关"), least=2, most=60, initial=queries.last_authority)],
    reference: Annotated[str, Asked(_("回执编号"), least=2, most=60)],
):  # fmt: skip
    """Record what a query of records answered (背景审查): whether, never what. It counts for a year; "barred" counts until a later one says otherwise."""
    rules.is_a_query_of(on, at).or_raise()
    rules.may_clear(by, helper, result, at).or_raise()
    one = BackgroundCheck.objects.create(
        helper=helper, on=on, until_on=vetting.valid_until(on), result=result, authority=authority.strip(), reference=reference.strip(), recorded_at=at,
        recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="helper.vet", subject=helper, by=by, at=at, area_code=helper.organisation.area_id, until_on=one.until_on)
    return helper


@act(TEAMS, "team_new", at="new", words=_("登记队伍"), done=_("已登记。接着加队员。"), **KEEPS, may=rules.keeps, new=True, lines={"team.found": _("登记志愿队伍")})
def found_team(*, by, at, organisation: Unit, name: Annotated[str, Asked(_("队伍名称"), least=2, most=60)], kind: Annotated[TeamKind, Asked(_("类别"))]):
    """Put a team on the list (志愿服务队、文艺团、老年志愿服务队、党员法官志愿服务队)."""
    try:
        with transaction.atomic():
            one = Team.objects.create(organisation=organisation, name=name.strip(), kind=kind, from_on=today(at))
    except IntegrityError:
        raise Conflict(_("这个单位已经有同名的队伍。")) from None
    journal.record(act="team.found", subject=one, by=by, at=at, area_code=organisation.area_id)
    return one


@act(TEAMS, "team_join", at="join", words=_("加队员"), done=_("已加入。"), **KEEPS, may=rules.can_keep_team, rank=10, lines={"team.join": _("加入志愿队伍")})
def join_team(team, *, by, at, helper: Annotated[Helper, Asked(_("谁"), _("先登记帮扶人,再加进队伍。"), among=queries.joining, named=queries.helpers_of_all, within=_("他不在您的名单里,或者已经在这支队伍里。"))]):
    """Let somebody belong to a team (加入)."""
    TeamMember.objects.create(team=team, helper=helper, from_on=today(at))
    journal.record(act="team.join", subject=team, by=by, at=at, area_code=team.organisation.area_id, helper=helper.pk)
    return team


@act(MEMBERS, "member_quit", at="quit", words=_("退出队伍"), done=_("已退出。"), **KEEPS, may=rules.can_quit, aside=True, tone="danger", lines={"team.quit": _("退出志愿队伍")})
def quit_team(member, *, by, at):
    """Let somebody belong to a team no longer."""
    if not TeamMember.objects.filter(pk=member.pk, to_on=None).update(to_on=today(at)):
        raise Conflict()
    member.refresh_from_db()
    journal.record(act="team.quit", subject=member.team, by=by, at=at, area_code=member.team.organisation.area_id, helper=member.helper_id)
    return member


@act(TEAMS, "team_end", at="end", words=_("解散队伍"), done=_("已解散。"), **KEEPS, may=rules.can_keep_team, aside=True, tone="danger", lines={"team.end": _("解散志愿队伍")})
def end_team(team, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """End a team: its members stay helpers."""
    day = today(at)
    if not Team.objects.filter(pk=team.pk, version=team.version).update(to_on=day, version=team.version + 1):
        raise Conflict()
    team.refresh_from_db()
    TeamMember.objects.filter(team=team, to_on=None).update(to_on=day)
    journal.record(act="team.end", subject=team, by=by, at=at, area_code=team.organisation.area_id, reason=reason.strip())
    return team
