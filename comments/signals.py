"""Facts of the comments app, in the past tense. Sent after commit; connected in newsroom/apps.py."""

from django.dispatch import Signal

# A comment became public: comment=.
comment_shown = Signal()
# A comment is public no more: comment=.
comment_hidden = Signal()
