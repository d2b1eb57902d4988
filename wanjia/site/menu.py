"""The menu: what the apps bring (PLACES), sorted into sections in the order of the day's work. A place that is not built is not shown."""

from fnmatch import fnmatchcase
from functools import cache, lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather, ranked
from wanjia.orgs import scope

SECTIONS = {"work": _("工作"), "care": _("关爱服务"), "schools": _("校园安全"), "labour": _("劳动就业"), "village": _("村民自治"), "register": _("底数"), "figures": _("数据与公开"), "keeping": _("管理")}
FOLDED, LONG = "keeping", 18  # a longer menu than a screen of 900 px holds folds what is opened once a week; what waits there the desk names
REST = {"care": _("关爱的其他事"), "labour": _("就业的其他事")}  # what a section's own fold is called: the places that this reader does not open daily (Place.often)


def menu_for(user, path, stand=""):
    """List [(section words, [{place…}])] that `user` may open; `here` marks the deepest place that `path` lies in.

    stand: the code of the area the user chose to stand in; the places that ask for an area open there.
    """
    open_to = [(place, _shown(place, user)) for place in ranked("PLACES") if _may_open(place, user)]
    lying = [entry for _place, entry in open_to if path == entry["address"] or (len(entry["address"]) > 1 and path.startswith(entry["address"]))]
    # An act on one row, /needs/…/triage/, lies in the place of its queue, not in the list under whose address it stands.
    queue = [entry for place, entry in open_to if any(fnmatchcase(path, act) for act in place.acts)]
    if queue or lying:
        max(queue or lying, key=lambda entry: len(entry["address"]))["here"] = True
    for place, entry in open_to:
        if stand and place.by_area and scope.covers(user, stand, duty=_asks(place)):
            entry["address"] += f"?area={stand}"
    sections = [(words, [entry for place, entry in open_to if place.section == section]) for section, words in SECTIONS.items()]
    return [(words, entries) for words, entries in sections if entries]


def drawn(sections):
    """Draw a menu of menu_for. It is kept for the next page that shows the same: a page draws it twice, and it changes with the place alone."""
    shown = tuple((entry["name"], entry["address"], entry["here"], entry["rare"]) for _words, entries in sections for entry in entries)
    return (_drawn.__wrapped__ if settings.DEBUG else _drawn)(get_language(), shown)


@lru_cache(maxsize=512)
def _drawn(_language, shown):
    """Draw ((place's name, address, whether we are here, whether it is seldom opened), …)."""
    places, long = {place.name: place for place in gather("PLACES")}, len(shown) > LONG
    rows = [(places[name].section, rare, {"place": places[name], "address": address, "here": here}) for name, address, here, rare in shown]
    menu = []
    for section, words in SECTIONS.items():
        own = [(rare and long and section in REST, row) for at, rare, row in rows if at == section]
        menu.append((words, [row for rare, row in own if not rare], section == FOLDED and long))
        menu.append((REST.get(section, ""), [row for rare, row in own if rare], True))
    menu = [(words, entries, fold, any(row["here"] for row in entries)) for words, entries, fold in menu if entries]
    return render_to_string("parts/menu.html", {"menu": menu})


def at_hand(sections):
    """Pick the first four places of the bottom bar out of a menu: what a thumb reaches first; the fifth is always 更多."""
    by_name = {entry["name"]: entry for _words, entries in sections for entry in entries}
    near = sorted((place for place in gather("PLACES") if place.hand), key=lambda place: place.hand)
    return [{**by_name[place.name], "words": place.short} for place in near if place.name in by_name][:4]


@cache  # asked of each place for each page
def address_of(name):
    """Return the address of a place's name, or None while the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _asks(place):
    return place.duties or scope.any_post("this place of the menu asks for no duty")


def _may_open(place, user):
    if place.content and not scope.handles_content(user, duty=_asks(place)):
        return False
    return (not place.duties or user.has_duty(*place.duties)) and address_of(place.name) is not None


def _shown(place, user):
    rare = place.often is not None and not (place.often and user.has_duty(*place.often))
    return {"name": place.name, "address": address_of(place.name), "icon": place.icon, "words": place.words, "here": False, "rare": rare}
