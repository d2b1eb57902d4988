"""A question of one shape gives what the mapper gives, asked once and again, of other values too."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from wanjia.kernel.models import CalendarDay, Head, Receipt
from wanjia.orgs.models import Post, User
from wanjia.shapes import Changed, Filled, Shape

AT = datetime(2026, 4, 1, 1, 2, 3, tzinfo=UTC)
DAYS = Shape(lambda first, end: CalendarDay.objects.filter(day__gte=first, day__lt=end).order_by("day"))
NAMES = Shape(lambda first, end: CalendarDay.objects.filter(day__gte=first, day__lt=end).order_by("day").values_list("name", flat=True))
PAIRS = Shape(lambda works: CalendarDay.objects.filter(works=works).order_by("day").values_list("day", "works")[:3])
POSTS = Shape(lambda user, day: Post.objects.on(day).filter(user=user).select_related("organisation__area", "area").order_by("pk"))


def test_rows_tuples_and_values_are_those_of_the_mapper(world):
    for first, end in ((date(2026, 1, 1), date(2026, 3, 1)), (date(2026, 10, 1), date(2026, 10, 4))):
        there = CalendarDay.objects.filter(day__gte=first, day__lt=end).order_by("day")
        assert [(row.day, row.works, row.name) for row in DAYS(first, end)] == list(there.values_list("day", "works", "name")) != []
        assert NAMES(first, end) == list(there.values_list("name", flat=True))
    for works in (True, False):
        assert PAIRS(works) == list(CalendarDay.objects.filter(works=works).order_by("day").values_list("day", "works")[:3])
    assert DAYS.first(date(1999, 1, 1), date(1999, 1, 2)) is None


def test_joined_rows_come_along_in_one_question(world, django_assert_num_queries):
    user, day = User.objects.filter(posts__isnull=False).first(), date(2026, 4, 13)
    POSTS(user.pk, day)
    with django_assert_num_queries(1):
        held = POSTS(user.pk, day)
        said = [(post.pk, post.organisation.name, post.organisation.area.name, post.area and post.area.name) for post in held]
    assert said == [(post.pk, post.organisation.name, post.organisation.area.name, post.area and post.area.name) for post in Post.objects.on(day).filter(user=user).order_by("pk")] != []


def test_a_row_is_written_once_and_changed_where_it_is_found(db):
    key, write, answered = uuid4(), Filled(Receipt), Changed(Receipt, "pk", "command")
    row = Receipt(key=key, command="a", body_digest="0", at=AT, answer={"value": ["甲", 1]})
    write(row)
    assert not row._state.adding
    assert Receipt.objects.get(pk=key).answer == {"value": ["甲", 1]} and Receipt.objects.get(pk=key).at == AT
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Receipt(key=key, command="b", body_digest="0", at=AT))
    assert (answered({"answer": None, "body_digest": "1"}, key, "b"), answered({"answer": {"value": 2}, "body_digest": "1"}, key, "a")) == (0, 1)
    assert Receipt.objects.values_list("answer", "body_digest").get(pk=key) == ({"value": 2}, "1")


def test_the_database_gives_the_key_where_it_gives_keys(db):
    write, one = Filled(Head), Head(seq=5)
    write(one)
    assert one.pk and Head.objects.get(pk=one.pk).seq == 5


def test_a_shape_asks_what_the_mapper_asks(db):
    seen = []
    with connection.execute_wrapper(lambda execute, sql, params, many, context: seen.append(sql) or execute(sql, params, many, context)):
        list(CalendarDay.objects.filter(day__gte=date(2026, 1, 1), day__lt=date(2026, 2, 1)).order_by("day"))
        DAYS(date(2026, 1, 1), date(2026, 2, 1))
    assert seen[0].replace("(", "").replace(")", "") == seen[1].replace("(", "").replace(")", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks no row")
def test_a_row_is_locked_within_a_transaction_alone_each_time():
    """The mapper says so when it makes the SQL: a shape that was made within one must say it too."""
    locked = Shape(lambda pk: Head.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert locked(1) == []
    with pytest.raises(TransactionManagementError):
        locked(1)


def test_a_value_that_is_none_finds_the_rows_without_one(db):
    """`= NULL` is true of nothing: a question that was given None found nobody, and said so as if there were nobody."""
    with_one, without = User.objects.create_user(username="a", name="甲"), User.objects.create_user(username="b", name="乙")
    User.objects.filter(pk=with_one.pk).update(asleep_since=AT)
    asleep, wake = Shape(lambda since: User.objects.filter(asleep_since=since).order_by("pk")), Changed(User, "asleep_since")
    assert ([one.pk for one in asleep(None)], asleep(AT)) == ([without.pk], [with_one])
    assert (wake({"name": "丙"}, None), User.objects.get(pk=with_one.pk).name, User.objects.get(pk=without.pk).name) == (1, "甲", "丙")
