"""`wanjia figures` and `wanjia check`: the figures of an area; is every need what its timeline says, every figure one number, every
published notice what its rows give.
"""

import json
from itertools import islice

from wanjia.kernel.terminal import a_day, fail

SHOWN = 200


def add_commands(commands):
    """Add the subcommands to the top parser."""
    counting = commands.add_parser("figures", help="统计数 / figures of an area on a day")
    counting.add_argument("--area", metavar="CODE", help="area code; default: every area")
    counting.add_argument("--as-of", type=a_day, metavar="DAY")
    counting.add_argument("--json", action="store_true")
    counting.set_defaults(run=run_figures)
    check = commands.add_parser("check", help="核对台账、统计数和通报 / recompute needs, figures and notices")
    check.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    check.set_defaults(run=run_check)


def run_figures(args):
    """Print the figures of an area on a day."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.models import Need
    from wanjia.kernel.calendar import today
    from wanjia.orgs.models import Area
    from wanjia.reporting.figures.queries import figures, in_area

    day = today(timezone.now())
    needs = Need.objects.all()
    if args.area:
        area = Area.objects.filter(code=args.area.ljust(12, "0") if len(args.area) < 12 else args.area).first()
        if area is None:
            return fail(args, f"没有代码为 {args.area} 的区划。", f"There is no area with code {args.area}.")
        needs = in_area(area.stem)
    rows = figures(needs, args.as_of, day)
    if args.json:
        print(json.dumps({"area": args.area, "as_of": (args.as_of or day).isoformat(), "figures": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        share = f"  {row['percent']}" if row["percent"] else ""
        print(f"{row['zh']}\t{row['shown']} {row['unit']}{share}\t{row['id']}")
    return 0


def run_check(args):
    """Recompute everything kept twice. Exit code 1 when something differs."""
    import django

    django.setup()
    from wanjia.reporting.checking.queries import checked, differences
    from wanjia.reporting.checking.reading import one_view

    with one_view():
        found = differences()
        first = list(islice(found, SHOWN))
        total = len(first) + sum(1 for _more in found)
        answer = {"differences": total, **checked(), "first": [one.plain() for one in first]}
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 1 if total else 0
    for one in first:
        print(f"{one.kind}\t{one.what}\t{one.column}: {one.is_} ≠ {one.should}")
    print(f"核对 {answer['needs']} 件诉求、{answer['figures']} 个统计口径、{answer['notices']} 份通报,{total} 处不一致。")
    return 1 if total else 0
