"""`wanjia recheck prove MONTH`: recompute a past month's draws from its published seed."""

import json


def add_commands(commands):
    """Hang the subcommand under the parser."""
    recheck = commands.add_parser("recheck", help="抽查 / rechecks").add_subparsers(required=True, metavar="ACT")
    one = recheck.add_parser("prove", help="重算一个月的抽签 / recompute a month's draws")
    one.add_argument("month", metavar="MONTH", help="yyyymm")
    one.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    one.set_defaults(run=prove)


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


def _say(args, answer, words, code):
    print(json.dumps(answer, ensure_ascii=False) if args.json else words)
    return code
