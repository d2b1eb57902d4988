"""What every page's frame shows: the menu of what I may do, where I stand, what is late, and a fresh key for its forms."""

import uuid

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from wanjia.casework.ledger import queries
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.content import kept_out
from wanjia.orgs.models import Area
from wanjia.orgs.second_person.queries import about_me, asked, posts_to_come, unseen
from wanjia.orgs.workdays.queries import to_agree
from wanjia.reporting.ledger.queries import to_decide

from .menu import at_hand, menu_for

LARGE, STAND = "large", "stand"
STANDS = scope.any_post("standing somewhere only sets which area pages open at; each page asks for its own duty there")


def frame(request):
    """Give templates `fresh_key` (a form sent twice acts once) and, lazily, everything that the frame needs."""
    return {
        "fresh_key": uuid.uuid4,
        "frame": SimpleLazyObject(lambda: Frame(request)),
    }


class Frame:
    """The frame of one page for one user. Nothing is asked of the database until the template asks for it."""

    def __init__(self, request):
        self.request = request
        self.user = getattr(request, "user", None)
        self.signed_in = bool(self.user and self.user.is_authenticated)
        self.menu = menu_for(self.user, request.path, self.stand) if self.signed_in else []
        self.at_hand = at_hand(self.menu)
        self.today = today(timezone.now())

    @cached_property
    def calendar(self):
        """The working calendar: one query, and only on pages that count days."""
        return WorkingCalendar.load()

    @property
    def large(self):
        """Whether letters are large: this device's own choice first, else the account's."""
        choice = self.request.COOKIES.get(LARGE)
        return choice == "1" if choice else bool(getattr(self.user, "large_text", False))

    @cached_property
    def area(self):
        """The area the user stands in: the one chosen in this session, else the widest of the own reach, or None."""
        found = scope.areas(self.user, duty=STANDS) if self.signed_in else []
        chosen = Area.objects.filter(pk=self.stand).first() if self.stand else None
        return chosen or (found[0] if found else None)

    @property
    def stand(self):
        """The code of the area chosen in this session, while it lies in the user's reach."""
        code = self.request.session.get(STAND, "") if self.signed_in else ""
        return code if code and scope.covers(self.user, code, duty=STANDS) else ""

    @cached_property
    def places(self):
        """The areas the user may stand in."""
        return list(queries.areas_to_choose(self.user)) if self.signed_in else []

    @property
    def search(self):
        """The address that the search box asks; None for whom it would find nothing."""
        if self.signed_in and kept_out(self.user):
            return None
        for name in ("search", "casework:ledger"):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
        return None

    @cached_property
    def told(self):
        """How many changes of posts I have not seen or am asked to confirm."""
        return len(self._unseen) + asked(self.user) if self.signed_in else 0

    @cached_property
    def days_to_agree(self):
        """How many changes of the calendar wait for my word."""
        return len(to_agree(self.user)) if self.signed_in else 0

    @cached_property
    def _unseen(self):
        return unseen(self.user) if self.signed_in else []

    @property
    def hands(self):
        """What an administrator has lately done to my own account: it stands on every page."""
        return about_me(self.user, self._unseen)

    @property
    def asleep(self):
        """Whether posts of my own sleep until a second person confirms."""
        return self.signed_in and self.user.asleep_since is not None

    @cached_property
    def to_come(self):
        """My posts that open nothing until a second person has confirmed: my desk is empty because of them, not because all is done."""
        return posts_to_come(self.user) if self.signed_in else []

    @cached_property
    def to_decide(self):
        """How many exports wait for my word."""
        return to_decide(self.user) if self.signed_in else 0

    @cached_property
    def late(self):
        """How many open needs on my units' desks fall due today."""
        return queries.due_today(self.user, self.today) if self.signed_in else 0
