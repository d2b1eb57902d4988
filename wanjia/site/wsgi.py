"""The WSGI entry: `wanjia serve`, or `gunicorn wanjia.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from wanjia.office.serving.forwarded import OnlyFromProxies

os.umask(0o077)  # the database, its -wal and -shm, files and keys are for this account alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
application = OnlyFromProxies(get_wsgi_application())

# A server without the right key ring does not start: its sentence is the last line of the log.
from wanjia.sealing import proof  # noqa: E402

proof.prove()
