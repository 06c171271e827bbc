"""Addresses of the search, for people and for programs."""

from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search.json", views.search_json, name="search_json"),
]
