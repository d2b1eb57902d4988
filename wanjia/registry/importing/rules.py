"""Who may import, who sees an upload, and who is at it already."""

from datetime import timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import Entry
from wanjia.orgs.scope import unit, units
from wanjia.registry.duties import Duty
from wanjia.sheets.template import SKIP
from wanjia.verdict import Conflict, first_refusal

from ..models import KnownHeader, Upload
from ..states import UPLOAD
from .brought import imports

NOT_YOURS = _("这种表写入的内容不由您的岗位登记,请由负责的岗位导入。")
MENDING = timedelta(days=14)  # how long the sealed file of a finished import stays when something in it is to be mended


def visible_uploads(actor):
    """Return the uploads of the actor's own units, of the kinds that he may bring in; of an app that is not installed, nothing is known of its workbooks."""
    return Upload.objects.filter(organisation__in=units(actor, duty=Duty.IMPORT), template__in=brings(actor))


def brings(actor):
    """Return the names of the templates that the actor may bring in: each asks for the duty of what it writes."""
    return [name for name, one in imports().items() if actor.has_duty(one.duty)]


def known_headers(actor):
    """Return what the actor's units confirmed that their headers mean."""
    return KnownHeader.objects.filter(organisation__in=units(actor, duty=Duty.IMPORT), template__in=brings(actor)).order_by("template", "header")


def can_forget(actor, known):
    """Decide whether the actor may take back what this header was said to mean: its own office's."""
    return first_refusal((known_headers(actor).filter(pk=known.pk).exists(), _("这条表头对照已经不在了。")))


def can_upload(actor, template):
    """Decide whether the actor may send a workbook of this kind."""
    return first_refusal(
        (actor.has_duty(Duty.IMPORT), _("您的岗位没有批量导入的权限。")),
        (template in imports(), _("不认识这种表。")),
        (template in brings(actor), NOT_YOURS),
        (unit(actor, duty=Duty.IMPORT) is not None, _("请先让管理员给您的账号登记岗位。")),
    )


def can_work_on(actor, upload):
    """Decide whether the actor's unit may go on with this upload, by hand or by the process that works in the actor's name."""
    return first_refusal(
        (actor.has_duty(Duty.IMPORT), _("您的岗位没有批量导入的权限。")),
        (upload.organisation_id in {org.pk for org in units(actor, duty=Duty.IMPORT)}, _("这份表不是您的单位上传的。")),
        (upload.template not in imports() or upload.template in brings(actor), NOT_YOURS),
    )


def can_move(actor, upload, move):
    """Decide whether the actor may confirm, correct or cancel this upload."""
    words = {"state": upload.get_state_display(), "move": UPLOAD.moves[move].words}
    return can_work_on(actor, upload) and first_refusal((UPLOAD.allows(move, upload.state), _("这份表现在是“%(state)s”,不能再%(move)s。") % words))


def taken(upload, same=()):
    """Return the Conflict that says who imports this upload, or one of the uploads of the same file, already; None when nobody does.

    All of them are locked by the caller: of two who confirm at once, the second reads what the first has written.
    """
    if upload.state == "applying":
        return Conflict(_now("%(who)s已在 %(when)s 确认导入这份表,现在正在写入,不用再点。请等它写完再看。") % _who(upload))
    busy = next((one for one in same if one.pk != upload.pk and one.state == "applying"), None)
    if busy:
        return Conflict(_now("同一个文件,%(who)s已在 %(when)s 确认导入,现在正在写入。请等那一份写完;写完后这一份里已有的行不会重复写入。") % _who(busy))
    return None


def _who(upload):
    """Return who confirmed an upload and when, by the journal."""
    line = Entry.objects.filter(subject="registry.upload", act="upload.confirm", subject_id=str(upload.pk)).order_by("-seq").first()
    who, at = (f"{line.by_org}{line.by_name}", line.at) if line else (str(upload.organisation or ""), upload.heartbeat_at or upload.received_at)
    at = at.astimezone(CHINA)
    return {"who": who, "when": f"{at:%Y-%m-%d %H:%M}"}


def can_mean(template, mapping, meanings):
    """Decide whether headers may mean these columns: only headers of this file, every required column once, none twice."""
    headers, names = {header for header, _column in mapping}, {column.name for column in template.columns}
    after = [meanings.get(header, column) for header, column in mapping]
    named = [column for column in after if column and template.column(column).kind is not SKIP] if set(filter(None, after)) <= names else []
    missing = [name for name in template.required if name not in after]
    twice = sorted({name for name in named if named.count(name) > 1})
    return first_refusal(
        (set(meanings) <= headers and set(filter(None, after)) <= names, _("表头对照和这份表对不上,请刷新后再选。")),
        (not missing, _("还缺“%(names)s”,请选好是哪一列。") % {"names": "、".join(missing)}),
        (not twice, _("“%(names)s”选了两次,请只留一列。") % {"names": "、".join(twice)}),
    )


def can_take_marked(actor, upload, *, at):
    """Decide whether the marked workbook may be taken: it is made from the sealed file, which is kept while there is something to mend."""
    kept = upload.state in ("judged", "applying") or (upload.state == "applied" and bool(upload.tally) and at < upload.received_at + MENDING)
    return can_work_on(actor, upload) and first_refusal((kept, _("原表内容只在需要改正时多留 14 天,现在已经清除。需要时请再上传一次。")))
