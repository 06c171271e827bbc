"""Addresses of the team's pages of posts, below ``posts/``."""

from django.urls import path

from team.views import posts, posts_audio, posts_media, posts_revisions, posts_stages

urlpatterns = [
    path("", posts.post_list, name="posts"),
    path("new/", posts.new, name="post_new"),
    path("<int:pk>/", posts.edit, name="post_edit"),
    path("<int:pk>/paste/", posts.paste, name="post_paste"),
    path("<int:pk>/keep/", posts.keep, name="post_keep"),
    path("<int:pk>/throw-away/", posts.throw_away, name="post_throw_away"),
    path("<int:pk>/draft/", posts_stages.back_to_draft, name="post_draft"),
    path("<int:pk>/publish/", posts_stages.publish, name="post_publish"),
    path("<int:pk>/unschedule/", posts_stages.unschedule, name="post_unschedule"),
    path("<int:pk>/withdraw/", posts_stages.withdraw, name="post_withdraw"),
    path("<int:pk>/new-link/", posts_stages.new_link, name="post_new_link"),
    path("<int:pk>/pictures/new/", posts_media.new_picture, name="post_picture_new"),
    path("<int:pk>/pictures/<int:number>/", posts_media.picture, name="post_picture"),
    path("<int:pk>/pictures/<int:number>/remove/", posts_media.remove_picture, name="post_picture_remove"),
    path("<int:pk>/videos/new/", posts_media.new_video, name="post_video_new"),
    path("<int:pk>/videos/<int:number>/", posts_media.video, name="post_video"),
    path("<int:pk>/videos/<int:number>/remove/", posts_media.remove_video, name="post_video_remove"),
    path("<int:pk>/audio/new/", posts_audio.new_audio, name="post_audio_new"),
    path("<int:pk>/audio/<int:number>/", posts_audio.audio, name="post_audio"),
    path("<int:pk>/audio/<int:number>/remove/", posts_audio.remove_audio, name="post_audio_remove"),
    path("<int:pk>/revisions/", posts_revisions.listed, name="post_revisions"),
    path("<int:pk>/revisions/compare/", posts_revisions.compare, name="post_compare"),
    path("<int:pk>/revisions/<int:number>/restore/", posts_revisions.restore, name="post_restore"),
]
