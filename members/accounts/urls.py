"""The pages under ``/accounts/``: ours where they do more than allauth's, then allauth's own."""

from django.urls import include, path

from members.accounts import address_views, busy, factor_views, log_in_views, views

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("login/turn/", busy.turn, name="account_turn"),
    path("login/code/", views.RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("logout/everywhere/", log_in_views.log_out_everywhere, name="account_logout_everywhere"),
    path("logged-in/", log_in_views.listed, name="account_log_ins"),
    path("logged-in/<int:pk>/end/", log_in_views.end, name="account_log_in_end"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("confirm-email/", views.ConfirmAddressView.as_view(), name="account_email_verification_sent"),
    path("email/", views.change_address, name="account_email"),
    path("email/back/", address_views.bring_back, name="account_address_back"),
    path("password/reset/", views.RequestPasswordResetView.as_view(), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        views.ConfirmPasswordResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        views.CompletePasswordResetView.as_view(),
        name="account_complete_password_reset",
    ),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/set/", views.set_password, name="account_set_password"),
    path("second-step/", factor_views.overview, name="account_factor"),
    path("second-step/give/", factor_views.give, name="account_factor_give"),
    path("second-step/app/", factor_views.app, name="account_factor_app"),
    path("second-step/passkey/", factor_views.passkey, name="account_factor_passkey"),
    path("second-step/passkey/options/", factor_views.passkey_options, name="account_factor_options"),
    path("second-step/codes/", factor_views.codes, name="account_factor_codes"),
    path("second-step/<int:pk>/remove/", factor_views.remove, name="account_factor_remove"),
    path("", include("allauth.account.urls")),
]
