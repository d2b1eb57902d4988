"""`wanjia demo labour`: files of an invented city's labourers, at any size, for trying a load or a machine; with --load in an empty database, each printed figure beside what its rows say."""

import json
import sys
from pathlib import Path

WORDS = {
    "people": ("农村劳动力", "rural labourers"), "transferred": ("转移就业", "transferred"), "outside": ("其中省外(含境外)", "of these outside the province"),
    "near": ("其中县内", "of these within the county"), "organised": ("百日行动有组织输出", "organised departures of the campaign"),
    "carried": ("其中点对点输送", "of these carried door to door"), "lifted": ("脱贫劳动力", "labourers lifted from poverty"),
    "lifted_transferred": ("其中转移就业", "of these transferred"), "relocated": ("易地搬迁劳动力", "relocated labourers"),
    "relocated_transferred": ("其中转移就业", "of these transferred"), "both": ("既脱贫又搬迁", "both of these"), "both_transferred": ("其中转移就业", "of these transferred"),
    "watched": ("监测对象", "watched"),
}  # fmt: skip
RATES = {"transferred": ("转移就业率", "transferred, %"), "lifted": ("脱贫劳动力转移就业率", "lifted, %"), "relocated": ("易地搬迁劳动力转移就业率", "relocated, %"), "outside": ("省外占转移就业", "outside of transferred, %")}
FULL = 3_010_900


def add_city(commands):
    """Add `labour` below `demo`, which stands in the parser already."""
    below = commands.choices["demo"].add_subparsers(metavar="KIND")
    labour = below.add_parser("labour", help="虚构的全市劳动力名册 / files of an invented city's labourers")
    labour.add_argument("--people", type=int, default=FULL, help=f"多少名劳动力,缺省 {FULL} / how many")
    labour.add_argument("--out", type=Path, help="写到哪个文件夹;不写就只数 / folder to write to; none: only count")
    labour.add_argument("--format", choices=("csv", "parquet", "xlsx"), default="csv")
    labour.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help="CSV 的编码 / of a CSV")
    labour.add_argument("--one-file", action="store_true", help="全市一个文件,村写代码(CSV、Parquet)/ one file for the city, villages by code")
    labour.add_argument("--faulty", type=float, default=0.0, metavar="0.02", help="十类错误行占多少 / share of faulty rows, of ten kinds")
    labour.add_argument("--month", action="store_true", help="不写全市,只写下一个月的变化和新增 / the month after: what changed and who is new")
    labour.add_argument("--seed", type=int, default=1)
    labour.add_argument("--load", action="store_true", help="装进空的数据库,连同驻外机构、企业、协议、零工市场,再对照报纸上的数 / into an empty database, with units and firms, beside what is printed")
    labour.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    labour.set_defaults(run=run_city)


def run_city(args):
    """Make the city and print its counts. Exit code 2 when what was asked cannot be made."""
    from wanjia.doors.terminal import fail

    from .city import margins
    from .city.making import make

    if fault := _fault(args, margins.LEAST):
        return fail(args, *fault)
    if args.load:
        return _load(args)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)

    def say(county, rows):
        print(f"· {county} {rows}", file=sys.stderr, flush=True)

    made = make(
        args.people, args.out, format=args.format, encoding=args.encoding, faulty=args.faulty, seed=args.seed, one_file=args.one_file,
        month=args.month, say=say if args.out and not args.json else lambda *_: None,
    )  # fmt: skip
    if args.json:
        print(json.dumps(made.told(), ensure_ascii=False))
    else:
        _print(made)
    return 0


def _load(args):
    """Bring the city into an empty database; print each printed figure beside what the rows say. Exit code 1 where one differs."""
    import django

    django.setup()
    from django.core.management import call_command

    from wanjia.doors.terminal import fail
    from wanjia.sealing import proof
    from wanjia.verdict import Refused

    from .demo import whole_city

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    try:
        table = whole_city.bring_in(args.people, lambda words: None if args.json else print(f"· {words}", flush=True))
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Somebody works in this database: point WANJIA_VAR to an empty folder.")
    if args.json:
        print(json.dumps({"invented": True, "figures": [dict(zip(("printed", "figure", "says", "should"), line, strict=True)) for line in table]}, ensure_ascii=False))
    else:
        print("虚构数据,不含任何真人 / invented: nobody in it exists")
        print(f"  账号 / accounts: {', '.join(whole_city.STAFF)},密码 / password {whole_city.PASSWORD}")
        for printed, figure, says, should in table:
            print(f"  {printed:<24} {says!s:>10}  {'=' if says == should else '≠ ' + str(should)}  {figure}")
    return 0 if all(says == should for _printed, _figure, says, should in table) else 1


def _fault(args, least):
    """Return the sentence (zh, en) why this cannot be made, or None."""
    if args.people < least:
        return f"至少 {least} 人,不然有的群体一个人也没有。", f"At least {least}, or some groups have nobody."
    if args.people > 3 * FULL:
        return f"至多 {3 * FULL} 人:再多,虚构的身份证号就不够用了。", f"At most {3 * FULL}: beyond that the invented numbers run out."
    if not 0 <= args.faulty <= 0.3:
        return "--faulty 是 0 到 0.3 之间的小数,0.02 就是百分之二。", "--faulty lies between 0 and 0.3; 0.02 is two in a hundred."
    if args.month and args.faulty:
        return "下一个月的文件没有错误行,--month 和 --faulty 不能一起用。", "The month after has no faulty rows: --month and --faulty do not go together."
    if args.one_file and args.format == "xlsx":
        return "一张工作表装不下全市,XLSX 请按县分文件。", "A sheet cannot hold the city: XLSX is written by county."
    return None


def _print(made):
    told = made.told()
    print("虚构数据,不含任何真人 / invented: nobody in it exists")
    for name, n in told["counts"].items():
        print(f"  {WORDS[name][0]:<14} {n:>10,}  {WORDS[name][1]}")
    for name, rate in told["rates_percent"].items():
        print(f"  {RATES[name][0]:<14} {rate:>10}  {RATES[name][1]}")
    for code, n in told["faulty"].items():
        print(f"  错误行 {code:<24} {n:>8,}  faulty rows")
    for one in told["files"]:
        print(f"  {one['name']}  {one['rows']:,} 行 / rows  {one['bytes'] / 1e6:.1f} MB")
    print(f"  用时 {told['seconds']} 秒,内存最多 {told['peak_mb']} MB / seconds, MB at most")
