"""Erasing what names a person, by lawful request and two people; kept outside the database, so that a restore does it again.

The order is written to an append-only file beside the key ring when everything is emptied and before that is kept: what refuses
leaves no order behind, and killed in between it is carried out by the next restore or by the same command again (the doctor names
it). Every backup takes the list along, beside itself. What is emptied and what is kept is declared beside the fields of every model
(`kernel.erasure`); what is counted stays.
"""

import json
import os
import uuid

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import erasure, journal
from wanjia.kernel.command import command
from wanjia.kernel.erasure import of
from wanjia.kernel.models import ErasureLine
from wanjia.orgs.models import User
from wanjia.registry.importing.commands import forget_names
from wanjia.registry.models import Person, Upload, UploadContent, UploadRow
from wanjia.registry.states import UPLOAD
from wanjia.verdict import Refused

from .. import places
from ..starting.rules import INSTALLER, can_run_the_machine
from . import emptying, finding, queries, rules, searching

LEFT = _("已经删除并记入日志,但有别的程序一直占着数据库,旧的文字还留在数据库文件的空处。请停下服务(systemctl stop wanjia),把同一条命令再运行一次。")
AT_ONCE = 500  # keys in one statement: below both databases' limits on parameters


@command("office.erase_person", alone=True)
def erase_person(*, person_id, first, second, reason, by, at, also=()):
    """Order and carry out one erasure (依法抹去); return the person. first, second: the two people who answer for it.

    also: rows (table:row, as `searching.mentions` lists them) that these two decided to be about the person.
    """
    can_run_the_machine(by).or_raise()
    rules.may_erase(first, second, reason, finding.homes_of(person_id)).or_raise()
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused(_("没有编号为 %(id)s 的人。") % {"id": person_id})
    try:
        rows = searching.rows_named(also)
    except LookupError as fault:
        raise Refused(_("没有“%(row)s”这一行,或这一行没有可以删除的文字。请照清单上的写法填写。") % {"row": fault.args[0]}) from fault
    people, both, stood = finding.records_of(person.pk), [str(first.pk), str(second.pk)], emptying.stood(rows)
    order = _carry_out(person, rows, people, by=by, at=at, reason=reason, first=both[0], second=both[1])
    # An older backup has the records unmerged, or merged with somebody else's, and its numbers may come to other rows.
    keep_order({"order": order, "person": str(person.pk), "records": sorted(map(str, people)), "at": at.isoformat(), "by": both, "also": list(also), "stood": stood})
    return Person.objects.get(pk=person.pk)


def dispose(disposal, model, keys, *, by, at, reason="", **detail):
    """Empty these rows of a list and all that speak of them, within the act in hand: by the same door as a person's. Return the order for `keep_order`.

    disposal: its row, or one that has its key, class and area alone.
    """
    proof = _empty_all(finding.rows_about({model: set(keys)}), owner=disposal.pk, at=at)
    journal.record(act=erasure.DISPOSE, subject=disposal, by=by, at=at, reason=reason, area_code=disposal.area_id, disposed=len(keys), **detail, **proof)
    said = {"order": proof["order"], "disposal": str(disposal.pk), "code": disposal.code, "area": disposal.area_id, "keys": sorted(map(str, keys))}
    return said | {"at": at.isoformat(), **detail}


def keep_order(facts):
    """Write an order beside the key ring: the last thing before what it empties is kept."""
    try:
        _append(queries.orders_path(), [json.dumps({**facts, "seal": queries.seal(facts)[0]})])
    except OSError as fault:
        raise Refused(_("删除登记写不进 %(path)s:%(why)s。什么也没有删除,请先处理好再运行一次。") % {"path": queries.orders_path(), "why": fault.strerror}) from fault


def take_along(folder):
    """Write the orders that a folder of backups does not know yet into its own list; called before each backup."""
    there = folder / queries.FILE
    fresh = queries.fresh(queries.orders_path(), there)
    if fresh or not there.exists():
        _append(there, fresh)


def take_back(folder):
    """Write the orders that lie beside a backup and are unknown here into this office's own list: it outlives the restore."""
    if fresh := queries.fresh(folder / queries.FILE, queries.orders_path()):
        _append(queries.orders_path(), fresh)


def _append(path, lines):
    with open(path, "a+b", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            lines = lines if file.read() == b"\n" else ["", *lines]  # after a line that a kill cut short
        file.write("".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def replay(alias, *, orders):
    """Carry out the orders on the database `alias`, in the names of those who gave them; return how many people are there.

    A row that somebody named and that this database does not have yet is no fault here.
    """
    done = set()
    with places.standing_in(alias):
        for said in (one for one in orders if "person" in one):
            with transaction.atomic(), journal.held_back():
                people = {one.pk: one for one in Person.objects.filter(pk__in=said["records"])}
                if people:
                    person = people.get(uuid.UUID(said["person"])) or min(people.values(), key=lambda one: one.pk)
                    rows, (first, second) = emptying.still(searching.rows_known(said["also"]), said["stood"]), said["by"]
                    _carry_out(person, rows, set(people), by=INSTALLER, at=timezone.now(), reason=_("恢复备份后再次执行已登记的删除"), again=True, ordered=said.get("order", ""), first=first, second=second)
                    done.add(said["person"])
    return len(done)


def _carry_out(person, also, people, *, by, at, reason, **detail):
    """Empty every row that speaks of the person, each with its line, and journal them by number and digest; return the order's number."""
    found = finding.rows_of(person.pk, at, also, people)
    _cancel(found.get(Upload, ()), by, at)
    proof = _empty_all(found, owner=person.pk, at=at)
    UploadContent.objects.filter(upload__in=found.get(Upload, ())).delete()
    journal.record(act=finding.ACT, subject=person, by=by, at=at, reason=reason, **detail, **proof)
    return proof["order"]


def _empty_all(found, *, owner, at):
    """Empty {model: keys}, each row with its line; return what the journal's line of the act says of them. owner: a person's key, or a list's."""
    order, lines = uuid.uuid4(), []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # what is overwritten is overwritten in the file too
    for model, keys in found.items():
        lines += _empty(model, sorted(keys), order=order, person=owner, at=at)
    return {"order": str(order), "rows": len(lines), "lines": erasure.digest(lines)}


def _empty(model, keys, **facts):
    """Empty those rows of the model that still hold something; return their erasure lines."""
    names, vendor, lines = of(model).gone, connection.vendor, []
    table, pk = model._meta.db_table, model._meta.pk
    listed = ", ".join(f'"{model._meta.get_field(name).column}" = {erasure.after(model, name, vendor)}' for name in names)
    for start in range(0, len(keys), AT_ONCE):
        held = model._base_manager.filter(pk__in=keys[start : start + AT_ONCE]).extra(where=[erasure.stands(model, names, vendor)])
        rows = list(held.select_for_update().order_by("pk"))
        fresh = [emptying.line_of(row, **facts) for row in rows]
        ErasureLine.objects.bulk_create(fresh)
        lines += fresh
        some = [pk.get_db_prep_value(row.pk, connection) for row in rows]
        if some:
            with connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{table}" SET {listed} WHERE "{pk.column}" IN ({", ".join(["%s"] * len(some))})', some)
    return lines


def _cancel(uploads, by, at):
    """End the imports that hold the person and are under way: what waits in them is dropped, the file is sent again without it."""
    for upload in Upload.objects.filter(pk__in=uploads, state__in=finding.UNDER_WAY):
        forget_names(upload)
        journal.move(upload, UPLOAD, "cancel", by=by, at=at)
        UploadRow.objects.filter(upload=upload).update(values=b"")


def sweep():
    """Let the database give up the pages on which erased texts stood earlier. After the act: no transaction may be under way.

    Raises Refused when somebody reads or writes all the while: then they still lie in the file. PostgreSQL's plain VACUUM would leave
    the bytes of a removed row where they were, so the tables are written anew.
    """
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if cursor.fetchone()[0]:
                    raise Refused(LEFT)
                return
            cursor.execute("SET lock_timeout = '5s'")
            for model in apps.get_models():
                if of(model).gone:
                    cursor.execute(f'VACUUM (FULL) "{model._meta.db_table}"')
            cursor.execute("RESET lock_timeout")
    except OperationalError:
        raise Refused(LEFT) from None


def account(username):
    """Return the active account of that name. Raises Refused."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Refused(_("没有“%(name)s”这个账号。") % {"name": username})
    return found
