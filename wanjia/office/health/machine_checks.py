"""What the doctor sees on the machine: disk, clock, fonts, who may read the files, the built pages, the key ring."""

import os
import shutil
import stat
import subprocess
import time
from datetime import UTC, datetime
from glob import glob
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext_noop as _

from wanjia.sealing import columns, fields, keys, proof

from .findings import GREEN, RED, YELLOW, Finding

MB = 1024 * 1024
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
SAMPLES = 3  # sealed values of each model that the ring must open
STARTED = (time.time(), time.monotonic())


def checks():
    """The looks of this file, in the order in which they are told."""
    return (disk, inodes, clock, fonts, modes, static, key_ring)


def disk():
    """Whether there is room to write."""
    free = shutil.disk_usage(settings.WANJIA_VAR).free // MB
    facts, todo = {"mb": free, "folder": settings.WANJIA_VAR}, _("腾出或加大“%(folder)s”所在的磁盘;wanjia grew 说明什么占了地方、什么可以清理。")
    if free < 500:
        return Finding("disk", RED, _("磁盘快满了,只剩 %(mb)s MB。"), todo, facts)
    if free < 5000:
        return Finding("disk", YELLOW, _("磁盘只剩 %(mb)s MB。"), todo, facts)
    return Finding("disk", GREEN, _("磁盘还有 %(mb)s MB。"), facts=facts)


def inodes():
    """Whether there is room for another file."""
    found = os.statvfs(settings.WANJIA_VAR)
    share = 100 * found.f_favail // found.f_files if found.f_files else 100
    if share < 3:
        return Finding("inodes", RED, _("磁盘上还能新建的文件只剩 %(n)s%%。"), _("清理小文件,或换一块磁盘。"), {"n": share})
    return Finding("inodes", GREEN, _("磁盘上还能新建文件。"))


def clock():
    """Whether the clock can be right: after this version was made, steady, and the database's own."""
    now, facts = datetime.now(UTC), {}
    if not 2026 <= now.year < 2100:
        return Finding("clock", RED, _("系统时钟是 %(year)s 年,不可能对。"), _("校准时钟(timedatectl set-ntp true),再重新启动。"), {"year": now.year}, blocks=True)
    jump = (time.time() - STARTED[0]) - (time.monotonic() - STARTED[1])
    apart = abs(jump)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(strftime('%s','now') AS INTEGER)" if connection.vendor == "sqlite" else "SELECT extract(epoch FROM now())")
            apart = max(apart, abs(float(cursor.fetchone()[0]) - now.timestamp()))
    except DatabaseError:
        facts = {}
    facts["s"] = round(apart)
    if apart > 60:
        return Finding("clock", RED, _("时钟跳动过,或与数据库的时钟差 %(s)s 秒:期限和动态口令会出错。"), _("校准两台机器的时钟(timedatectl set-ntp true)。"), facts)
    if settings.TIME_ZONE != "Asia/Shanghai":
        return Finding("clock", RED, _("时区不是北京时间。"), _("不要改 TIME_ZONE。"))
    return Finding("clock", GREEN, _("时钟正常,按北京时间。"))


def families():
    """Return the names of the fonts on this machine; None when it cannot be told."""
    try:
        return subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None


def fonts():
    """Whether paper comes out with Chinese letters."""
    found = families()
    missing = [name for name in FONTS if name not in (found or "")]
    if missing:
        return Finding("fonts", YELLOW, _("没有打印用的字体 %(names)s,公文打印不出来或缺字。"), _("安装字体:apt-get install fonts-noto-cjk fontconfig。"), {"names": "、".join(missing)})
    return Finding("fonts", GREEN, _("打印用的字体齐全。"))


def own_files():
    """Yield the paths that only this account may read."""
    var = Path(settings.WANJIA_VAR)
    yield from (var, var / "wanjia.env", var / "secret_key", Path(settings.WANJIA_KEYRING), Path(settings.MEDIA_ROOT))
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        yield from (Path(name + ending) for ending in ("", "-wal", "-shm"))


def modes():
    """Whether somebody else on the machine may read what is ours."""
    open_ones = [path for path in own_files() if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        facts = {"paths": "、".join(path.name for path in open_ones), "words": " ".join(map(str, open_ones))}
        return Finding("modes", RED, _("这台机器上的其他账户能读这些文件:%(paths)s。"), _("运行 chmod go-rwx %(words)s。"), facts, blocks=True)
    return Finding("modes", GREEN, _("数据和密钥只有本账户能读。"))


def static():
    """Whether the pages' own script and styles were built."""
    if not any(glob(str(Path(folder, "built", "app.*.css"))) for folder in settings.STATICFILES_DIRS):
        return Finding("static", RED, _("页面的样式和脚本没有生成。"), _("在源码目录运行 make assets,再重新启动。"))
    return Finding("static", GREEN, _("页面的样式和脚本已生成。"))


def key_ring():
    """Whether the ring is there and opens what this database holds."""
    path = Path(settings.WANJIA_KEYRING)
    if not path.exists():
        return Finding("key_ring", RED, _("找不到密钥环 %(path)s:加密的姓名、证件号、电话都打不开,新写的也会丢。"), _("把备份的密钥环放回原处,权限 0600。不要让系统另造一个。"), {"path": str(path)}, blocks=True)
    try:
        keys.ring()
        looked = [_opens(model) for model in columns.rotated_models()]
    except Exception:
        return Finding("key_ring", RED, _("密钥环 %(path)s 读不出来。"), _("把备份的密钥环放回原处。"), {"path": str(path)}, blocks=True)
    opened, faults = sum(n for n, _faults in looked), [place for _n, bad in looked for place in bad]
    if (faults and not opened) or not _proved():
        return Finding("key_ring", RED, _("密钥环不是这个数据库的:打不开已有的加密内容。"), _("把与数据库同时备份的密钥环放回 %(path)s。"), {"path": str(path)}, blocks=True)
    if faults:
        facts = {"n": len(faults), "place": faults[0]}
        return Finding("key_ring", RED, _("抽查时有 %(n)s 项加密内容打不开,第一项在 %(place)s。"), _("运行 wanjia keys rotate:它逐项点名打不开的内容,再从备份取回那几行。"), facts)
    return Finding("key_ring", GREEN, _("密钥环在,抽查 %(n)s 项加密内容都打得开。"), facts={"n": opened})


def _proved():
    """Tell whether the ring's check values are those that the database keeps: also where nothing is sealed yet, or none was looked at."""
    try:
        proof.compare()
    except keys.RingFault:
        return False
    return True


def _opens(model):
    """Open the newest sealed values of a model; return how many opened, and the places of those that did not."""
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, fields.EncryptedText)]
    opened, faults = 0, []
    for row in model._base_manager.order_by("-pk")[:SAMPLES]:
        for field in sealed:
            value = row.__dict__.get(field.attname)
            if isinstance(value, fields.Sealed):
                try:
                    keys.open_sealed(value.body, field.place(row))
                    opened += 1
                except keys.Unopened:
                    faults.append(field.place(row))
    return opened, faults
