"""People with accounts. Roles are groups."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from .models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    list_display = ("username", "display_name", "email", "is_staff", "is_active")
    add_fieldsets = (
        (None, {"fields": ("username", "email", "display_name", "usable_password", "password1", "password2")}),
    )
    fieldsets = (*(DjangoUserAdmin.fieldsets or ()), ("As others see them", {"fields": ("display_name",)}))
