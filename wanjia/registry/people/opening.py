"""A child's file stays open for one sitting: the reason given is remembered in the session, and journalled again at each sending."""

from django.utils import timezone

MINUTES = 20
NAME = "open_files"


def reason_of(request, child):
    """Return the reason given within this sitting as form data, or None: then the page asks."""
    kept = request.session.get(NAME, {}).get(str(child.pk))
    if kept is None or timezone.now().timestamp() > kept["until"]:
        return None
    return {"reason": kept["reason"]}


def remember(request, child, reason):
    """Keep the reason for the rest of the sitting."""
    now = timezone.now().timestamp()
    kept = {pk: one for pk, one in request.session.get(NAME, {}).items() if one["until"] > now}
    kept.setdefault(str(child.pk), {"reason": reason, "until": now + 60 * MINUTES})
    request.session[NAME] = kept
