"""The door of every page that shows needs, homes or people: administration and content are separate (三员分立)."""

import functools

from django.utils.translation import gettext as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused

from . import scope

WORKS = scope.any_post("a door before all content: whichever page it is then asks for its own duty")


def kept_out(actor):
    """Tell whether the actor's posts open neither content nor figures: an administrator's. Who counts may at least be told why a list is empty."""
    return bool(actor.live_posts) and not scope.handles_content(actor, duty=WORKS) and not actor.has_duty(Duty.SEE_FIGURES)


def of_content(view):
    """Refuse, with a sentence, whoever's posts keep him out of all content, instead of showing him an empty page."""

    @functools.wraps(view)
    def door(request, *args, **kwargs):
        if kept_out(request.user):
            raise Refused(_("您的岗位管账号、单位和系统,不看具体诉求、家庭和人员。要看的事,请由承办或台账办的同事打开。"))
        return view(request, *args, **kwargs)

    return door
