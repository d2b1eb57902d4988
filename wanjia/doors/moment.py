"""One page, one moment: what a request asks is asked of one now, which its page passes down. Two reads over midnight would make two truths."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from wanjia.kernel.calendar import today


def stamped(request: Any) -> Any:
    """Return the request with its moment, `request.at`, and its Chinese day, `request.day`; one that has them keeps them."""
    if not hasattr(request, "at"):
        request.at = timezone.now()
        request.day = today(request.at)
    return request


def stamping(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """Stamp every request as it comes in (middleware)."""
    return lambda request: get_response(stamped(request))
