"""Addresses of the conversation below each post, and the secret ones of guests and of those who follow."""

from django.urls import path
from django.views.decorators.http import require_safe

from comments.views import guests, own, posting, report_and_follow
from comments.views.feed import CommentsFeed

app_name = "comments"
urlpatterns = [
    path("blog/<words:slug>/comments/", posting.leave, name="leave"),
    path("blog/<words:slug>/comments/feed/", require_safe(CommentsFeed()), name="feed"),
    path("blog/<words:slug>/comments/<int:pk>/", posting.permalink, name="comment"),
    path("blog/<words:slug>/comments/<int:pk>/reply/", posting.reply, name="reply"),
    path("blog/<words:slug>/comments/<int:pk>/edit/", own.edit, name="edit"),
    path("blog/<words:slug>/comments/<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("blog/<words:slug>/comments/<int:pk>/look-again/", own.look_again, name="look_again"),
    path("blog/<words:slug>/comments/<int:pk>/report/", report_and_follow.report, name="report"),
    path("blog/<words:slug>/comments/<int:pk>/follow/", report_and_follow.follow, name="follow"),
    path("comments/mine/<str:token>/", guests.mine, name="mine"),
    path("comments/mine/<str:token>/edit/", own.guest_edit, name="guest_edit"),
    path("comments/mine/<str:token>/withdraw/", own.guest_withdraw, name="guest_withdraw"),
    path("comments/mine/<str:token>/look-again/", own.guest_look_again, name="guest_look_again"),
    path("comments/mine/<str:token>/new-link/", guests.new_link, name="new_link"),
    path("comments/confirm/<str:token>/", guests.confirm, name="confirm"),
    path("comments/add/<str:token>/", guests.add, name="add"),
    path("comments/follow/<str:token>/", report_and_follow.stop, name="stop"),
]
