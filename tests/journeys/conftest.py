"""The application as it is served, and the browser that visits it."""

import threading

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from alongside.web.static_files import build
from tests.journeys.browser import DESK, PHONE, Watch


def pytest_configure(config):
    config.addinivalue_line("markers", "both_ways: once with JavaScript, once without")
    config.addinivalue_line("markers", "telephone: on a screen of 320 by 640")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("browser"))  # one browser, started once


def pytest_generate_tests(metafunc):
    if "javascript" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_ways"):
        metafunc.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def javascript():
    return True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def app(django_db_setup):
    """The address of the application, served from its built static files by its own WSGI entry."""
    build()
    from alongside.config.wsgi import application  # after the build: the server looks for files once

    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, allow_reuse_address=False)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def watched_page(chromium, javascript, request):
    screen = PHONE if request.node.get_closest_marker("telephone") else DESK
    context = chromium.new_context(viewport=screen, java_script_enabled=javascript, locale="en-GB")
    context.set_default_timeout(30_000)  # a busy machine is not a fault
    yield Watch(context.new_page())
    context.close()
