"""What is asked of proposals: what waits and is late, the next number, which one a slip opens, what the board and the slip say of it."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.orgs.locks import hold
from wanjia.orgs.serials import next_serial
from wanjia.policy import proposing as policy
from wanjia.reporting.posted import Posted

from ..agenda.queries import line_of
from ..bylaw_states import ProposalState
from ..duties import Duty
from ..models import GoverningBody, Proposal

ALPHABET, LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 8  # no letter or digit that two people read differently


def new_secret():
    """Return the word of a new slip."""
    return "".join(secrets.choice(ALPHABET) for _digit in range(LENGTH))


def next_number(village_id, year):
    """Return the next number of a proposal of a village and year; whoever brings another meanwhile waits."""
    hold(f"proposals of|{village_id}|{year}")
    return next_serial(Proposal.objects.filter(village=village_id, year=year))


def due_on(day):
    """Return the day by which what is brought on a day is answered."""
    return day + timedelta(days=policy.in_force(day).answer_days)


def canonical(text):
    """Return a slip's word as it is kept: upper case, without blanks and dashes."""
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())


def spelt(number):
    """Return a slip's number as it may stand in an address: letters, digits and dashes; "-" where nothing of it does."""
    return "".join(char for char in number if char.isascii() and (char.isalnum() or char == "-")) or "-"


def by_slip(village_id, number, secret):
    """Return the proposal of a village that a number and its secret word open, or None."""
    year, _dash, serial = number.strip().partition("-")
    if not (year.isdecimal() and year.isascii() and serial.isdecimal() and serial.isascii() and len(year) == 4 and len(serial) <= 5):
        return None
    field = Proposal._meta.get_field("secret_index")
    found = Proposal.objects.filter(village=village_id, year=int(year), serial=int(serial), secret_index__in=field.look_for(canonical(secret)))
    return found.select_related("village", "item").first()


def bodies_for(proposal, _actor, day):
    """The bodies of a proposal's village to which it may be put."""
    rows = GoverningBody.objects.on(day).filter(to_on=None).select_related("area").order_by("kind", "group_name")
    return rows.filter(area=proposal.village_id) if proposal else rows.none()


def waiting(actor, day):
    """The proposals that wait for the actor: those of the village, for whoever keeps its meetings; those that are late or asked for again, for the township's hand too."""
    here = scope.in_reach(actor, area="village_id", duty=Duty.KEEP_MEETINGS)
    above = scope.in_reach(actor, area="village_id", duty=Duty.FILE_DECISIONS) & (Q(due_on__lt=day) | Q(again__gt=0))
    return Proposal.objects.filter(here | above, state=ProposalState.WAITING)


def late(actor, day):
    """How many proposals of the actor's are over their day: what the desk says."""
    return waiting(actor, day).filter(due_on__lt=day).count() if actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS) else 0


def became_of(proposal):
    """Return the items that came of a proposal, from the first to what went on of it; nothing where it was put to nobody."""
    return line_of(proposal.item) if proposal.item_id else []


def on_board(village, day, limit, _group_name):
    """Return the answers to what villagers brought, as Posted lines: in the clerk's words, nobody named."""
    rows = Proposal.objects.filter(village=village, answered_on__lte=day).exclude(state=ProposalState.WAITING).order_by("-answered_on", "-serial")[:limit]
    href = reverse("village:public_proposing", args=[village.pk])
    return [Posted(_("提议 %(number)s %(title)s:%(answer)s") % {"number": one.number, "title": one.title, "answer": one.answer}, one.answered_on, href=href) for one in rows]


def old_addresses(before):
    """The proposals whose keyed address is older than a moment."""
    return Proposal.objects.filter(told_at__lt=before).exclude(address_index="")


def named(spoken):
    """Return the keys of the proposals that an erasure seeks: by whom, in what was said, in the answer (kernel.brings.Spoken)."""
    return [one.pk for one in Proposal.objects.all().iterator() if spoken.names(spoken.strings, f"{one.name}\n{one.words}\n{one.answer}")]
