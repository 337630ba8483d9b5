"""How much one wants to hear of a discussion: a page that asks; and taking that back, from one's notifications."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import following, posting
from ..models import Following
from .halfway import signed_in_only
from .posting import live_edition_or_404


class FollowForm(forms.Form):
    """One of three."""

    mode = forms.ChoiceField(
        label="What do you want to hear of it?",
        required=False,
        choices=[
            (Following.Mode.FOLLOW.value, Following.Mode.FOLLOW.label),
            ("", "What is said to me"),
            (Following.Mode.MUTE.value, Following.Mode.MUTE.label),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def follow(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask; then hear of the discussion as was chosen."""
    edition = live_edition_or_404(article_id)
    discussion, person = posting.open_for(edition), signed_in(request)
    form = FollowForm(
        request.POST if request.method == "POST" else None,
        initial={"mode": following.mode_of(discussion, person)},
        label_suffix="",
    )
    if form.is_bound and form.is_valid():
        following.follow(discussion, by=person, mode=form.cleaned_data["mode"])
        return redirect(f"{edition.path}#discussion")
    context = {"story": edition.card, "form": form}
    return render(request, "comments/follow.html", context, status=422 if form.is_bound else 200)


@require_POST
@personal_page
@signed_in_only
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear of a discussion what concerns oneself, as of any other, also when its story is gone from the site."""
    Following.objects.filter(person=signed_in(request), pk=pk).delete()
    return redirect("account_notifications")
