"""What a proxy says of a caller is believed only from a proxy: everybody else's forwarded headers are thrown away."""

from wanjia.doors.guard import is_proxy

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED")


class OnlyFromProxies:
    """WSGI: drop the forwarded headers of a request that did not come from one of WANJIA_PROXIES."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        if not is_proxy(environ.get("REMOTE_ADDR", "")):
            for name in FORWARDED:
                environ.pop(name, None)
        return self.application(environ, start_response)
