"""The acts of by-laws: drawn up, heard of, written, sent to the township, checked, put to the vote, in force, stopped and back."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy import bylaws as policy
from wanjia.verdict import Conflict, Refused, first_refusal

from ..agenda.commands import propose_item
from ..bodies.commands import KEEPS
from ..bodies.homes import asked_village
from ..bylaw_states import LIVE, VERSION, BylawKind
from ..duties import Duty
from ..models import AgendaItem, BylawClause, BylawSpell, BylawVersion, GoverningBody
from ..states import ItemKind, ItemSource
from . import queries, rules
from .subjects import VERSIONS

CHECKS = {"duty": Duty.FILE_DECISIONS}


@act(VERSIONS, "bylaw_new", at="new", words=_("起草制度"), done=_("已建好,接着写条文、征求意见。"), **KEEPS, may=rules.keeps, new=True, lines={"bylaw_version.draw": _("起草制度")})
def draw_bylaw(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MEETINGS)],
    kind: Annotated[BylawKind, Asked(_("哪方面的制度"), select=True)],
    name: Annotated[str, Asked(_("制度名称"), _("已有这方面制度的,名称不改,另拟一版。"), least=3, most=40)],
):  # fmt: skip
    """Draw up a version of a rule (起草制度): it begins with the clauses of the version in force, where there is one."""
    rules.may_be_called(name, today(at)).or_raise()
    bylaw = queries.bylaw_of(village, kind, name.strip())
    try:
        with transaction.atomic():
            bylaw.save()
            one = BylawVersion.objects.create(bylaw=bylaw, serial=next_serial(bylaw.versions), drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这项制度已经有一版草案没有办完,或者别的制度用了这个名称。")) from None
    before = BylawVersion.objects.filter(bylaw=bylaw, state__in=LIVE).first()
    if before is not None:
        BylawClause.objects.bulk_create([BylawClause(of=one, number=clause.number, words=clause.words) for clause in before.clauses.all()])
    journal.record(act="bylaw_version.draw", subject=one, by=by, at=at, area_code=village.pk)
    return one


def _written(version, by, at, act, **facts):
    journal.record(act=f"bylaw_version.{act}", subject=version, by=by, at=at, area_code=version.bylaw.village_id, **facts)
    return version


@act(VERSIONS, "bylaw_clause", at="clause", words=_("写条文"), done=_("已写好。页面上标出了可能不合法的话。"), **KEEPS, may=rules.can_draft, rank=10, lines={"bylaw_version.clause": _("写条文")})
def write_bylaw_clause(
    bylaw_version, *, by, at,
    number: Annotated[int, Asked(_("第几条"), _("同号的改写。"), least=1, most=99, initial=queries.next_number)],
    words: Annotated[str, Asked(_("条文"), _("倡导什么、怎么做、谁来管;空着的,删掉这一条。"), rows=3, most=400)] = "",
):  # fmt: skip
    """Write a clause (写条文), or rewrite the one of this number; without words, strike it out."""
    words = words.strip()
    if words:
        BylawClause.objects.update_or_create(of=bylaw_version, number=number, defaults={"words": words})
    elif not BylawClause.objects.filter(of=bylaw_version, number=number).delete()[0]:
        raise Refused(_("没有第 %(n)s 条,条文不能空着。") % {"n": number})
    return _written(bylaw_version, by, at, "clause", number=number)


@act(VERSIONS, "bylaw_heard", at="heard", words=_("登记征求的意见"), done=_("已登记。"), **KEEPS, may=rules.can_draft, rank=20, lines={"bylaw_version.hear": _("登记征求的意见")})
def hear_homes(
    bylaw_version, *, by, at,
    until: Annotated[date, Asked(_("征求意见到哪天"), initial=lambda _row, _actor, day: day)],
    homes: Annotated[int, Asked(_("征求了几户"), least=1, most=10_000)],
    words: Annotated[str, Asked(_("大家怎么说"), _("赞成的、不赞成的都记,不写名字。"), rows=3, least=4, most=600)],
):  # fmt: skip
    """Write down what homes say of a draft (征求意见)."""
    if until > today(at):
        raise Refused(_("征求意见的日期不能晚于今天。"))
    rows = BylawVersion.objects.filter(pk=bylaw_version.pk, version=bylaw_version.version)
    if not rows.update(heard_until=until, heard_homes=homes, heard_words=words.strip(), version=bylaw_version.version + 1):
        raise Conflict()
    bylaw_version.refresh_from_db(fields=["heard_until", "heard_homes", "heard_words", "version"])
    return _written(bylaw_version, by, at, "hear", homes=homes)


@act(VERSIONS, "bylaw_submit", at="submit", words=_("送乡镇审核"), done=_("已送审,乡镇看得到。"), **KEEPS, may=rules.can_submit, rank=30, lines={"bylaw_version.submit": _("制度送审")})
def submit_bylaw(bylaw_version, *, by, at):
    """Send a draft to the township (送审): refused where a clause says what the law forbids."""
    rules.breaks_no_law(bylaw_version, today(at)).or_raise()
    bylaw_version.digest = queries.digest_of(bylaw_version)
    journal.move(bylaw_version, VERSION, "submit", by=by, at=at, saving=["digest"], area_code=bylaw_version.bylaw.village_id)
    return bylaw_version


@act(VERSIONS, "bylaw_check", at="check", words=_("审核合法性"), done=_("已审核,村里看得到。"), **CHECKS, may=rules.can_check, rank=5, lines={"bylaw_version.pass": _("制度审核通过"), "bylaw_version.return": _("制度退回修改")})
def check_bylaw(
    bylaw_version, *, by, at,
    lawful: Annotated[bool, Asked(_("合法吗"), answers=(_("合法,可以表决"), _("不合法,退回修改")))],
    words: Annotated[str, Asked(_("审核意见"), _("退回的写哪一条、违反哪条法;页面标出要问的,写为什么可以留。"), rows=3, most=400)] = "",
):  # fmt: skip
    """Say whether a draft keeps the law (合法性审核): another hand than drew it up. What the reader of clauses asks about needs words, what is sent back too."""
    asks = [one for _n, one in rules.findings(bylaw_version, today(at)) if one.grade == policy.ASK]
    first_refusal(
        (lawful or len(words.strip()) >= 4, _("退回的要写明哪一条、违反哪条法。")), (not lawful or not asks or len(words.strip()) >= 4, _("标出要问的条文,要写明为什么可以留。")),
        (not lawful or queries.digest_of(bylaw_version) == bylaw_version.digest, rules.NOT_THE_TEXT),
    ).or_raise()  # fmt: skip
    bylaw_version.check_words, bylaw_version.checked_on, bylaw_version.checked_by_id = words.strip(), today(at), by.id
    saving = ["check_words", "checked_on", "checked_by_id"]
    journal.move(bylaw_version, VERSION, "pass" if lawful else "return", by=by, at=at, saving=saving, area_code=bylaw_version.bylaw.village_id)
    return bylaw_version


@act(VERSIONS, "bylaw_put", at="put", words=_("提交表决"), done=_("已作为议题提交,等待上会。"), **KEEPS, may=rules.can_put, rank=5, lines={"bylaw_version.put": _("制度提交表决")})
def put_bylaw(bylaw_version, *, by, at, body: Annotated[GoverningBody, Asked(_("由谁表决"), among=queries.bodies_for, within=_("这项制度不能由这个组织表决;还没登记的,先登记村民会议、村民代表会议。"))]):
    """Put a checked version to the body that may adopt it (提交表决): there it is an item as any other."""
    version = bylaw_version
    words = " ".join(f"第{one.number}条 {one.words}" for one in version.clauses.all())
    item = propose_item(
        governing_body_id=body.pk, source=ItemSource.COMMITTEE, kind=ItemKind.MAJOR, title=queries.title_of(version), words=words[:600], proposed_on=today(at),
        matter=policy.adopts(version.bylaw.kind).matter, by=by, at=at,
    )  # fmt: skip
    version.item = AgendaItem.objects.get(pk=item.pk)
    journal.move(version, VERSION, "put", by=by, at=at, saving=["item"], area_code=version.bylaw.village_id)
    return version


@act(VERSIONS, "bylaw_reword", at="reword", words=_("照表决改条文"), done=_("可以改了,改完再送审;不用再表决。"), **KEEPS, may=rules.can_reword, rank=8, lines={"bylaw_version.reword": _("照表决改条文")})
def reword_bylaw(bylaw_version, *, by, at):
    """Write the clauses as the meeting changed them (修改后通过): checked anew, not voted on anew."""
    journal.move(bylaw_version, VERSION, "reword", by=by, at=at, area_code=bylaw_version.bylaw.village_id)
    return bylaw_version


@act(VERSIONS, "bylaw_adopt", at="adopt", words=_("核对表决和公布,登记施行"), done=_("今天起施行,上一版到昨天为止。"), **CHECKS, may=rules.can_adopt, rank=5, lines={"bylaw_version.adopt": _("制度施行"), "bylaw_version.end": _("制度被新版替代")})
def adopt_bylaw(bylaw_version, *, by, at):
    """Bring a version in force from today (施行); the one before ends. Refused where its text is not what was checked."""
    version, area, day = bylaw_version, bylaw_version.bylaw.village_id, today(at)
    if queries.digest_of(version) != version.digest:
        raise Refused(rules.NOT_THE_TEXT)
    before = BylawVersion.objects.select_for_update(of=("self",)).filter(bylaw=version.bylaw, state__in=LIVE).first()
    if before is not None:
        journal.move(before, VERSION, "end", by=by, at=at, area_code=area)
    BylawSpell.objects.filter(bylaw=version.bylaw, to_on=None).update(to_on=day)
    version.adopted_at, version.adopted_by_id = at, by.id
    try:
        with transaction.atomic():
            journal.move(version, VERSION, "adopt", by=by, at=at, saving=["adopted_at", "adopted_by_id"], area_code=area)
            BylawSpell.objects.create(bylaw=version.bylaw, of=version, from_on=day)
    except IntegrityError:
        raise Conflict() from None
    return version


@act(VERSIONS, "bylaw_suspend", at="suspend", words=_("责令改正"), done=_("已停止执行,村里看得到。"), **CHECKS, may=rules.can_suspend, aside=True, tone="danger", lines={"bylaw_version.suspend": _("责令改正制度")})
def suspend_bylaw(bylaw_version, *, by, at, words: Annotated[str, Asked(_("违反哪条、怎么改"), _("例如:第 3 条违反行政处罚法第十六条,删去罚款。"), rows=2, least=6, most=300)]):
    """Order a rule's correction (责令改正,组织法第三十一条): from today it is not in force, until it is corrected or found right."""
    bylaw_version.stopped_words = words.strip()
    BylawSpell.objects.filter(of=bylaw_version, to_on=None).update(to_on=today(at))
    journal.move(bylaw_version, VERSION, "suspend", by=by, at=at, saving=["stopped_words"], area_code=bylaw_version.bylaw.village_id, reason=words.strip())
    return bylaw_version


@act(VERSIONS, "bylaw_resume", at="resume", words=_("恢复施行"), done=_("今天起恢复施行。"), **CHECKS, may=rules.can_resume, rank=20, tone="quiet", lines={"bylaw_version.resume": _("制度恢复施行")})
def resume_bylaw(bylaw_version, *, by, at, reason: Annotated[str, Asked(_("为什么恢复"), least=4, most=200)]):
    """Let a rule that was stopped be in force again (恢复施行): what was said against it was found not to hold."""
    journal.move(bylaw_version, VERSION, "resume", by=by, at=at, area_code=bylaw_version.bylaw.village_id, reason=reason.strip())
    BylawSpell.objects.create(bylaw=bylaw_version.bylaw, of=bylaw_version, from_on=today(at))
    return bylaw_version


@act(VERSIONS, "bylaw_drop", at="drop", words=_("这一版不用"), done=_("已记下。"), **KEEPS, may=rules.can_drop, aside=True, tone="danger", rank=60, lines={"bylaw_version.drop": _("制度不用")})
def drop_bylaw(bylaw_version, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=100)]):
    """Give a version up (不用): it was not passed, or is drawn up anew."""
    journal.move(bylaw_version, VERSION, "drop", by=by, at=at, area_code=bylaw_version.bylaw.village_id, reason=reason.strip())
    return bylaw_version
