"""`wanjia figures`: the figures of an area."""

import json

from wanjia.doors.terminal import a_day, fail


def add_commands(commands):
    """Add the subcommands to the top parser."""
    counting = commands.add_parser("figures", help="统计数 / figures of an area on a day")
    counting.add_argument("--area", metavar="CODE", help="area code; default: every area")
    counting.add_argument("--as-of", type=a_day, metavar="DAY")
    counting.add_argument("--json", action="store_true")
    counting.set_defaults(run=run_figures)


def run_figures(args):
    """Print the figures of an area on a day."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.kernel.calendar import today
    from wanjia.orgs.models import Area
    from wanjia.reporting.figures.population import populations
    from wanjia.reporting.figures.queries import figures, in_area

    day = today(timezone.now())
    stem = ""
    if args.area:
        area = Area.objects.filter(code=args.area.ljust(12, "0") if len(args.area) < 12 else args.area).first()
        if area is None:
            return fail(args, f"没有代码为 {args.area} 的区划。", f"There is no area with code {args.area}.")
        stem = area.stem
    rows = [
        row for of in populations(args.as_of) for row in figures(in_area(of, stem), args.as_of, day)
    ]
    if args.json:
        print(json.dumps({"area": args.area, "as_of": (args.as_of or day).isoformat(), "figures": rows}, ensure_ascii=False))
    else:
        print(*map(_line, rows), sep="\n")
    return 0


def _line(row):
    share = f"  {row['percent']}" if row["percent"] else ""
    matters = f"({row['matters']} 个事项)" if row["matters"] is not None else ""
    return f"{row['zh']}\t{row['shown']} {row['unit']}{matters}{share}\t{row['id']}"
