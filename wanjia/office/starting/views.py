"""First sign-in slips on paper for accounts that were opened and never used: by the administrator, from the page."""

import uuid

from django.db import transaction
from django.http import HttpResponse

from wanjia.doors.guard import sent_key
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.kernel import gate, journal
from wanjia.orgs.accounts.commands import reset_password
from wanjia.orgs.accounts.pages import first_password
from wanjia.orgs.duties import Duty

from . import opening, queries, slips
from .forms import Chosen


@page("office/slips", Duty.MANAGE_USERS, template="office/first_slips.html", fresh=True)
def first_slips(request):
    """List who never signed in; for those ticked, set a fresh first password and send their slips as paper, once."""
    waiting = queries.never_signed_in(request.user)
    form = Chosen(request.POST or None, waiting=waiting)
    if not form.is_valid():
        return {"page": page_of(request, waiting, per_page=60), "form": form}
    answer = HttpResponse(_printed(request, form.cleaned_data["user"]), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="slips.pdf"'
    return answer


def _printed(request, people):
    """Return the paper. A first password cannot be read back, so each slip bears a new one: the act and its second person are a reset's.

    All of them or none; sent twice, the second one is refused: it would print passwords that were not set.
    """
    key, at, made = sent_key(request), request.at, []
    with transaction.atomic():
        gate.beside()
        with journal.held_back():  # the journal's head is locked once, after every account: else two who print wait for each other
            for user in people:
                password = first_password()
                reset_password(user_id=user.pk, password=password, by=request.user, at=at, key=key and uuid.uuid5(key, str(user.pk)))
                made.append(slips.slip_of(user, password))
        return slips.paper(slips.page(made, opening.address()))
