"""`wanjia backup`, `restore`, `upgrade`, `move`: what keeps an office through a broken disk, a new version, a larger database."""

import getpass
import sys
import time
from pathlib import Path

from .cli_kernel import finish

FOLDER = "backups"


def add_commands(commands):
    """Hang the subcommands under the parser."""
    backup = commands.add_parser("backup", help="备份,核对备份 / back up, verify a backup")
    backup.add_argument("act", nargs="?", choices=["verify"], help="verify: 核对一份备份")
    backup.add_argument("file", nargs="?", type=Path)
    backup.add_argument("--to", type=Path, metavar="DIR", help="放在哪里,默认 var/backups")
    backup.add_argument("--follow", action="store_true", help="一直跟着,有变动就备份 / go on, whenever something changed")
    backup.add_argument("--every", type=int, default=10, metavar="SECONDS")
    backup.add_argument("--keep", type=int, default=48, metavar="N", help="跟随时留几份 / how many to keep when following")
    finish(backup, run_backup)
    restore = commands.add_parser("restore", help="恢复一份备份 / restore a backup")
    restore.add_argument("file", type=Path)
    restore.add_argument("--yes", action="store_true", help="确实要用它换掉现在的数据")
    restore.add_argument("--older-on-purpose", action="store_true", help="确实要退回更早的数据")
    restore.add_argument("--as-it-is", action="store_true", help="即使台账或日志与自己不一致也恢复 / even when its books do not agree")
    finish(restore, run_restore)
    upgrade = commands.add_parser("upgrade", help="升级数据库 / backup, migrate, check")
    upgrade.add_argument("--back", action="store_true", help="退回升级前 / go back to before the upgrade")
    upgrade.add_argument("--to", type=Path, metavar="DIR")
    upgrade.add_argument("--older-on-purpose", action="store_true", help="退回时确实不要升级后的操作 / give up what was done since")
    finish(upgrade, run_upgrade)
    move = commands.add_parser("move", help="搬到 PostgreSQL / move to PostgreSQL")
    move.add_argument("--to", required=True, metavar="postgresql://…")
    finish(move, run_move)
    erase = commands.add_parser("erase", help="依法删除一个人的资料,两人共同决定 / erase what names a person")
    erase.add_argument("person", metavar="ID", help="人员编号:人员页地址里 /people/ 后面的一串 / what stands after /people/ in the address of the person's page")
    erase.add_argument("--by", required=True, metavar="USER")
    erase.add_argument("--and", dest="second", required=True, metavar="USER")
    erase.add_argument("--reason", required=True)
    erase.add_argument("--also", action="append", default=[], metavar="TABLE:ROW", help="清单上的一行也是说这个人的 / a listed row is about them too")
    finish(erase, run_erase)


def _folder(args):
    from django.conf import settings

    return args.to or Path(settings.WANJIA_KEYRING).parent / FOLDER


def _teller(args):
    return (lambda sentence: None) if args.json else (lambda sentence: print(f"· {sentence}", file=sys.stderr, flush=True))


def run_backup(args):
    """Make one backup, follow, or verify one."""
    from wanjia.office.backing import commands

    if args.act == "verify":
        manifest = commands.verify_backup(args.file or newest(), say=_teller(args))
        rows = sum(table["rows"] for table in manifest["tables"].values())
        return {"ok": True, "rows": rows, "head": manifest["facts"]["head"]}, f"备份完整:{rows} 行,{len(manifest['files'])} 个附件;试恢复后台账核对 0 处不一致,日志接得上。", 0
    if args.follow:
        commands.follow(_folder(args), every=args.every, keep=args.keep, say=_teller(args))
    started = time.monotonic()
    path = commands.make_backup(_folder(args), say=_teller(args))
    answer = {"file": str(path), "bytes": path.stat().st_size, "seconds": round(time.monotonic() - started, 2)}
    return answer, f"已备份到 {path}。密钥环不在里面,请另处保管(wanjia keys recovery)。", 0


def newest():
    """Return the path of the last backup of which word was left. Raises Refused."""
    from django.utils.translation import gettext_lazy as _

    from wanjia.office.health import backups
    from wanjia.verdict import Refused

    found = backups.last()
    if found is None or not found.path:
        raise Refused(_("还没有备份过。请先运行 wanjia backup。"))
    return Path(found.path)


def run_restore(args):
    """Restore after the word was given."""
    from wanjia.office.backing import commands

    if not args.yes:
        return {"error": "yes"}, "恢复会换掉现在的数据。确实要恢复,请加上 --yes。\nAdd --yes: a restore replaces the present data.", 2
    started = time.monotonic()
    manifest = commands.restore(args.file, older_on_purpose=args.older_on_purpose, as_it_is=args.as_it_is, say=_teller(args))
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return {"rows": rows, "seconds": round(time.monotonic() - started, 2)}, f"已恢复 {rows} 行,与备份逐表相等。原来的数据留在旁边。", 0


def run_upgrade(args):
    """Upgrade, or go back."""
    from wanjia.office.upgrading import commands

    if args.back:
        answer = commands.go_back(older_on_purpose=args.older_on_purpose, say=_teller(args))
        return answer, f"已退回到 {answer['backup']}。请换回原来版本的程序。", 0
    answer = commands.upgrade(_folder(args), say=_teller(args))
    return answer, f"升级完成,执行了 {answer['migrations']} 步。要退回:wanjia upgrade --back", 0


def run_move(args):
    """Move to the PostgreSQL database of a URL."""
    from django.conf import settings

    from wanjia.office.moving import commands

    from .settings import _database as database

    answer = commands.move(database(args.to), Path(settings.WANJIA_KEYRING).parent / FOLDER, say=_teller(args))
    return answer, f"已搬好 {answer['rows']} 行,逐表相等。请把 DATABASE_URL 改成 {args.to.split('@')[-1]} 后重新启动。", 0


def _proven(account, at):
    """Let each of the two prove that it is they who answer for it. Raises Refused."""
    from django.utils.translation import gettext as _

    from wanjia.orgs.accounts.second_factor import proves
    from wanjia.verdict import Refused

    password, code = _typed(_("%(name)s的密码") % {"name": account.name}), _typed(_("%(name)s的动态口令(没有就按回车)") % {"name": account.name})
    if not proves(account, password, code, at):
        raise Refused(_("%(name)s的密码或动态口令不对,没有删除。两个人都要亲自在场输入。") % {"name": account.name})


def _typed(what):
    """Ask for a secret at the terminal; where there is none, read a line of the input."""
    return getpass.getpass(f"{what}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def run_erase(args):
    """Erase, by two people who both prove that they are there."""
    import uuid

    from django.utils import timezone

    from wanjia.office.erasing import commands, finding, rules, searching
    from wanjia.office.starting.rules import INSTALLER

    try:
        person_id = uuid.UUID(args.person)
    except ValueError:
        return {"error": "id"}, f"“{args.person}”不是人员编号。打开这个人的人员页,地址里 /people/ 后面的一串就是。", 2
    now = timezone.now()
    who = {"first": commands.account(args.by), "second": commands.account(args.second)}
    rules.may_erase(*who.values(), args.reason, finding.homes_of(person_id)).or_raise()
    for account in who.values():
        _proven(account, now)
    elsewhere = [f"{row} {column}" for row, column in searching.mentions(person_id, now, searching.rows_known(args.also))]
    commands.erase_person(person_id=person_id, **who, reason=args.reason, also=args.also, by=INSTALLER, at=now)
    commands.sweep()
    said = "已删除,并记入删除登记;以后恢复旧备份时会再删一次。"
    if elsewhere:
        said += "\n别人的记录里还提到这个姓名、号码或电话,没有改动,请逐条核对;确是此人的,加上 --also 再运行一次:\n" + "\n".join(elsewhere)
    return {"erased": str(person_id), "elsewhere": elsewhere}, said, 0
