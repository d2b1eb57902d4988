"""`wanjia check`: everything that is kept twice, worked out again."""

import json
from collections import Counter

SHOWN = 200  # differences printed


def add_commands(commands):
    """Add the subcommands to the top parser."""
    check = commands.add_parser("check", help="核对台账、统计数和通报 / recompute needs, figures and notices")
    check.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    check.set_defaults(run=run_check)


def run_check(args):
    """Recompute everything kept twice. Exit code 1 when something differs; work that goes on (`Check.waits`) is told beside it and is no fault."""
    import django

    django.setup()
    from wanjia.orgs.checking.queries import checked, differences
    from wanjia.orgs.checking.reading import one_view

    found, n = {False: [], True: []}, Counter()
    with one_view():
        for one in differences():
            n[one.waits] += 1
            if n[one.waits] <= SHOWN:
                found[one.waits].append(one)
        counted = checked()
    if args.json:
        told = {name: [one.plain() for one in found[waits]] for name, waits in (("first", False), ("waiting", True))}
        print(json.dumps({"differences": n[False], "waits": n[True], **{name: many for name, _words, many in counted}, **told}, ensure_ascii=False))
    else:
        _print(found, n, counted)
    return 1 if n[False] else 0


def _print(found, n, counted):
    for one in (*found[False], *found[True]):
        print(f"{one.kind}\t{one.what}\t{one.column}: {one.is_} {'…' if one.waits else '≠'} {one.should}")
    rest = f",另有 {n[True]} 项在办" if n[True] else ""
    print(f"核对 {'、'.join(f'{many} {words}' for _name, words, many in counted)},{n[False]} 处不一致{rest}。")
