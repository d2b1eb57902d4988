"""What acts on labourers are about: one of the roll, one spell."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Spell, Worker
from .rules import visible_spells, visible_workers


def _seen(actor, *, duty):
    return visible_workers(actor, duty=duty).select_related("person", "village__parent")


def _take(worker_id, at):
    worker = Worker.objects.select_for_update(of=("self",)).select_related("person").filter(pk=worker_id).first()
    if worker is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    return worker, at


def _look(worker_id):
    return _take(worker_id, None)[0]


def _spells_seen(actor, *, duty):
    return visible_spells(actor, duty=duty).select_related("worker__person", "worker__village")


def _take_spell(spell_id, at):
    found = Spell.objects.filter(pk=spell_id).values_list("worker_id", flat=True).first()
    worker, at = _take(found, at)
    spell = Spell.objects.select_for_update(of=("self",)).get(pk=spell_id)
    spell.worker = worker
    return spell, at


def _name(worker):
    return worker.person.shown_name


WORKERS = Subject(
    "worker", "labour.worker", "labour/workers", seen=_seen, take=_take, look=_look, page="labour:worker", card="labour/workers/card.html",
    over=("labour:workers", _("劳动力")), about=_name,
)  # fmt: skip
SPELLS = Subject(
    "spell", "labour.spell", "labour/spells", seen=_spells_seen, take=_take_spell, page="labour:worker", of=lambda spell: spell.worker,
    over=("labour:workers", _("劳动力")), about=lambda spell: f"{_name(spell.worker)} · {spell.from_on}",
)  # fmt: skip
