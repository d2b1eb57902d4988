"""The second book of the board, lived for two months in the small world: it agrees with the product, and notices when it should not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.house.worlds import World
from wanjia.kernel.calendar import today

from ..models import BoardStep, BoardTask
from ..simulating_board import begin
from .acts_board import DAY, MONDAY

pytestmark = pytest.mark.django_db


class Clock:
    """Ticks a minute an act, a day a day."""

    moment = MONDAY

    def tick(self):
        self.moment += timedelta(minutes=1)
        return self.moment


def lived(days):
    """Live so many days; return the book and what it complained of."""
    World()
    found, clock = [], Clock()
    book = begin(SimpleNamespace(code="530625", seed=3, clock=clock, violated=found.append))
    for n in range(days):
        clock.moment = MONDAY + timedelta(days=n)
        book.live(today(clock.moment), off=n % 9 == 8)
        book.judge(today(clock.moment), whole=n % 5 == 4)
    return book, found


def test_two_months_of_the_board_agree_with_the_second_book():
    book, found = lived(60)
    assert not found, found[0].told()
    assert book.counts()["board_acts"] > 40 and len(book.tasks) > 5, "a book that lives nothing agrees with everything"


def test_a_row_and_a_past_day_that_change_behind_it_are_noticed(monkeypatch):
    book, found = lived(30)
    one = next(task for task in book.tasks if task.state != "withdrawn")
    BoardTask.objects.filter(pk=one.pk).update(due_on=one.due + timedelta(days=300), later_on=None)
    book.judge(DAY + timedelta(days=30), whole=False)
    assert "协同任务和应有的不一样" in found[-1].kind
    n = len(found)
    monkeypatch.setattr("wanjia.labour.board.queries.BoardStep", SimpleNamespace(objects=BoardStep.objects.exclude(act="board_task.set")))
    book._figures(DAY + timedelta(days=29))
    assert len(found) > n, "a past day that is read from other lines says something else"
