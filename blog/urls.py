"""Addresses of the blog; the comments app adds its own below a post's."""

from django.urls import path
from django.views.decorators.http import require_safe

from blog.views import contact, pages, preview, proposals, writers
from blog.views.feed import PostsFeed

app_name = "blog"
urlpatterns = [
    path("", pages.post_list, name="list"),
    path("feed/", require_safe(PostsFeed()), name="feed"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("propose/", proposals.propose, name="propose"),
    path("propose/<int:pk>/", proposals.proposal, name="proposal"),
    path("propose/<int:pk>/take-back/", proposals.take_back, name="proposal_take_back"),
    path("authors/<int:pk>/", writers.author_page, name="author"),
    path("authors/<words:slug>/", writers.author_by_name, name="author_by_name"),
    path("<words:slug>/", pages.post_page, name="post"),
    path("<words:slug>/contact/", contact.contact_authors, name="contact"),
]
