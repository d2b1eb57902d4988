"""Reads and writes the device's cookie, and lets nothing pass that somebody else's outbox sends."""

from django.conf import settings
from django.http import JsonResponse

from .trust import COOKIE, DAYS, Device

PERSON = "Wanjia-Person"  # the header by which a replayed act says whose it is


class DeviceMiddleware:
    """Gives every request its `device`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        device = Device(request.COOKIES.get(COOKIE, ""))
        request.device = device
        answer = self.get_response(request)
        if PERSON in request.headers and 300 <= answer.status_code < 400:  # nobody looks at the page that follows
            answer = JsonResponse({"to": answer.headers["Location"]})
        if device.changed:
            answer.set_cookie(
                COOKIE, device.cookie(), max_age=DAYS * 86400, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return answer

    def process_view(self, request, view, args, kwargs):
        """Refuse an act that waited on this device and was another person's: the session may have changed hands meanwhile."""
        claimed = request.headers.get(PERSON)
        if claimed is None:
            return None
        if not request.user.is_authenticated:
            return JsonResponse({"person": None}, status=401)
        if claimed != request.device.enter(request.user)[0]:
            return JsonResponse({"person": "another"}, status=401)
        return None
