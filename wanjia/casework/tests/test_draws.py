"""Who is drawn for a recheck follows from a sealed seed: made once, recomputed by anybody, foreseen by nobody."""

import pytest
from django.urls import reverse

from wanjia.kernel import journal
from wanjia.kernel.models import Entry
from wanjia.verdict import Refused

from ..assignment.commands import accept_need
from ..callback.commands import call_back
from ..closing.commands import close_need, recheck_need
from ..closing.rules import is_drawn
from ..drawing import queries as drawing
from ..handling.commands import report_done
from ..models import RecheckSeed
from ..states import NeedState as S
from .factories import later
from .test_household_word import fresh
from .walk import DONE, bring

# Draws


def test_the_draw_is_made_once_by_a_sealed_seed_and_can_be_recomputed(world):
    needs = [bring(world, S.VERIFIED) for _n in range(12)]
    seed = RecheckSeed.objects.get()
    assert seed.month == "202611"
    assert drawing.faults("202611") == []
    entry = Entry.objects.get(act="recheck.seed")
    assert (entry.detail["commitment"], entry.seq) == (seed.commitment, Entry.objects.filter(act="recheck.seed").get().seq)
    assert seed.seed not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert {one.number: one.kept for one in drawing.draws("202611")} == {need.number: is_drawn(need) for need in needs}
    assert journal.verify()[1] is None


def test_a_changed_draw_or_seed_is_found(world):
    """Negative control of the proof: a draw turned round and a seed exchanged both show."""
    need = bring(world, S.VERIFIED)
    from wanjia.kernel import triggers

    from ..models import Step

    triggers.lift()
    line = Step.objects.get(need=need, act="verify")
    Step.objects.filter(pk=line.pk).update(changed={**line.changed, "drawn": not line.changed["drawn"]})
    assert len(drawing.faults("202611")) == 1
    seed = RecheckSeed.objects.get()
    seed.seed = "ab" * 32
    seed.save()
    assert drawing.faults("202611")[0] == "202611: seed ≠ commitment"


def test_once_drawn_stays_drawn_and_a_childs_need_always_is(world, monkeypatch):
    monkeypatch.setattr("wanjia.casework.drawing.commands.lot", lambda seed, number: 0.0)
    need = bring(world, S.VERIFIED)
    assert fresh(need).drawn is True
    monkeypatch.setattr("wanjia.casework.drawing.commands.lot", lambda seed, number: 1.0)
    recheck_need(need_id=need.pk, agrees=False, words="到户看过,不属实", by=world.inspector, at=later(days=6))
    accept_need(need_id=need.pk, by=world.handler, at=later(days=7))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=8))
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=9))
    assert fresh(need).drawn is True
    with pytest.raises(Refused, match="抽中复核"):
        close_need(need_id=need.pk, by=world.clerk, at=later(days=10))
    assert fresh(bring(world, S.VERIFIED)).drawn is False
    assert fresh(bring(world, S.VERIFIED, involves_child=True)).drawn is True


def test_the_draw_hangs_on_the_seed_and_cannot_be_foreseen_without_it():
    """Of two seeds each draws its own: who knows a number alone knows nothing of its lot."""
    from ..drawing.rules import lot

    numbers = [f"530625-202611-{n:04d}" for n in range(2_000)]
    one, other = ({number for number in numbers if lot(seed * 32, number) < 0.05} for seed in ("5f", "60"))
    assert len({lot("5f" * 32, number) for number in numbers}) == len(numbers)
    assert one and other
    assert len(one & other) < len(one) / 2, "the same needs are drawn whatever the seed"


def test_the_draw_falls_by_the_share(world):
    from ..drawing.rules import lot

    fell = sum(lot("5f" * 32, f"530625-202611-{n:04d}") < 0.05 for n in range(10_000))
    assert 400 < fell < 600


def test_the_seed_is_published_when_its_month_is_over_and_not_before(client, world, monkeypatch):
    bring(world, S.VERIFIED)
    seed = RecheckSeed.objects.get()
    assert [one.shown for one in drawing.months(later(days=20))] == [""]
    assert [one.shown for one in drawing.months(later(days=29))] == [seed.seed]
    for moment, shown in ((later(days=20), False), (later(days=29), True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        html = client.get(reverse("casework:draws")).content.decode()
        assert seed.commitment in html
        assert (seed.seed in html) == shown
