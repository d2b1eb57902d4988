"""What grew, and what has served its time. The ledger and the journal never have."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from wanjia.kernel.brings import gather
from wanjia.kernel.models import Receipt

SWEPT = "last-sweep.json"


def receipts(before):
    """Receipts of acts so old that no phone will send them again."""
    return Receipt.objects.filter(at__lt=before)


def sessions(before):
    """Sessions that ended long ago."""
    return Session.objects.filter(expire_date__lt=before)


def kinds():
    """Return {word: moment → rows before it} of all that may be pruned: the house's own, and what the apps bring (PRUNED)."""
    return {"receipts": receipts, "sessions": sessions, **dict(reversed(gather("PRUNED")))}


def last_sweep():
    """Return when the day's sweep was last done, or None."""
    try:
        return datetime.fromisoformat(json.loads((Path(settings.WANJIA_VAR) / SWEPT).read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None


def prunable(days, now=None):
    """Return {kind: rows} of what is older than so many days."""
    before = (now or timezone.now()) - timedelta(days=days)
    return {name: of(before).count() for name, of in kinds().items()}


def tables():
    """List {"table", "zh", "rows", "bytes", "month"} of every table of ours, the largest first.

    bytes: with indexes, 0 where the database cannot tell; month: rows of the last 30 days, None without a moment.
    """
    sizes, since, found = _sizes(), timezone.now() - timedelta(days=30), []
    for model in [*(one for one in apps.get_models() if one.__module__.startswith("wanjia.")), Session]:
        moment = next((name for name in ("at", "created_at", "recorded_at", "received_at") if _is_moment(model, name)), None)
        month = model._base_manager.filter(**{f"{moment}__gte": since}).count() if moment else None
        table = model._meta.db_table
        found.append({"table": table, "zh": (model.__doc__ or "").split("(")[-1].split(")")[0][:12] if "(" in (model.__doc__ or "") else "",
                      "rows": model._base_manager.count(), "bytes": sizes.get(table, 0), "month": month})  # fmt: skip
    return sorted(found, key=lambda row: (-row["bytes"], -row["rows"]))


def _is_moment(model, name):
    return any(field.name == name and isinstance(field, models.DateTimeField) for field in model._meta.concrete_fields)


def _sizes():
    if connection.vendor == "sqlite":
        sql = "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1"
    else:
        sql = "SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables WHERE schemaname = current_schema()"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return dict(cursor.fetchall())
    except DatabaseError:  # a SQLite built without dbstat
        return {}
