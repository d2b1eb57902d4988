"""The acts on organisations: keep one, keep another name of it, end it."""

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused, first_refusal

from ..areas.fields import place
from ..areas.names import canonical, pinyin
from ..areas.pages import widest
from ..handing import pages as handing
from ..handing.commands import close_post, pass_on
from ..handing.queries import leaving_unit
from ..handing.rules import may_end_posts
from ..models import Area, Line, Organisation, OrganisationAlias, Tier
from ..subjects import SELDOM
from . import pages, rules
from .fields import unit_of
from .subjects import UNITS

KEPT = ("name", "short_name", "area", "tier", "line", "parent", "pinyin", "phone")
OFFICE_PHONE = re.compile(r"[0-9][0-9 -]{4,18}[0-9]")


def _stands(name):
    """Say what stands in a unit that is changed; nothing in a new one."""
    return lambda unit, *_rest: getattr(unit, name, None)


@act(
    UNITS, "new_unit", at="new", words=_("设立单位"), done=_("单位已设立。"), duty=Duty.MANAGE_AREAS, may=inside, new=True, call=None, because=SELDOM,
    lines={"orgs.keep_organisation": _("设立或修改单位")},
)  # fmt: skip
def keep_organisation(
    *, by, at,
    name: Annotated[str, Asked(_("单位名称"), most=80, initial=_stands("name"))],
    short_name: Annotated[str, Asked(_("简称"), most=40, initial=_stands("short_name"))] = "",
    area: Annotated[Area, Asked(_("所在区划"), _("写名称或代码,例如:细沙乡、大同村。"), field=place(widest), initial=_stands("area_id"))],
    tier: Annotated[Tier, Asked(_("层级"), select=True, initial=_stands("tier"))],
    line: Annotated[Line, Asked(_("条线"), _("同一条线的单位能看到本条线在辖区内的事项。"), select=True, initial=_stands("line"))] = "",
    parent: Annotated[Organisation | None, Asked(_("上级单位"), field=unit_of(pages.above, _stands("parent")))] = None,
    phone: Annotated[str, Asked(_("办公电话"), _("值班座机,例如 0870-4120000。印在群众的小条页面上,不要填个人手机。"), most=20, initial=_stands("phone"))] = "",
    unit_id=None, aliases=(),
    **to: Annotated[object, Asked(spread=handing.fields_of_moving)],
):  # fmt: skip
    """Set up an organisation (单位), or change the one of `unit_id`; its old name stays as an alias.

    to: who takes over what it holds where it moves to another place, tier or line (handing/choices.py). A new name moves nothing.
    """
    name = canonical(name)
    stood = UNITS.take(unit_id, at)[0] if unit_id else None
    facts = {"name": name, "short_name": short_name, "area": area, "tier": tier, "line": line, "parent": parent, "phone": phone}
    _may_stand(stood, facts, by=by)
    if stood:
        rules.can_move(by, stood, area, tier, line).or_raise()
        if rules.moves(stood, area, tier, line):
            pass_on(leaving_unit(stood, today(at), moved=True), to, why=_("%(unit)s调整") % {"unit": stood.name}, by=by, at=at)
    aliases = (*aliases, stood.name) if stood and stood.name != name else aliases
    kept = _kept(stood, facts, aliases)
    journal.record(
        act="orgs.keep_organisation", subject=kept, by=by, at=at, area_code=area.code, name=name, tier=tier, line=line,
        aliases=list(aliases), new=stood is None, short_name=short_name, parent_id=kept.parent_id, phone=phone,
    )  # fmt: skip
    return kept


def _may_stand(stood, facts, *, by):
    """Refuse a unit that is called like another of its place, that lies elsewhere, or whose facts are not ones. stood: the unit that is changed, or None."""
    name, parent, pk = facts["name"], facts["parent"], stood and stood.pk
    rules.can_keep_organisation(by, facts["area"], facts["tier"]).or_raise()
    same = Organisation.objects.filter(area=facts["area"], name=name).exclude(pk=pk)
    first_refusal(
        (2 <= len(name) <= 80, _("单位名称要有 2 到 80 个字。")),
        (not same.exists(), _("“%(area)s”已经有一个“%(name)s”。") % {"area": facts["area"], "name": name}),
        (parent is None or parent.pk != pk, _("单位不能隶属于它自己。")),
        (stood is None or rules.can_change(by, stood), _("该单位不在您的辖区。")),
        (not facts["phone"] or OFFICE_PHONE.fullmatch(facts["phone"]), _("办公电话只写数字和横线,例如 0870-4120000。")),
    ).or_raise()


def _kept(stood, facts, aliases):
    """Write the row of a unit and the names by which papers mention it; return the unit."""
    kept = stood or Organisation()
    for field, value in facts.items():
        setattr(kept, field, value)
    kept.pinyin = pinyin(kept.name)
    kept.save(update_fields=KEPT if stood else None)  # its days are another act's
    spelt = dict.fromkeys(map(canonical, aliases))
    OrganisationAlias.objects.bulk_create([OrganisationAlias(organisation=kept, name=alias) for alias in spelt], ignore_conflicts=True)
    return kept


# The page of one unit changes it by the same act.
CHANGE = replace(keep_organisation.act, new=False, name="unit", at="", done=_("已保存。"), template="orgs/units/unit.html", more=pages.beside)


@act(
    UNITS, "keep_unit_alias", at="aliases", words=_("添加别名"), done=_("别名已保存,以后名单里这样写也认得。"), duty=Duty.MANAGE_AREAS, may=rules.can_change,
    call=None, because=SELDOM, lines={"orgs.keep_organisation_alias": _("添加单位别名")},
)  # fmt: skip
def keep_organisation_alias(organisation, *, name: Annotated[str, Asked(_("别名"), most=80)], by, at):
    """Keep another name under which papers mention an organisation."""
    name = canonical(name)
    if not 2 <= len(name) <= 80:
        raise Refused(_("别名要有 2 到 80 个字。"))
    alias, created = OrganisationAlias.objects.get_or_create(organisation=organisation, name=name)
    if created:
        journal.record(
            act="orgs.keep_organisation_alias", subject=organisation, by=by, at=at, area_code=organisation.area_id, name=name
        )
    return alias


@act(
    UNITS, "end_unit", at="end", words=_("撤并单位"), done=_("单位已撤并。"), duty=Duty.MANAGE_AREAS, may=rules.can_change, then=pages.to_list, tone="danger",
    call=None, because=SELDOM, lines={"orgs.end_organisation": _("撤并单位")}, template="orgs/handing/hand_over.html", more=handing.held_by_unit,
)  # fmt: skip
def end_organisation(
    organisation, *, by, at,
    on: Annotated[date, Asked(_("从哪天起撤并"), initial=lambda _unit, _actor, day: day)],
    reason: Annotated[str, Asked(_("依据"), most=200)],
    with_posts: Annotated[bool, Asked(
        _("同时结束在岗人员的岗位"), when=lambda unit, _actor, day: unit.posts.not_ended(day).exists(),
    )] = False,
    **to: Annotated[object, Asked(spread=handing.fields_of_unit)],
):  # fmt: skip
    """End an organisation from `on` (撤并). What it holds is handed over in the same step; refused while somebody still holds a post in it after that
    day, unless these posts end with it.

    to: who takes it over (handing/choices.py).
    """
    posts = list(organisation.posts.filter(Q(to_on=None) | Q(to_on__gt=on)).select_for_update(of=("self",), no_key=True).select_related("user", "organisation"))
    dated = may_end_posts(by, on, at)
    first_refusal(
        (organisation.to_on is None, _("该单位已经撤并。")),
        (bool(reason), _("请写明撤并的依据。")),
        (not posts or with_posts, _("该单位还有人在岗。请先把岗位交接完再撤并。")),
        (all(post.from_on < on for post in posts), _("有岗位在撤并那天以后才开始,请先取消。")),
        (not posts or dated, dated.reason),
    ).or_raise()
    pass_on(leaving_unit(organisation, max(on, today(at))), to, why=_("%(unit)s撤并") % {"unit": organisation.name}, by=by, at=at)
    for post in posts:
        close_post(post, on=on, reason=reason, by=by, at=at)
    organisation.to_on = on
    organisation.save(update_fields=["to_on"])
    journal.record(
        act="orgs.end_organisation", subject=organisation, by=by, at=at, reason=reason, area_code=organisation.area_id, on=on
    )
    return organisation
