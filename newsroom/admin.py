"""People and their roles. Who may manage people gives nobody more than they have themselves."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from allauth.mfa import admin as second_steps  # noqa: F401  Registers what is taken out of the admin below.
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as other_accounts  # noqa: F401  The same.
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Count, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django_q.admin import FailAdmin
from django_q.models import Failure, OrmQ, Schedule, Success

from articles.models import Section
from articles.models.taxonomy import EDITORS_RIGHT, sections_of
from comments import shown
from comments.models.remit import MODERATORS_RIGHT, limits_of
from newsroom.lib.people import Person, signed_in
from newsroom.lib.telling import TellingAdmin

from . import naming, portraits, subscribers_admin  # noqa: F401  Its pages are registered by being there.
from .models import Role, User

# What a role may hold, in the order of the page: the rights that the admin and the desk ask for.
KINDS = {
    "article": "Stories",
    "image": "Pictures",
    "topic": "Topics",
    "author": "Authors",
    "section": "Sections",
    "slot": "Fronts",
    "housepage": "Pages of the house",
    "event": "The audit log",
    "comment": "Comments",
    "discussion": "Discussions",
    "guest": "Guests",
    "subscriber": "The newsletter",
    "user": "People",
}
# Nobody does these here, whatever a role says: what is on record is written once.
NEVER = frozenset(
    "add_event change_event delete_event add_comment change_comment delete_comment add_discussion".split()
)
# Who has one of these has it in the sections that are told; in all where none are.
LIMITS = {EDITORS_RIGHT: sections_of, MODERATORS_RIGHT: limits_of}

for model in (Authenticator, Group, Failure, OrmQ, Schedule, SocialAccount, SocialApp, SocialToken, Success):
    admin.site.unregister(model)


@admin.register(Failure)
class FailureAdmin(FailAdmin):
    """Tasks that failed three times, to be read and tried again; of the engine's other pages there are none."""

    def has_change_permission(self, request: HttpRequest, obj: Failure | None = None) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """For superusers: take the second step from somebody who has lost it. Secrets are shown to nobody."""

    list_display = fields = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)


def rights() -> QuerySet[Permission]:
    """All that a role may hold."""
    known = Permission.objects.filter(content_type__app_label__in=["articles", "comments", "newsroom"])
    return known.filter(content_type__model__in=KINDS).exclude(codename__in=NEVER).select_related("content_type")


class GroupedRights(ModelChoiceIterator):
    """The rights by what they are about."""

    def __iter__(self) -> Iterator[Any]:
        order = list(KINDS)
        found = sorted(rights(), key=lambda right: (order.index(right.content_type.model), right.name))
        for model, some in groupby(found, key=lambda right: right.content_type.model):
            yield KINDS[model], [self.choice(right) for right in some]


class RightsField(forms.ModelMultipleChoiceField):
    """Ticks, in groups."""

    iterator = GroupedRights
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name).removeprefix("Can ").capitalize()


class RoleForm(forms.ModelForm):
    """A name and what goes with it. Rights that are not on the page stay as they are."""

    permissions = RightsField(rights(), required=False, label="Rights")

    class Meta:
        model = Role
        fields = ["name", "permissions"]

    def clean_permissions(self) -> list[Permission]:
        elsewhere = self.instance.permissions.exclude(pk__in=rights()) if self.instance.pk else []
        return [*self.cleaned_data["permissions"], *elsewhere]


@admin.register(Role)
class RoleAdmin(TellingAdmin):
    """For superusers: a role decides what everybody in it may do."""

    form = RoleForm
    list_display = ("name", "people")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return super().get_queryset(request).annotate(people_count=Count("user"))

    def names_of(self, obj: Role) -> Iterator[str]:
        """What the people in it are here stands beside their comments."""
        return map(shown.person, obj.user_set.values_list("pk", flat=True))

    @admin.display(description="People", ordering="people_count")
    def people(self, role: Any) -> int:
        return role.people_count

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)


def limited(actor: Person) -> frozenset[str]:
    """The code names of the rights that `actor` has in some sections only, and so gives nobody."""
    return frozenset(right.partition(".")[2] for right, sections in LIMITS.items() if sections(actor))


class PersonForm(UserChangeForm):
    """A person, with the sections an editor or a moderator is limited to."""

    sections = forms.ModelMultipleChoiceField(
        Section.objects,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For editors: ticked, they edit these sections alone. With none ticked they edit the whole paper.",
    )
    moderated = forms.ModelMultipleChoiceField(
        Section.objects,
        label="Sections to moderate",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For moderators: ticked, they decide on what is said in these sections alone. With none ticked they "
        "decide on the whole paper.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["sections"] = list(self.instance.edited_sections.values_list("pk", flat=True))
            self.initial["moderated"] = list(self.instance.moderated_sections.values_list("pk", flat=True))


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People. Superusers manage everybody; whoever else may, those who have no right that they lack."""

    form = PersonForm
    list_display = ("username", "display_name", "email", "is_staff", "is_active")
    filter_horizontal = ("user_permissions",)
    add_fieldsets = (
        (None, {"fields": ("username", "email", "display_name", "usable_password", "password1", "password2")}),
    )
    OWN = ("is_superuser", "user_permissions")
    SECTIONS = ("sections", "moderated")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("As others see them", {"fields": ("display_name", "first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "groups", *SECTIONS, *OWN)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Superusers alone see what superusers alone may give; who is limited to sections limits nobody."""
        sets, actor = super().get_fieldsets(request, obj), signed_in(request)
        hidden = () if actor.is_superuser else (*self.OWN, *self.SECTIONS) if limited(actor) else self.OWN
        return [(name, {**more, "fields": [one for one in more["fields"] if one not in hidden]}) for name, more in sets]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in self.SECTIONS if limited(signed_in(request)) else ():
            form.base_fields.pop(name, None)
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"queryset": roles_for(signed_in(request)), "widget": forms.CheckboxSelectMultiple}
            kwargs |= {"label": "Roles", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_manage(signed_in(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_manage(signed_in(request), obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        naming.tell([obj.pk])
        super().delete_model(request, obj)
        transaction.on_commit(lambda: portraits.discard(obj.portrait))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        pictures = list(queryset.values_list("portrait", flat=True))
        with transaction.atomic():
            naming.tell(list(queryset.values_list("pk", flat=True)))
            super().delete_queryset(request, queryset)
        for picture in pictures:
            transaction.on_commit(partial(portraits.discard, picture))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        naming.tell([form.instance.pk])
        if "sections" in form.cleaned_data:
            form.instance.edited_sections.set(form.cleaned_data["sections"])
        if "moderated" in form.cleaned_data:
            form.instance.moderated_sections.set(form.cleaned_data["moderated"])


def may_manage(actor: Person, person: Person) -> bool:
    """Whether `person` has nothing that `actor` lacks: no right, no section, not all of them."""
    if actor.is_superuser:
        return True
    within = all(
        not person.has_perm(right) or frozenset() < sections(person) <= sections(actor)
        for right, sections in LIMITS.items()
        if sections(actor)
    )
    return not person.is_superuser and within and person.get_all_permissions() <= actor.get_all_permissions()


def roles_for(actor: Person) -> QuerySet[Group]:
    """The roles that `actor` may give: those that hold no right that `actor` lacks."""
    groups = Group.objects.order_by("name")
    if actor.is_superuser:
        return groups
    lacking = [
        right.pk
        for right in Permission.objects.select_related("content_type")
        if f"{right.content_type.app_label}.{right.codename}" not in actor.get_all_permissions()
    ]
    unlimited = Permission.objects.filter(codename__in=limited(actor))
    return groups.exclude(permissions__in=[*lacking, *unlimited])
