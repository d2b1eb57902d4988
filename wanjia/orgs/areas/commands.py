"""The acts on the tree of areas: load the county's own list, end an area in favour of others, keep another name."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused, first_refusal

from ..models import Area, AreaAlias, AreaSuccession, Level
from ..subjects import SELDOM
from . import forms, listing, names, pages, rules
from .fields import AreasField
from .subjects import AREA_NAMES, AREAS


@act(
    AREAS, "load_areas", at="load", words=_("导入区划名单"), done=pages.loaded, duty=Duty.MANAGE_AREAS, may=inside, new=True, form=forms.AreaList,
    template="orgs/areas/load.html", more=pages.within, before=pages.would_change, then=pages.to_widest, call=None, because=SELDOM,
    lines={"orgs.load_areas": _("导入区划名单")},
)  # fmt: skip
def load_areas(
    *, text, by, at, within=None,
    edition: Annotated[str, Asked(_("依据"), _("例如:永善县民政局 2024 年 3 月名单。"))],
    on: Annotated[date | None, Asked(_("从哪天起执行"))] = None,
):  # fmt: skip
    """Load a list of areas (区划名单): add the new, rename, end those with a successor. Areas that it omits stay.

    text: CSV or pasted lines with a header; edition: the list's source; on: the day from which it holds (None: always);
    within: the Area that the list covers. Returns {"new", "renamed", "ended", "unchanged"} counts. Raises Refused.
    """
    listed = listing.read(text)
    found = listing.compare(listed, within)
    top = within or (Area.objects.filter(pk=min(listed)).first())
    changed = [line.code for line in found.new] + [area.code for area, _new in (*found.renamed, *found.ended)]
    rules.can_keep_areas(by, changed).or_raise()
    _refuse_orphans(found.new, listed)
    order = [Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.GROUP]
    for level in order:  # a parent is written before its children
        Area.objects.bulk_create([_area(line, edition, on) for line in found.new if line.level == level], batch_size=500)
    for area, name in found.renamed:
        _rename(area, name, edition)
    day = on or today(at)
    for area, heirs in found.ended:
        _end(area, _areas(heirs), day, edition)
    counts = {name: len(getattr(found, name)) for name in ("new", "renamed", "ended")} | {"unchanged": found.unchanged}
    if found:
        subject = top or Area.objects.get(pk=min(listed))
        journal.record(act="orgs.load_areas", subject=subject, by=by, at=at, area_code=subject.code, edition=edition, **counts)
    return counts


@act(
    AREAS, "end_area", at="end", words=_("撤销、拆分或合并"), done=_("已撤销;原来的记录按接续关系汇总。"), duty=Duty.MANAGE_AREAS, may=rules.can_keep_area,
    tone="danger", call=None, because=SELDOM, lines={"orgs.end_area": _("撤销区划")},
)  # fmt: skip
def end_area(
    area, *, by, at,
    successors: Annotated[list[Area], Asked(_("由哪些区划接续"), _("写名称或代码,几个之间用顿号隔开。"), field=lambda *_asked, **given: AreasField(**given))],
    on: Annotated[date, Asked(_("从哪天起撤销"), initial=lambda _area, _actor, day: day)],
    basis: Annotated[str, Asked(_("依据"), most=120)],
):  # fmt: skip
    """End an area from `on` (撤销、拆分、合并); its records roll up into the successors or their common parent."""
    rules.can_keep_areas(by, [heir.code for heir in successors]).or_raise()
    first_refusal(
        (area.to_on is None, _("“%(area)s”已经撤销过了。") % {"area": area}),
        (bool(successors), _("请写明“%(area)s”由哪个区划接续,否则它的事情就没有了着落。") % {"area": area}),
        (area not in successors, _("区划不能由它自己接续。")),
        (all(heir.level == area.level for heir in successors), _("接续的区划必须是同一层级。")),
    ).or_raise()
    _end(area, successors, on, basis)
    journal.record(
        act="orgs.end_area", subject=area, by=by, at=at, reason=basis, area_code=area.code,
        successors=[heir.code for heir in successors], on=on,
    )  # fmt: skip
    return area


@act(
    AREAS, "keep_area_alias", at="aliases", words=_("添加别名"), done=_("别名已保存,以后名单里这样写也认得。"), duty=Duty.MANAGE_AREAS,
    may=rules.can_keep_area, call=None, because=SELDOM, lines={"orgs.keep_area_alias": _("添加区划别名")},
)  # fmt: skip
def keep_area_alias(area, *, name: Annotated[str, Asked(_("别名"))], by, at):
    """Keep another name under which people write an area (别名)."""
    name = names.canonical(name)
    if not name or len(name) > 60:
        raise Refused(_("别名要有 1 到 60 个字。"))
    alias, created = AreaAlias.objects.get_or_create(area=area, name=name)
    if created:
        journal.record(act="orgs.keep_area_alias", subject=area, by=by, at=at, area_code=area.code, name=name)
    return alias


@act(
    AREA_NAMES, "drop_area_alias", at="drop", words=_("删除区划别名"), done=_("别名已删除。"), duty=Duty.MANAGE_AREAS, may=rules.can_drop, tone="danger",
    call=None, because=SELDOM, lines={"orgs.drop_area_alias": _("删除区划别名")},
)  # fmt: skip
def drop_area_alias(alias, *, by, at):
    """Drop a name that turned out to mean another place."""
    journal.record(act="orgs.drop_area_alias", subject=alias.area, by=by, at=at, area_code=alias.area_id, name=alias.name)
    AreaAlias.objects.filter(pk=alias.pk).delete()


def _area(line, edition, on):
    short = names.short_name(line.name, line.level)
    return Area(
        code=line.code, name=line.name, short_name=short, pinyin=names.pinyin(short), level=line.level, parent_id=line.parent,
        urban_rural=line.urban_rural, from_on=on, edition=edition,
    )  # fmt: skip


def _rename(area, name, edition):
    """Rename an area; the old name stays as an alias, since papers go on bearing it."""
    AreaAlias.objects.get_or_create(area=area, name=area.short_name)
    area.name, area.short_name, area.edition = name, names.short_name(name, area.level), edition
    area.pinyin = names.pinyin(area.short_name)
    area.save(update_fields=["name", "short_name", "pinyin", "edition"])


def _end(area, successors, on, basis):
    area.to_on = on
    area.save(update_fields=["to_on"])
    for heir in successors:
        AreaSuccession.objects.get_or_create(old=area, new=heir, defaults={"on": on, "basis": basis})


def _areas(codes):
    found = {area.code: area for area in Area.objects.filter(pk__in=codes)}
    for code in codes:
        if code not in found:
            raise Refused(_("继任代码“%(code)s”不在区划名单里。") % {"code": code})
    return [found[code] for code in codes]


def _refuse_orphans(new, listed):
    parents = {line.parent for line in new if line.parent} - set(listed)
    known = set(Area.objects.filter(pk__in=parents).values_list("pk", flat=True))
    for line in new:
        if line.parent in parents - known:
            raise Refused(_("“%(name)s”的上级区划 %(code)s 不在名单里。") % {"name": line.name, "code": line.parent})
