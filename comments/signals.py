"""Facts of the comments app, in the past tense. Sent after commit; connected in newsroom/apps.py."""

from django.dispatch import Signal

# A comment became public: comment=.
comment_shown = Signal()
# A comment is public no more: comment=.
comment_hidden = Signal()
# An editor or moderator has picked a comment out: comment=.
comment_picked = Signal()
# A moderator has changed what readers see of a comment: decision=.
comment_ruled = Signal()
# A reader has said that a comment points to an error in the story. Sent inside the transaction: article=, text=,
# address= (of the comment), by=, may_be_thanked=.
error_reported = Signal()
