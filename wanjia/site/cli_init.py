"""`wanjia init`: an office of one's own, from an empty folder to two sign-in slips. Asks little and says why it asks."""

import json
import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from wanjia.doors.terminal import fail


@dataclass(frozen=True)
class Question:
    """One question: its key (also the flag and the line of the answers file), words, why it is asked, and what stands without an answer."""

    key: str
    zh: str
    en: str
    why_zh: str
    why_en: str
    default: str = ""


QUESTIONS = (
    Question("data", "数据放在哪个文件夹", "folder of the data", "数据库、密钥、上传的文件和备份都在这里;只有本账户能读。", "Database, keys, uploads: readable by this account alone."),
    Question("county", "哪个县(代码、名称,或一份区划名单的文件)", "county: code, name, or a CSV file of areas", "系统已有昭通市十一个县(市、区)的村级名单;别的县请给一份 CSV:区划代码,名称,乡镇。", "The village lists of Zhaotong's eleven counties are built in; for another county give a CSV of code, name, township."),
    Question("host", "网站域名", "host name", "大家用这个域名经 HTTPS 打开;空着就只能在这台机器上试用。", "People open the office under it through HTTPS; empty: a trial on this machine alone."),
    Question("database", "数据库地址", "database", "空着用 SQLite,一个县够用;或写 postgresql://用户:密码@主机:端口/库名。", "Empty: SQLite, enough for a county; or postgresql://user:password@host:port/name."),
    Question("unit", "系统管理员所在单位", "unit of the administrator", "账号要有单位;一般是台账办公室。", "Every account stands in a unit.", "县困难诉求台账办公室"),
    Question("admin", "系统管理员的账号", "account of the administrator", "他开通账号、安排岗位,不办诉求,也看不到诉求内容。", "Opens accounts and gives posts; handles no needs.", "admin"),
    Question("admin_name", "系统管理员的姓名", "name of the administrator", "写真实姓名,日志里要留名。", "The journal names who acted."),
    Question("auditor", "审计员的账号(写 - 以后再开)", "account of the auditor; - for later", "三员分立:看日志的人不能是管账号的人。", "Whoever reads the journal may not be the one who keeps accounts.", "shenji"),
    Question("auditor_name", "审计员的姓名", "name of the auditor", "写真实姓名。", "A real name."),
)  # fmt: skip


LATER = "-"  # Enter takes what stands in brackets, so "none for now" needs a sign of its own


def add_commands(commands):
    """Add `init` to the top parser."""
    init = commands.add_parser("init", help="开办本县的系统 / open an office of your own")
    for question in QUESTIONS:
        init.add_argument(f"--{question.key.replace('_', '-')}", dest=question.key, help=f"{question.zh} / {question.en}")
    init.add_argument("--answers", type=Path, help="TOML 文件,写好各项答案 / a file of answers")
    init.add_argument("--people", type=Path, help="单位和人员的工作簿 / workbook of units and people")
    init.add_argument("--slips", type=Path, help="首次登录条写到 .html 或 .pdf / where to write the first sign-in slips")
    init.add_argument("--no-input", action="store_true", help="不提问 / ask nothing")
    init.add_argument("--json", action="store_true")
    init.set_defaults(run=run_init)


def run_init(args):
    """Ask, write the settings, migrate, load the county, open the first two accounts. What stands already stays as it is."""
    from wanjia.office.starting import counties, envfile


    known = {question.key: getattr(args, question.key) for question in QUESTIONS}
    if args.answers:
        known = tomllib.loads(args.answers.read_text(encoding="utf-8")) | {key: value for key, value in known.items() if value is not None}
    known["data"] = known.get("data") or os.environ.get("WANJIA_VAR")
    asks = sys.stdin.isatty() and not args.no_input and not args.json
    answers = {}
    for question in QUESTIONS:
        default = str(data_folder()) if question.key == "data" else question.default
        answers[question.key] = _answer(question, known.get(question.key), default, asks)
        if question.key == "data" and envfile.read(answers["data"]):
            asks = False  # opened before: nothing is asked again, only what is missing is made
    folder = Path(answers["data"]).resolve()
    os.environ["WANJIA_VAR"] = str(folder)
    standing = envfile.read(folder)
    if not standing and not counties.is_known(answers["county"]):
        return _no_county(args, answers["county"])  # before any setting stands: a second run still asks everything
    if not standing:
        envfile.write(folder, _settings(answers), remark="万家的设置 / settings of Wanjia. wanjia doctor 逐项检查 / examines each.")
    return _open(args, answers, folder, standing)


def _answer(question, given, default, asks):
    from wanjia.office.starting import counties

    if given is not None:
        return given
    if not asks:
        return default
    print(f"\n{question.zh} / {question.en}\n  {question.why_zh}\n  {question.why_en}")
    said = input(f"  [{default}] > ").strip() or default
    while question.key == "county" and not counties.is_known(said):  # a slip of the hand is mended here, before anything stands
        said = input(f"  不认识,请再写一次 / not known, once more: {counties.names()}\n  > ").strip()
    while question.key == "admin_name" and not said:
        said = input("  请写姓名 / a name, please\n  > ").strip()
    return "" if said == LATER else said


def _no_county(args, said):
    from wanjia.office.starting import counties

    what = f"不认识“{said}”这个县。" if said else "还没有写是哪个县。"
    zh = f"{what}请加上 --county 再运行一次,例如 wanjia init --county 永善县;什么都还没有写下。可以写:{counties.names()};别的县请给一份区划名单文件。"
    return fail(args, zh, "Say the county with --county, by name or code, or give a file with its areas. Nothing was written.")


def _settings(answers):
    import secrets

    host = answers["host"]
    found = {
        "WANJIA_SECRET_KEY": secrets.token_urlsafe(50),
        "WANJIA_HOSTS": ",".join(filter(None, [host, "127.0.0.1", "localhost"])),
        "WANJIA_SECURE": "1" if host else "0",
        "WANJIA_PROXIES": "127.0.0.1,::1",
        "WANJIA_REQUIRE_TOTP": "1",
    }
    return found | ({"DATABASE_URL": answers["database"]} if answers["database"] else {})


def _open(args, answers, folder, standing):
    import django

    django.setup()
    from django.core.management import call_command

    from wanjia.office.starting import opening
    from wanjia.verdict import Refused

    say = (lambda zh, en: None) if args.json else (lambda zh, en: print(f"· {zh} / {en}", flush=True))
    say(f"{'设置已有,不改' if standing else '写好设置'}:{folder / 'wanjia.env'}", "settings stand" if standing else "settings written")
    call_command("migrate", verbosity=0)
    try:
        opened = opening.open_office(answers, say)
        people = args.people and opening.Bringing(args.people.read_bytes(), args.people.name)
        if people and people.roster.faults:
            _faults(people.roster.faults)
            return fail(args, "开办好了,但人员工作簿还要改;改好后运行 wanjia people import 文件 --confirm。", "The office is open, but the workbook has faults: mend it, then run wanjia people import FILE --confirm.")
        slips = opened + (people.confirm() if people else [])
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    return tell_slips(args, slips)


def _faults(faults):
    for fault in faults:
        print(f"✗ {fault}", file=sys.stderr)


def tell_slips(args, slips):
    """Print the slips once, and write them as a page or paper when asked."""
    from wanjia.office.starting import slips as paper
    from wanjia.office.starting.opening import address

    if args.slips and slips:
        paper.write(slips, address(), args.slips)
    if args.json:
        print(json.dumps({"slips": [slip.as_json() for slip in slips]}, ensure_ascii=False))
        return 0
    for slip in slips:
        if not args.slips or slip.totp:
            print("\n" + "\n".join(slip.lines()))
        if slip.totp:
            print(paper.drawn_in_terminal(slip))
    if slips:
        where = f",已写到 {args.slips} / written there" if args.slips else ""
        print(f"首次登录条 {len(slips)} 张{where};只显示这一次 / first sign-in slips, shown once.")
    print(f"下一步 / next: export WANJIA_VAR={os.environ['WANJIA_VAR']}; wanjia doctor; wanjia serve")
    return 0


def data_folder():
    """Where this command keeps data when nobody says otherwise."""
    return Path(os.environ.get("WANJIA_VAR") or Path(__file__).resolve().parents[2] / "var")
