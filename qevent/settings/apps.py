"""Which apps there are, what each request passes, and how pages and forms are rendered."""

from qevent.settings.site import BASE_DIR

INSTALLED_APPS = [
    "team",
    "hosting",
    "learning",
    "live",
    "concerns",
    "recordings",
    "workshops",
    "comments",
    "blog",
    "events",
    "members",
    "notifications",
    "audit",
    "common",
    "qevent.apps.QeventConfig",
    "qevent.apps.CommunityAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_prose_editor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "qevent.middleware.wait_for_database",
    "qevent.middleware.refuse_nul",
    "qevent.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "qevent.middleware.WhoAsks",
    "qevent.middleware.keep_nothing_personal",
    "qevent.middleware.speak_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.interrupted_forms.middleware.keep_what_is_typed",
    "qevent.middleware.ask_for_second_factor",
    "members.accounts.busy.SayThatManyLogIn",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.context.site",
                "workshops.context.my_agenda",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "common.templatetags.literals",
                "members.templatetags.typed_by",
                "common.templatetags.components",
            ],
        },
    }
]

FORM_RENDERER = "common.form_rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
