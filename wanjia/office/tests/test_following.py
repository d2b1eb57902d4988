"""Following: a backup whenever something was written, none when nothing was, and the days before are not cleared away."""

import os
import time

import pytest

from wanjia.kernel.calendar import seed_days
from wanjia.kernel.models import CalendarDay
from wanjia.office.backing import commands, reading, rules


def publish_a_day():
    next(seed_days()).save()


@pytest.mark.django_db(transaction=True)
def test_a_write_moves_the_mark(races):
    before = reading.mark()
    publish_a_day()
    assert reading.mark() != before


@pytest.mark.django_db(transaction=True)
def test_a_backup_follows_what_was_written_and_nothing_else(tmp_path, settings, races, monkeypatch):
    """The mark here counts rows: PostgreSQL's own moves, too, when the server or a neighbour's database writes."""
    settings.WANJIA_VAR, settings.MEDIA_ROOT, settings.WANJIA_KEYRING = str(tmp_path), str(tmp_path / "files"), str(tmp_path / "ring")
    made, waits = [], []

    def write_between(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            publish_a_day()

    monkeypatch.setattr(reading, "mark", CalendarDay.objects.count)
    monkeypatch.setattr(commands.time, "sleep", write_between)
    monkeypatch.setattr(commands, "make_backup", lambda folder, before: made.append(reading.mark()) or tmp_path / "wanjia-x.backup")
    commands.follow(tmp_path, every=10, keep=3, say=lambda sentence: None, rounds=4)

    assert len(waits) == 3
    assert len(made) == 2  # at the start and after the one change; two looks found nothing new
    assert made[0] != made[1]


@pytest.mark.parametrize(("took", "pause"), [(1, 10), (10, 10), (18, 4), (25, 1), (40, 1)])
def test_the_pause_gives_way_so_that_two_backups_and_it_stay_within_a_minute(took, pause):
    assert rules.pause(10, took) == pause
    assert 2 * took + pause <= rules.AIM or pause == 1


def test_the_newest_are_kept_and_the_first_of_each_day():
    names = [f"wanjia-202611{day:02}T{hour:02}0000000000Z.backup" for day in (1, 2, 3) for hour in range(4)]
    gone = rules.spare(names, 2)
    assert set(names) - set(gone) == {names[0], names[4], names[8], *names[-2:]}
    assert rules.spare(names[:2], 2) == []


def test_backups_of_a_clock_that_ran_ahead_push_out_nothing():
    """They sort last for years: each new backup would go the moment it is made."""
    ahead = [f"wanjia-20310101T{hour:02}0000000000Z.backup" for hour in range(3)]
    names = [f"wanjia-20261126T{hour:02}0000000000Z.backup" for hour in range(5)]
    assert names[-1] in rules.spare([*names, *ahead], 2)  # the negative control: judged by their names alone
    assert rules.spare([*names, *ahead], 2, names[-1]) == names[1:3]


def test_what_killed_runs_left_does_not_fill_the_disk(tmp_path):
    left, at_work, made = (tmp_path / name for name in (".wanjia-1.backup.aaaa", ".wanjia-2.backup.bbbb", "wanjia-0.backup"))
    for file in (left, at_work, made):
        file.write_bytes(b"")
    for file in (left, made):
        os.utime(file, (time.time() - 2 * 86400,) * 2)
    commands.forget_drafts(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([at_work, made])
