"""Addresses of the blog; the comments app adds its own below a post's."""

from django.urls import path

from blog.feeds import PostsFeed
from blog.views import contact, pages

app_name = "blog"
urlpatterns = [
    path("", pages.post_list, name="list"),
    path("feed/", PostsFeed(), name="feed"),
    path("<words:slug>/", pages.post_page, name="post"),
    path("<words:slug>/contact/", contact.contact_authors, name="contact"),
]
