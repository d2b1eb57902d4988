"""The acts on organisations: keep one, keep another name of it, end it."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.verdict import Refused, first_refusal

from ..areas.commands import pinyin
from ..areas.names import canonical
from ..models import Organisation, OrganisationAlias
from . import rules

KEPT = ("name", "short_name", "area", "tier", "line", "parent", "pinyin")


@command("orgs.keep_organisation")
def keep_organisation(*, name, area, tier, by, at, line="", short_name="", parent=None, organisation=None, aliases=()):
    """Set up an organisation (单位), or change the one given as `organisation`; its old name stays as an alias."""
    name = canonical(name)
    rules.can_keep_organisation(by, area, tier).or_raise()
    same = Organisation.objects.filter(area=area, name=name).exclude(pk=organisation and organisation.pk)
    first_refusal(
        (2 <= len(name) <= 80, _("单位名称要有 2 到 80 个字。")),
        (not same.exists(), _("“%(area)s”已经有一个“%(name)s”。") % {"area": area, "name": name}),
        (parent is None or parent.pk != (organisation and organisation.pk), _("单位不能隶属于它自己。")),
        (
            organisation is None or rules.can_keep_organisation(by, organisation.area, organisation.tier),
            _("该单位不在您的辖区。"),
        ),
    ).or_raise()
    if organisation:
        rules.can_move(by, Organisation.objects.get(pk=organisation.pk), area, tier, line).or_raise()
    kept = organisation or Organisation()
    if organisation and organisation.name != name:
        aliases = (*aliases, organisation.name)
    kept.name, kept.short_name, kept.area, kept.tier, kept.line, kept.parent = name, short_name, area, tier, line, parent
    kept.pinyin = pinyin(name)
    # Its days are another act's: whoever asked for this before the unit was ended does not open it again.
    kept.save(update_fields=KEPT if organisation else None)
    spelt = dict.fromkeys(map(canonical, aliases))
    OrganisationAlias.objects.bulk_create(
        [OrganisationAlias(organisation=kept, name=alias) for alias in spelt], ignore_conflicts=True
    )
    journal.record(
        act="orgs.keep_organisation", subject=kept, by=by, at=at, area_code=area.code, name=name, tier=tier, line=line,
        aliases=list(aliases), new=organisation is None, short_name=short_name, parent_id=kept.parent_id,
    )  # fmt: skip
    return kept


@command("orgs.keep_organisation_alias")
def keep_organisation_alias(*, organisation, name, by, at):
    """Keep another name under which papers mention an organisation."""
    rules.can_keep_organisation(by, organisation.area, organisation.tier).or_raise()
    name = canonical(name)
    if not 2 <= len(name) <= 80:
        raise Refused(_("别名要有 2 到 80 个字。"))
    alias, created = OrganisationAlias.objects.get_or_create(organisation=organisation, name=name)
    if created:
        journal.record(
            act="orgs.keep_organisation_alias", subject=organisation, by=by, at=at, area_code=organisation.area_id, name=name
        )
    return alias


@command("orgs.end_organisation")
def end_organisation(*, organisation, on, by, at, reason):
    """End an organisation from `on` (撤并). Refused while somebody still holds a post in it after that day."""
    rules.can_keep_organisation(by, organisation.area, organisation.tier).or_raise()
    first_refusal(
        (organisation.to_on is None, _("该单位已经撤并。")),
        (bool(reason), _("请写明撤并的依据。")),
        (
            not organisation.posts.filter(to_on=None).exists() and not organisation.posts.filter(to_on__gt=on).exists(),
            _("该单位还有人在岗。请先把岗位交接完再撤并。"),
        ),
    ).or_raise()
    organisation.to_on = on
    organisation.save(update_fields=["to_on"])
    journal.record(
        act="orgs.end_organisation", subject=organisation, by=by, at=at, reason=reason, area_code=organisation.area_id, on=on
    )
    return organisation
