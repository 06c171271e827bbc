"""Accounts: passwords, codes, limits, the second factor."""

from qevent.environment import flag
from qevent.settings.site import BASE_DIR

AUTH_USER_MODEL = "members.Member"
# The address is unique without regard to case (one_account_per_address), which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "members.accounts.hashers.Argon2idHasher",
    "members.accounts.hashers.FormerHasher",  # of those who have not logged in since
]
# As many passwords are hashed at once as there are files here: their locks say who does, nothing else.
HASHING_TURNS = [BASE_DIR / "manage.py", BASE_DIR / "pyproject.toml"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "members.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "members:membership"
ACCOUNT_FORMS = {
    "signup": "members.accounts.forms.SignupForm",
    "login": "members.accounts.forms.LoginForm",
    "request_login_code": "members.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "members.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "members.accounts.forms.ConfirmAddressForm",
    "add_email": "members.accounts.forms.ChangeAddressForm",
    "reset_password": "members.accounts.forms.ResetPasswordForm",
    "confirm_password_reset_code": "members.accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password_from_key": "members.accounts.forms.NewPasswordForm",
    "change_password": "members.accounts.forms.ChangePasswordForm",
    "set_password": "members.accounts.forms.SetPasswordForm",
    "reauthenticate": "members.accounts.forms.ReauthenticateForm",
}
# Codes, never links: mail scanners press links. Eight digits, so that guessing within the limits is hopeless.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Long enough to ask for three more codes, each of which has its own 15 minutes.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# "Keep me logged in" is asked, and unticked; otherwise the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The visitor's own IP, where one proxy stands before us; without it all would share the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(flag("BEHIND_PROXY"))
# By IP, in the cache, and generous: a whole hospital sits behind one. What is counted by account and address
# is in the database (members/accounts/guarding.py), so that it holds without the cache.
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "600/m/ip",
    "signup": "600/m/ip",
    "confirm_email": "600/m/ip",
    "request_login_code": "600/m/ip",
    "reset_password": "600/m/ip",
    "reset_password_from_key": "600/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "manage_email": "10/m/user,30/d/user",
    "contact_author": "120/h/ip",
    "comment": "300/10m/ip",
    "report": "100/10m/ip",
}

# The second factor of the team (members/accounts/second_factor.py).
MFA_ADAPTER = "members.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Codes of the half minute before and after are good, too: people type slowly, and clocks go wrong.
MFA_TOTP_TOLERANCE = 1
