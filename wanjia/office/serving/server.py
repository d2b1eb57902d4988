"""gunicorn as `wanjia serve` and `wanjia demo --serve` start it."""

import os

OPTIONS = {
    "worker_class": "wanjia.office.serving.worker.WholeRequests",
    "threads": 8,
    "worker_connections": 500,
    "keepalive": 5,
    "timeout": 120,
    "graceful_timeout": 30,
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "loglevel": "warning",
    "forwarded_allow_ips": "",  # wsgi.py believes WANJIA_PROXIES and nobody else
    "limit_request_line": 8190,
}


def serve(bind, *, workers=None, **more):
    """Serve until stopped. SIGTERM lets the requests under way end first."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.util import import_app

    options = {**OPTIONS, "bind": bind, "workers": workers or int(os.environ.get("WEB_CONCURRENCY", "2")), **more}

    class Office(BaseApplication):
        def load_config(self):
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self):
            return import_app("wanjia.site.wsgi:application")  # by name: this floor imports nothing above it

    Office().run()
