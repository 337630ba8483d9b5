"""Facts of the articles app, in the past tense, for whoever wants to know. Connected in newsroom/apps.py."""

from django.dispatch import Signal

# An edition was cut, for now or later. Sent inside the transaction: edition=.
edition_cut = Signal()
# An edition's interval was closed (or cancelled). Sent after commit: edition=.
edition_ended = Signal()
# An edition's moment has come. Sent once, after commit, some time after it: edition=.
edition_live = Signal()
# A story was discarded. Sent inside the transaction, while its row is still there: what hangs on it goes now. article=.
story_discarded = Signal()
