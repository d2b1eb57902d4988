"""The WSGI entry: `gunicorn wanjia.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
application = get_wsgi_application()
