"""One file of settings; every value that may differ between installations comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from alongside.config import environment as env
from alongside.config.database import database

WEB = Path(__file__).parent.parent / "web"
HOME = env.path("ALONGSIDE_HOME", Path.cwd() / "var")
DEMONSTRATION = env.switch("ALONGSIDE_DEMONSTRATION", default=False)
DEBUG = False
SECRET_KEY = env.text("ALONGSIDE_SECRET_KEY", "for-development-only" if DEMONSTRATION else None)
NOTE_KEYS = env.words("ALONGSIDE_NOTE_KEYS", SECRET_KEY)
LEDGER_KEYS = env.words("ALONGSIDE_LEDGER_KEYS", SECRET_KEY)
ERASED = env.path("ALONGSIDE_ERASED", HOME / "erased.txt")  # what no backup may bring back
WITNESSES = env.words("ALONGSIDE_WITNESSES", "")
# A demonstration is made anew in the same folder again and again, and keeps nothing.
KEPT = env.text("ALONGSIDE_KEPT", "" if DEMONSTRATION else str(HOME / "kept"))
ALLOWED_HOSTS = env.words("ALONGSIDE_HOSTS", "127.0.0.1,localhost,[::1]")
TEXT_PACKS = env.text("ALONGSIDE_TEXT_PACKS", "")
VALUE_SETS = env.text("ALONGSIDE_VALUE_SETS", "")
BRAND = env.text("ALONGSIDE_BRAND", "Alongside")
# What links in messages begin with: they are written by a job, which no browser tells where it is.
ADDRESS = env.text("ALONGSIDE_ADDRESS", "http://127.0.0.1:8000" if DEMONSTRATION else "").rstrip("/")

ROOMS = [  # those with tables, ground floor first
    "audit",
    "access",
    "organisations",
    "people",
    "tasks",
    "post",
    "consent",
    "journey",
    "safety",
    "measures",
    "lives",
    "contacts",
    "medication",
    "plan",
    "consultation",
    "referral",
    "screening",
    "transitions",
    "evaluation",
]
INSTALLED_APPS = [
    *(f"alongside.{room}" for room in ROOMS),
    "alongside.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alongside.web.static_files.ServeStaticFiles",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.web.middleware.speaking",
    "alongside.web.middleware.private_pages",
    "alongside.web.middleware.idle_sign_out",
    "alongside.web.middleware.Refusals",
]

DATABASES = {"default": database(env.text("ALONGSIDE_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [WEB / "locale"]

# --- Pages ---------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATE_DIRECTORIES = [WEB / "templates"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": TEMPLATE_DIRECTORIES,
        "APP_DIRS": False,  # only our own templates: a library's stock page can never appear by accident
        "OPTIONS": {
            "environment": "alongside.config.jinja.environment",
            "context_processors": ["alongside.web.shell.shell"],
        },
    },
]
FORM_RENDERER = "alongside.web.forms.renderer.DesignSystem"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "alongside.web.static_files.BuiltStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Who is signed in ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "alongside_organisations.User"
AUTHENTICATION_BACKENDS = ["alongside.web.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "alongside.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # sign-ins are made by the service, never by whoever holds a mailbox
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "alongside.web.accounts.forms.SignIn",
    "reset_password": "alongside.web.accounts.forms.ForgottenPassword",
    "reset_password_from_key": "alongside.web.accounts.forms.NewPassword",
    "change_password": "alongside.web.accounts.forms.ChangePassword",
    "reauthenticate": "alongside.web.accounts.forms.ConfirmPassword",
}
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "alongside.web.accounts.adapter.SecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "alongside.web.accounts.forms.Code",
    "reauthenticate": "alongside.web.accounts.forms.ConfirmCode",
    "activate_totp": "alongside.web.accounts.forms.ActivateApp",
    "generate_recovery_codes": "alongside.web.accounts.forms.NewCodes",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("ALONGSIDE_PROXIES", 0)
SESSION_ENGINE = "alongside.web.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift; the shorter idle limit is below
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SIGN_OUT_SECONDS = 60 * env.whole("ALONGSIDE_IDLE_MINUTES", 30)
EMAIL_HOST, EMAIL_PORT = env.server("ALONGSIDE_EMAIL_SERVER", 587)
EMAIL_HOST_USER = env.text("ALONGSIDE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("ALONGSIDE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.switch("ALONGSIDE_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20  # seconds: a mail server that is down must not hold a page
EMAIL_BACKEND = env.text(
    "ALONGSIDE_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
DEFAULT_FROM_EMAIL = env.text("ALONGSIDE_EMAIL_FROM", "alongside@localhost")
# One cache for all server processes: limits on guessing count every process's guesses.
# Counts of tries and of forms: a third of them is thrown away at random when there are more entries than this.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- What the browser is told ---------------------------------------------------------------------------------------
HTTPS = env.switch("ALONGSIDE_HTTPS", default=not DEMONSTRATION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-alongside" if HTTPS else "alongside"
CSRF_COOKIE_NAME = "__Host-alongside-form" if HTTPS else "alongside-form"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "alongside.web.refusals.stale_form"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS and env.switch("ALONGSIDE_HSTS", default=True) else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of a second factor is drawn into the page
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "alongside": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
