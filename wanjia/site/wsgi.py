"""The WSGI entry: `gunicorn wanjia.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
application = get_wsgi_application()

# A server without the right key ring does not start: its sentence is the last line of the log.
from wanjia.kernel import proof  # noqa: E402

proof.prove()
