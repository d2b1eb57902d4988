"""The word that a device has with the server, and what it may take along."""

from uuid import UUID

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from wanjia.doors.guard import PUBLIC
from wanjia.doors.reading import page
from wanjia.kernel.brings import gather
from wanjia.kernel.models import Receipt

ASKED = 60  # keys in one question


@page("device/word", PUBLIC, name="device_word", fresh=True)
@require_safe
def word(request):
    """Say who is signed in and the key to what they keep here, whose work may stay, and which acts (?key=&key=) are done.

    {person, key, csrf, kept: [tags], done: [keys]}; person and key are null for nobody. Whatever bears no tag of `kept` goes:
    so a device forgets who signed out, was locked out, or ended this sign-in from elsewhere.
    """
    known = request.user.is_authenticated
    person, key = request.device.enter(request.user) if known else (None, None)
    done = _done(request.user, request.GET.getlist("key")) if known else []
    return JsonResponse({"person": person, "key": key, "csrf": get_token(request), "kept": request.device.kept(), "done": done})


def _done(user, texts):
    """Return those of the keys under which this user did something: the receipt is the proof, whatever became of the answer."""
    keys = []
    for one in texts[:ASKED]:
        try:
            keys.append(UUID(one))
        except ValueError:
            continue
    return [str(key) for key in Receipt.objects.filter(pk__in=keys, by_id=user.pk).values_list("pk", flat=True)] if keys else []


@page("device/satchel", name="device_satchel", fresh=True)
@require_safe
def satchel(request):
    """List the pages that this person takes along where there is no signal: [{path, words, act}], act: what is filled in there may wait."""
    pages = {}
    for bring in gather("SATCHEL"):
        for one in bring(request.user, request.day):
            pages.setdefault(one.path, {"path": one.path, "words": str(one.words), "act": one.act})
    return JsonResponse({"pages": list(pages.values())})
