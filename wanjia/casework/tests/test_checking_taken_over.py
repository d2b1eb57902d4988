"""The line from which an older version's need is folded is no hiding place: no need of today can be given one."""

import pytest

from wanjia.casework.commands import MUTABLE, facts_of
from wanjia.casework.models import Callback, Holding, Need, Step
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import later
from wanjia.casework.tests.walk import bring
from wanjia.kernel import triggers
from wanjia.kernel.models import Entry
from wanjia.orgs.checking.queries import differences

NOW = later(days=20)


def named(need):
    return {one.column for one in differences(NOW) if one.what == need.number}


@pytest.fixture
def bare(world):
    """Whoever owns the database: no trigger stops him."""
    triggers.lift(models=[Need, Step, Callback, Holding, Entry])
    return world


def dress_last(need):
    """Write into the last line all that the need holds, as the upgrade did for needs of older versions."""
    last = need.steps.order_by("n").last()
    Step.objects.filter(pk=last.pk).update(changed=last.changed | facts_of(need))


def test_a_line_dressed_as_one_of_an_upgrade_hides_no_rewritten_line(bare):
    need = bring(bare, S.IN_PROGRESS)
    assert named(need) == set()  # control: what acts wrote
    Step.objects.filter(need=need, n=3).update(words="当时就说好了", by_name="别人")
    assert named(need) == {"step 3.journal"}  # control: rewritten and not dressed
    dress_last(need)
    assert "step 3.journal" in named(need)


def test_a_need_is_not_closed_by_lines_that_no_journal_saw(bare):
    """The lines of a closed need laid behind those of an open one, its household's word and its day too."""
    closed, need = bring(bare, S.CLOSED), bring(bare, S.IN_PROGRESS)
    last = need.steps.count()
    for step in Step.objects.filter(need=closed, n__gt=last):
        step.pk, step.need = None, need
        step.save(force_insert=True)
    for word in Callback.objects.filter(need=closed):
        word.pk, word.need = None, need
        word.save(force_insert=True)
    Holding.objects.filter(need=need, to_at=None).update(to_at=closed.closed_at)
    held = {name: getattr(closed, name) for name in (*MUTABLE, "version", "touched_at")}
    Need.objects.filter(pk=need.pk).update(**held)
    dress_last(Need.objects.get(pk=need.pk))
    assert named(need)


@pytest.fixture
def older(bare):
    """A need as the upgrade from 0.1.0 leaves it: its journal says nothing of its lines, the last of which carries what it holds."""
    need = bring(bare, S.IN_PROGRESS)
    for entry in Entry.objects.filter(subject_id=str(need.pk)):
        words = Step.objects.get(need=need, n=entry.detail["n"]).words if entry.act != "need.record" else ""
        detail = {name: value for name, value in entry.detail.items() if name not in ("line", "n")}
        Entry.objects.filter(pk=entry.pk).update(detail=detail, reason=words)
    Step.objects.filter(need=need).update(changed={})
    dress_last(need)
    return need


def test_a_need_that_an_upgrade_took_over_is_whole(older):
    assert named(older) == set()


@pytest.mark.parametrize("column", ["words", "by_name", "recorded_at"])
def test_a_move_of_an_older_version_is_held_to_what_the_journal_said_of_it(older, column):
    other = later(hours=2.5) if column == "recorded_at" else "别的"
    Step.objects.filter(need=older, n=3).update(**{column: other})
    assert "step 3.journal" in named(older)


def test_no_move_is_laid_behind_those_of_an_older_version(older):
    """Withdrawn in the hand of somebody else, and nobody's act: it left the denominator."""
    last = older.steps.order_by("n").last()
    Step.objects.filter(pk=last.pk).update(changed={})
    ended = later(days=3)
    Need.objects.filter(pk=older.pk).update(state=S.WITHDRAWN, ended_at=ended, version=last.n + 1, touched_at=ended)
    Holding.objects.filter(need=older, to_at=None).update(to_at=ended)
    last.pk, last.n, last.act, last.state_after, last.recorded_at, last.happened_at = None, last.n + 1, "withdraw", S.WITHDRAWN, ended, ended
    last.save(force_insert=True)
    dress_last(Need.objects.get(pk=older.pk))
    assert named(older) == {f"step {last.n}.journal"}
