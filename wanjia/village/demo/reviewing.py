"""The year's review of the demo branch's members, some days on: counted, partly graded and told, one grade for the second hand. All words are invented."""

from datetime import timedelta

from wanjia.kernel.calendar import today

from ..reviewing import commands


def review(held, hands, at, told):
    """The year's review: all counted and looked at but two, some graded, some told; one grade waits for the second hand."""
    later = {"by": hands[0], "at": at + timedelta(days=1)}
    other = {"by": hands[1], "at": at + timedelta(days=2)}
    one = commands.open_review(activity=held, ballots_out=held.came, ballots_back=held.came, **later)
    rows = list(one.rows.order_by("serial"))
    for n, row in enumerate(rows[:-1]):
        commands.count_member(reviewed_member_id=row.pk, own_word="in_writing" if n > 8 else "at_meeting", excellent=n % 4, qualified=held.came - 1 - n % 4, **later)
        if n == len(rows) - 3:
            for seen in one.rows.filter(state="review_counted"):
                commands.read_reviewed(reviewed_member_id=seen.pk, **other)
            commands.look_at_counts(branch_review_id=one.pk, **other)
    for n, row in enumerate([one for one in rows if one.votes][:6]):
        what = {"reviewed_member_id": row.pk}
        commands.propose_grade(**what, proposed_in=held, grade="excellent" if n in (1, 3) else "qualified", words="带头清扫,按时参加组织生活", **later | {"at": other["at"]})
        if n < 5:
            commands.read_reviewed(**what, **other | {"at": at + timedelta(days=3)})
            commands.decide_grade(**what, **other | {"at": at + timedelta(days=3)})
        if n < 4:
            commands.tell_member(**what, told_on=today(at + timedelta(days=4)), **later | {"at": at + timedelta(days=4)})
    told["reviewed"] += len(rows)
