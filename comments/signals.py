"""Facts of the comments app, in the past tense. Sent after commit; connected in newsroom/apps.py."""

from django.dispatch import Signal

# A comment became public: comment=.
comment_shown = Signal()
# A comment is public no more: comment=.
comment_hidden = Signal()
# A reader has said that a comment points to an error in the story. Sent inside the transaction: article=, text=,
# address= (of the comment), by=, may_be_thanked=.
error_reported = Signal()
