"""How gunicorn serves pages: a few plain workers that share one warmed application.

Sync workers were the fastest for pages that are drawn on the server; `alongside serve` fills in address and number.
"""

import gc
from typing import Any

worker_class = "sync"
workers = 2
preload_app = True  # one copy of the code and of every compiled template, shared after the fork
timeout = 60
graceful_timeout = 20
max_requests = 5_000  # a slow leak in a library never lasts
max_requests_jitter = 500
accesslog = None  # addresses of pages about people are personal data; the audit says who read what
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"


def when_ready(server: Any) -> None:
    """Before the workers are made: compile every template, leave no connection for them to share, and settle."""
    from django.db import connections
    from django.template import engines

    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # Django types any engine, this one is Jinja
    for name in environment.list_templates(extensions=["jinja", "txt"]):
        environment.get_template(name)
    connections.close_all()
    settle()


def settle() -> None:
    """Leave what is loaded by now out of every later collection, and collect less often.

    A page makes thousands of small things that go when it is sent. Looking through them for cycles after every 700, as
    Python does unasked, took two fifths of a page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
