"""Who asks for a change, and what was done since."""

from wanjia.kernel.models import Entry


def lines_since(change, act, acts):
    """Return the journal's lines of `acts` after the one, of `act`, by which a change was asked for.

    By their order in the chain: what was asked in one moment may have been written after what was asked in a later one.
    """
    first = Entry.objects.filter(act=act, subject=change._meta.label_lower, subject_id=str(change.pk)).values_list("seq", flat=True).first()
    return Entry.objects.filter(act__in=acts, seq__gt=first or 0)


def asker(by, at, *, act, code=""):
    """Return what a change keeps of whoever asks for it: of all units none agrees, but named is that of the post by which `act` is done."""
    units = sorted(str(unit.pk) for unit in by.orgs)
    return {"by_id": by.id, "by_name": by.name, "by_org": by.org_name_for(act, code), "units": units, "at": at}
