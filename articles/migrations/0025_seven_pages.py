"""The seven pages that every paper needs, begun but not public: only the paper can say what it stands for.

Those about corrections, privacy and comments say what this software does. In brackets is what it cannot know.
"""

from django.db import migrations

PAGES = [
    (
        "about",
        "About us",
        "Who we are, what we cover, and who pays for it.",
        """<p>[Say in three sentences what this paper is for, and for whom.]</p>
<h2>Who owns it</h2><p>[Name the owner, and where the money comes from.]</p>
<h2>What is paid for</h2><p>Stories that somebody has paid for say so, by whom, at their top and in every list.</p>""",
    ),
    (
        "masthead",
        "Masthead",
        "The people who make this paper.",
        "<p>[Authors who have a job in the admin are listed below, by themselves. Say here who decides, and for what.]</p>",
    ),
    (
        "ethics",
        "How we work",
        "The rules we work by, and what you may expect of us.",
        """<h2>What we publish</h2><p>[Say how you check what you publish, and what you do with anonymous sources.]</p>
<h2>What we accept</h2><p>[Say what your writers may accept from those they write about: tickets, review copies, travel.]</p>
<h2>Embargoes</h2><p>A story we have promised to hold is held until its time, and then it is there for everybody.</p>
<h2>Spoilers</h2><p>A story that gives much away says so, and goes out to lists and searches under a title that does not.</p>
<h2>Machines</h2><p>[Say whether, and for what, you use programs that write or draw.]</p>""",
    ),
    (
        "corrections-policy",
        "Corrections policy",
        "When we get something wrong we say so: on the story, and in the list of all corrections.",
        """<p>A correction says what was wrong and what is right. A clarification says more plainly what was not wrong. Both
stand on the story itself, at its top or its foot, with the time, and in the list of <a href="/corrections/">all
corrections</a>, for as long as the story does.</p>
<p>A story that has changed in substance says when. A comma that we mend is not worth a notice.</p>
<p>A story that should not have run is withdrawn: its address then says so, and why. It is not made to look as if it had
never been there. What readers had at any time, and who changed it, stays in our records.</p>
<h2>If you find something</h2><p>[Say how to tell you, and who decides.] Or write below the story: we read what is said
there.</p>""",
    ),
    (
        "contact",
        "Contact",
        "How to reach us.",
        """<p>[An address for news, one for corrections, one for complaints; who answers, and how soon.]</p>
<p>[Where to send something in confidence.]</p>""",
    ),
    (
        "privacy",
        "Privacy",
        "What we know of you when you read, comment or subscribe, and for how long.",
        """<h2>When you read</h2><p>We set no cookie while you only read. We count how often a story is read without knowing by
whom: your address and your browser are made into a number that means nothing the next day, is not stored with the story,
and leads back to nobody.</p>
<p>No page of ours loads anything from another company. A video or a song of another site stays a box until you press it;
only then does that site learn of you.</p>
<h2>When you comment</h2><p>An account has a user name, the name that others see, an e-mail address and a password, of which
we keep only what is needed to check it. Nobody but the people who run this paper sees the address. While you are signed
in, a cookie says so. You may withdraw what you said at any time.</p>
<h2>When you subscribe</h2><p>We keep the address you gave and when you gave it. Until you press the button in our mail it
is on no list, and it is deleted if you never do. Every mail has a link by which you leave the list at once.</p>
<h2>What else is kept</h2><p>[Say which logs your servers keep and for how long, who else handles data for you, and to whom
to write about one’s own data.]</p>""",
    ),
    (
        "comments",
        "Comment policy",
        "What we hope for below our stories, what we take away, and how we tell you.",
        """<p>Most of our stories end with a question, because we want to know. Disagree as much as you like, with what was said
rather than with who said it.</p>
<h2>What we take away</h2><ul><li>abuse and insults</li><li>advertising and spam</li><li>what has nothing to do with the
story</li><li>personal details of somebody</li><li>spoilers that come without a warning</li></ul>
<h2>How it is decided</h2><p>The first two comments of anybody new are read by a moderator before others see them; on some
stories every comment is. If yours is held you are told so, and why, in the place where you wrote it. If it is rejected
your account says for which of these reasons. Nobody’s comments are hidden without their knowing.</p>
<p>You may withdraw your own comment at any time. Where somebody had answered it, a line stays in its place.</p>""",
    ),
]


def begin(apps, schema_editor):
    HousePage = apps.get_model("articles", "HousePage")
    for place, (slug, title, lead, body) in enumerate(PAGES, 1):
        HousePage.objects.get_or_create(slug=slug, defaults={"title": title, "lead": lead, "body": body, "place": place * 10})


def remove(apps, schema_editor):
    """Those that nobody has written on."""
    apps.get_model("articles", "HousePage").objects.filter(slug__in=[page[0] for page in PAGES], version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_house_pages")]

    operations = [migrations.RunPython(begin, remove)]
