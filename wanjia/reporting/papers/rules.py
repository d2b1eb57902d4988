"""Who may print which paper of a row now, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal


def can_print(actor, family, row, key, at):
    """Decide whether the actor may print this paper of the row, now."""
    kind = family.kind(key) if family else None
    if kind is None:
        return first_refusal((False, _("没有这种文书。")))
    return _judged(actor, family, row, kind, family.standing(row, at))


def papers_of(actor, family, row, at):
    """Return [(PaperKind, Verdict)] of all papers of a row, in the order of its life."""
    standing = family.standing(row, at)
    return [(kind, _judged(actor, family, row, kind, standing)) for kind in family.kinds]


def _judged(actor, family, row, kind, standing):
    return first_refusal(
        (actor.has_duty(*kind.duties), _("您的岗位不出具这种文书。")), family.near(actor, row, kind), kind.fits(row, standing),
    )  # fmt: skip
