"""Members, roles and the site's settings in the admin; importing this package registers them."""

from django.contrib import admin
from django.contrib.auth.models import Group

from members.admin import members  # noqa: F401  # registers its own
from members.admin.roles import RoleAdmin
from members.admin.site_settings import PageAdmin, PolicyAdmin, SiteSettingsAdmin
from members.models import Page, Policy, SiteSettings

admin.site.unregister(Group)
admin.site.register(Group, RoleAdmin)
admin.site.register(SiteSettings, SiteSettingsAdmin)
admin.site.register(Policy, PolicyAdmin)
admin.site.register(Page, PageAdmin)
