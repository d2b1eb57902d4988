"""A person decides that two records are one person, or not; a merge can be taken back exactly. Never by machine."""

import json
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.registry.duties import Duty
from wanjia.sealing.fields import opened
from wanjia.verdict import Conflict, Refused

from ..following.commands import people_changed
from ..models import Merge, Person, TwinQuestion, TwinVerdict
from ..people.facts import FACTS, assign
from ..people.rules import person_for
from . import rules
from .subjects import MERGES

BY_EYE = "two records are judged side by side by a person: views.pair"


@act(
    MERGES, "merge", words=_("合并"), duty=Duty.JUDGE_DUPLICATES, may=inside, new=True, page=False, call=None, because=BY_EYE,
    lines={"person.merge": _("合并重复人员")},
)  # fmt: skip
def merge_people(*, kept_id, gone_id, reason, by, at):
    """Make two records one: everything that points at `gone` points at `kept`, blanks of `kept` are filled; returns the Merge.

    Append-only history keeps its own id and is read through both. A row that cannot move (both are members of one home)
    stays where it is. Nothing is deleted.
    """
    kept, gone = (person_for(by, one, duty=Duty.JUDGE_DUPLICATES) for one in (kept_id, gone_id))
    rules.can_judge(by, kept, gone, reason).or_raise()
    if not Person.objects.filter(pk=gone.pk, merged_into=None).update(merged_into=kept, version=gone.version + 1):
        raise Conflict()
    merge = Merge.objects.create(
        kept=kept, gone=gone, reason=reason.strip(), at=at, by=by, moved=_move_all(gone, kept), filled=json.dumps(_fill(kept, gone)),
    )  # fmt: skip
    _answer(kept, gone, TwinVerdict.SAME, reason, by=by, at=at)
    for person in (kept, gone):
        journal.record(act="person.merge", subject=person, by=by, at=at, area_code=kept.village_id or "", reason=reason, kept=kept.pk, gone=gone.pk)
    people_changed([gone.pk, kept.pk], by=by, at=at)
    return merge


@act(
    MERGES, "merge_undo", at="undo", words=_("撤销合并"), done=_("已撤销,两条记录恢复原样。"), duty=Duty.JUDGE_DUPLICATES, may=rules.can_undo,
    tone="danger", call=None, because=BY_EYE, lines={"person.undo_merge": _("撤销合并")},
)  # fmt: skip
def undo_merge(merge, *, reason: Annotated[str, Asked(_("撤销的理由"), most=200)], by, at):
    """Take a merge back: what moved goes back, what was filled in is emptied again unless somebody changed it since."""
    rules.says_why_undone(reason).or_raise()
    filled = opened(merge, "filled", lambda text: json.loads(text) if text else None, None)  # erased: nothing to tell apart by
    if filled is None:
        raise Refused(_("这次合并时填进去的内容打不开,不能撤销:撤销会分不清哪些是后填的。请联系管理员恢复密钥环。"))
    if not Merge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=at, undone_by=by, undo_reason=reason.strip()):
        raise Conflict()
    _empty(merge.kept, filled)
    rules.can_stand_apart(merge.kept, merge.gone).or_raise()
    Person.objects.filter(pk=merge.gone_id).update(merged_into=None, version=merge.gone.version + 1)
    _move_back(merge)
    TwinQuestion.objects.filter(**_ordered(merge.kept, merge.gone)).update(
        verdict="", reason=reason.strip(), decided_at=at, decided_by=by
    )
    for person in (merge.kept, merge.gone):
        journal.record(
            act="person.undo_merge", subject=person, by=by, at=at, area_code=merge.kept.village_id or "", reason=reason
        )
    people_changed([merge.gone_id, merge.kept_id], by=by, at=at)
    merge.refresh_from_db()
    return merge


@act(
    MERGES, "apart", words=_("不是同一人"), duty=Duty.JUDGE_DUPLICATES, may=inside, new=True, page=False, call=None, because=BY_EYE,
    lines={"person.keep_apart": _("判定不是同一人")},
)  # fmt: skip
def keep_apart(*, one_id, other_id, reason, by, at):
    """Remember that two records are two people: the question is not asked again."""
    one, other = (person_for(by, one, duty=Duty.JUDGE_DUPLICATES) for one in (one_id, other_id))
    rules.can_judge(by, one, other, reason).or_raise()
    question = _answer(one, other, TwinVerdict.DIFFERENT, reason, by=by, at=at)
    journal.record(
        act="person.keep_apart", subject=one, by=by, at=at, area_code=one.village_id or "", reason=reason, other=other.pk
    )
    return question


def _references():
    """Every column of any app that points at a person and may be rewritten: history and merges themselves may not, and no row whose very key the person is:
    what hangs on that key would hang on nothing. Whoever brings such a row sees to it by AFTER_PEOPLE.
    """
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many or getattr(model, "append_only", False) or model in (Merge, TwinQuestion, Person) or relation.field.primary_key:
            continue
        yield f"{model._meta.label}.{relation.field.name}", model, relation.field


def _move_all(gone, kept):
    moved = {}
    for name, model, field in _references():
        for pk in model._base_manager.filter(**{field.name: gone}).order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{field.name: kept})
            except IntegrityError:
                continue
            moved.setdefault(name, []).append(str(pk))
    return moved


def _move_back(merge):
    for name, model, field in _references():
        model._base_manager.filter(pk__in=merge.moved.get(name, []), **{field.name: merge.kept}).update(
            **{field.name: merge.gone}
        )


def _fill(kept, gone):
    """Fill the blanks of `kept`; return {column: text of what was filled in}."""
    facts = {
        name: getattr(gone, name) for name in FACTS if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "")
    }
    if kept.citizen_id and "id_absent_reason" in facts:
        del facts["id_absent_reason"]
    before = {"id_absent_reason": kept.id_absent_reason} if facts.get("citizen_id") and kept.id_absent_reason else {}
    changed = assign(kept, {**facts, **dict.fromkeys(before, "")})
    if changed:
        kept.version += 1
        kept.save(update_fields=[*changed, "version"])
    return {"facts": {name: str(value) for name, value in facts.items()}, "before": before}


def _empty(kept, filled):
    """Empty again what the merge filled in and nobody changed since."""
    blank = {
        name: None if Person._meta.get_field(name).null else ""
        for name, text in filled["facts"].items()
        if str(getattr(kept, name)) == text
    }
    changed = assign(kept, {**blank, **(filled["before"] if "citizen_id" in blank else {})})
    if changed:
        kept.version += 1
        kept.save(update_fields=[*changed, "version"])


def _answer(one, other, verdict, reason, *, by, at):
    question, _created = TwinQuestion.objects.update_or_create(
        **_ordered(one, other), defaults={"verdict": verdict, "reason": reason.strip(), "decided_at": at, "decided_by": by}
    )
    return question


def _ordered(one, other):
    first, second = sorted((one, other), key=lambda person: person.pk.hex)
    return {"one": first, "other": second}
