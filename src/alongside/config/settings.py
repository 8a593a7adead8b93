"""One file of settings; every value that may differ between installations comes from the environment."""

from pathlib import Path

from alongside.config import environment as env
from alongside.config.database import database

HOME = env.path("ALONGSIDE_HOME", Path.cwd() / "var")
DEMONSTRATION = env.switch("ALONGSIDE_DEMONSTRATION", default=False)
DEBUG = False
SECRET_KEY = env.text("ALONGSIDE_SECRET_KEY", "for-development-only" if DEMONSTRATION else None)
NOTE_KEYS = env.words("ALONGSIDE_NOTE_KEYS", SECRET_KEY)
ALLOWED_HOSTS = env.words("ALONGSIDE_HOSTS", "127.0.0.1,localhost,[::1]")
BRAND = env.text("ALONGSIDE_BRAND", "Alongside")

INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []

DATABASES = {"default": database(env.text("ALONGSIDE_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
