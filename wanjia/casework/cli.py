"""`wanjia retime` and `wanjia recheck`: what hangs on the calendar counted anew; a past month's draws recomputed from its published seed."""

import json

from wanjia.doors.terminal import fail


def add_commands(commands):
    """Add the subcommands to the top parser."""
    retime = commands.add_parser("retime", help="按工作日历重算期限 / count deadlines anew by the calendar; goes on where a run stopped")
    who = retime.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", metavar="USER", help="account of the ledger office in whose name")
    who.add_argument("--change", metavar="ID", help="which change of the calendar; started by the pages")
    retime.add_argument("--json", action="store_true")
    retime.set_defaults(run=run_retime)
    recheck = commands.add_parser("recheck", help="抽查 / rechecks").add_subparsers(required=True, metavar="ACT")
    one = recheck.add_parser("prove", help="重算一个月的抽签 / recompute a month's draws")
    one.add_argument("month", metavar="MONTH", help="yyyymm")
    one.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    one.set_defaults(run=prove)
    look = recheck.add_parser("find", help="今天的抽查名单:疑点和每单位当月至少一件 / today's look: patterns and the least draw")
    look.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    look.set_defaults(run=find)


def run_retime(args):
    """Count anew what the calendar moves, in the name of who keeps it; run again, it goes on with what is left."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.retiming import jobs
    from wanjia.orgs.models import DayChange, User
    from wanjia.verdict import Refused

    user = User.objects.filter(username=args.by, is_active=True).first() if args.by else None
    change = DayChange.objects.filter(pk=args.change).first() if args.change else None
    if user is None and change is None:
        return fail(args, "没有这个账号或这次日历改动。", "There is no such account or change of the calendar.")
    try:
        moved = jobs.work(change, at=timezone.now()) if change else jobs.go_on_as(user, at=timezone.now())
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps({"moved": moved}) if args.json else f"重算了 {moved} 件 / {moved} needs counted anew")
    return 0


def prove(args):
    """Compare seed, commitment, journal and every draw. Exit code 1 when something does not fit, 2 when it cannot be asked yet."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.drawing import queries, rules
    from wanjia.casework.models import RecheckSeed

    seed = RecheckSeed.objects.filter(month=args.month).first()
    if seed is None or not rules.is_over(args.month, timezone.now()):
        return _say(args, {"error": "no seed, or the month is not over"}, f"{args.month} 没有抽过签,或者这个月还没有结束。", 2)
    found, faults = queries.draws(args.month), queries.faults(args.month)
    answer = {
        "month": args.month, "seed": seed.seed, "commitment": seed.commitment, "share": str(seed.share), "draws": len(found),
        "drawn": sum(one.kept for one in found), "faults": faults,
    }  # fmt: skip
    words = [f"{args.month}:抽签 {len(found)} 次,抽中 {answer['drawn']} 次;种子 {seed.seed},摘要 {seed.commitment}"]
    words += faults or ["逐件重算,全部相符。"]
    return _say(args, answer, "\n".join(words), 1 if faults else 0)


def find(args):
    """Put on the list of rechecks what today's rules find; run again it finds nothing anew."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.honesty.jobs import look

    done = look(at=timezone.now())
    return _say(args, done, f"新发现疑点 {done['findings']} 处;按单位补抽 {done['least']} 件。", 0)


def _say(args, answer, words, code):
    print(json.dumps(answer, ensure_ascii=False) if args.json else words)
    return code
