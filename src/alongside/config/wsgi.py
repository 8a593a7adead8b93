"""What gunicorn serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
