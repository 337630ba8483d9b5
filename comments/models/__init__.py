"""Rows of the comments app, and the questions asked of them."""

from .calm import Calm
from .comment import Comment
from .decision import Decision
from .discussion import Discussion
from .exclusion import Exclusion
from .following import Following
from .glance import Glance
from .guest import Guest
from .heat import Heat
from .like import Like
from .mark import ReadMark
from .mute import Mute
from .notice import Notice
from .notification import Notification
from .phrase import Phrase, PhraseChange
from .report import Report
from .rules import Rules
from .sanction import Remark, Sanction
from .sending import Sending
from .tally import Tally
from .vote import Vote
from .watch import Watch
from .wording import Wording

__all__ = [
    "Calm",
    "Comment",
    "Decision",
    "Discussion",
    "Exclusion",
    "Following",
    "Glance",
    "Guest",
    "Heat",
    "Like",
    "Mute",
    "Notice",
    "Notification",
    "Phrase",
    "PhraseChange",
    "ReadMark",
    "Remark",
    "Report",
    "Rules",
    "Sanction",
    "Sending",
    "Tally",
    "Vote",
    "Watch",
    "Wording",
]
