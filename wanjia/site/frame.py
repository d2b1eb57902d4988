"""What every page's frame shows: the menu of what I may do, where I stand, what is late, and a fresh key for its forms."""

import uuid

from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property

from wanjia.doors.moment import stamped
from wanjia.kernel.brings import gather, ranked
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import places_of
from wanjia.orgs.content import kept_out
from wanjia.orgs.models import Area
from wanjia.orgs.second_person.queries import about_me, posts_to_come, unseen

from .menu import at_hand, drawn, menu_for

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
        self.today = stamped(request).day

    @cached_property
    def drawn_menu(self):
        """The menu as it stands at the side, and again under 更多."""
        return drawn(self.menu)

    @cached_property
    def calendar(self):
        """The working calendar: one query, and only on pages that count days; a view that has read it leaves it at the request."""
        return getattr(self.request, "calendar", None) or WorkingCalendar.load()

    @cached_property
    def tag(self):
        """What this device labels the person's drafts with, '' for nobody: a page takes no other person's key."""
        device = getattr(self.request, "device", None)
        return device.enter(self.user)[0] if device and self.signed_in else ""

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
        """The areas the user may stand in: [(code, name)]."""
        return places_of(self.user) if self.signed_in else []

    @property
    def search(self):
        """The address that the search box asks; None for whom it would find nothing."""
        if self.signed_in and kept_out(self.user):
            return None
        return reverse("search")

    @cached_property
    def waiting(self):
        """What waits for my word, said at the head of every page."""
        return self._notices("page")

    @cached_property
    def on_desk(self):
        """What waits for me, said at the head of my desk."""
        return self._notices("desk")

    @cached_property
    def queues(self):
        """The queues of my menu in which something waits, in its order: {words, address, icon, n}; n is None where it is not counted."""
        waiting = {name: n for count in gather("QUEUES") for name, n in count(self.user, self.today).items() if n != 0} if self.signed_in else {}
        return [{**place, "n": waiting[place["name"]]} for _words, places in self.menu for place in places if place["name"] in waiting]

    @cached_property
    def due(self):
        """What falls due today, said in the bar of every page."""
        return self._notices("bar")

    def _notices(self, where):
        """List the notices of a place that count anything: {words, address, tone, icon}."""
        asked = [one for one in ranked("NOTICES") if one.where == where] if self.signed_in else []
        counted = [(one, one.count(self.user, self.today)) for one in asked]
        said = [(one, n, reverse(one.name) + (one.query and f"?{one.query}")) for one, n in counted if n]
        return [{"words": one.words % {"n": n}, "address": address, "tone": one.tone, "icon": one.icon} for one, n, address in said]

    @property
    def hands(self):
        """What an administrator has lately done to my own account: it stands on every page."""
        return about_me(self.user, unseen(self.user)) if self.signed_in else []

    @property
    def asleep(self):
        """Whether posts of my own sleep until a second person confirms."""
        return self.signed_in and self.user.asleep_since is not None

    @cached_property
    def to_come(self):
        """My posts that open nothing until a second person has confirmed: my desk is empty because of them, not because all is done."""
        return posts_to_come(self.user) if self.signed_in else []
