"""A refusal becomes a page (or JSON) with its sentence, never a stack trace."""

from django.http import JsonResponse
from django.shortcuts import render

from wanjia.kernel.verdict import Refused


class RefusalMiddleware:
    """Shows `Refused` and `Conflict` that a view let pass."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, Refused):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"error": str(error.reason)}, status=error.status)
        return render(request, "refused.html", {"reason": error.reason}, status=error.status)
