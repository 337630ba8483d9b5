"""What stands around a story's body: its trailer."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..body import pieces
from ..body.compile import paid_for
from ..body.embeds import embed_of
from ..story import Story

register = template.Library()


@register.simple_tag
def trailer(story: Story) -> SafeString:
    """The trailer: a box that waits for the reader, or a link to a site that has no player here.

    Its poster is the story's picture, where the story has one that gives nothing away.
    """
    if found := embed_of(story.trailer_url):
        box = pieces.embed(found, format_html("Trailer: {}", story.headline), story.abroad.picture, alt="")
        return paid_for(box) if story.sponsor else box
    return format_html(
        '<p class="trailer"><a class="button button--quiet" href="{}" rel="{}noopener external">'
        '<span aria-hidden="true">▶</span> Watch the trailer</a></p>',
        story.trailer_url,
        "sponsored " if story.sponsor else "",
    )
