"""Who is in a filled paper: staff in their roles, readers, authors; and sections and topics. What is there stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.utils.text import slugify

from articles.models import Author, Section, Topic
from articles.models.taxonomy import Colour

from .. import names
from ..models import User
from . import words
from .copying import Row, Writer, free, numbered
from .words import Chance

STAFF = {"Writer": 12, "Editor": 6, "Moderator": 4}
AUTHORS = 300
TOPICS = 5_000
JOINED_WITHIN = timedelta(days=2000)


@dataclass(frozen=True)
class Cast:
    """People by what they do: the numbers of their accounts."""

    writers: Sequence[int]
    editors: Sequence[int]
    moderators: Sequence[int]
    readers: Sequence[int]


def staff(role: str) -> list[int]:
    """The accounts of those who have this role: nobody can sign in before they are given a password."""
    group, found = Group.objects.get(name=role), []
    for number in range(1, STAFF[role] + 1):
        username = f"{role.lower()}-{number}"
        user = User.objects.filter(username=username).first()
        if user is None:
            name = words.person_name(1000 * len(role) + number)
            user = User(username=username, display_name=name, email=f"{username}@example.com", is_staff=True)
            user.set_unusable_password()
            user.save()
            user.groups.add(group)
        found.append(user.pk)
    return found


def readers(writer: Writer, chance: Chance, number: int, now: datetime) -> list[int]:
    """As many accounts of readers, with their addresses confirmed."""
    known = dict(User.objects.filter(username__startswith="reader-").values_list("username", "pk"))
    wanted = [f"reader-{place}" for place in range(1, number + 1)]
    new = [name for name in wanted if name not in known]
    numbers = dict(zip(new, range(free(User), free(User) + len(new)), strict=True))
    writer.copy(User, (reader(chance, numbers[name], name, now) for name in new), total=len(new))
    addresses = (address(pk, name) for name, pk in numbers.items())
    writer.copy(EmailAddress, numbered(EmailAddress, addresses), total=len(new))
    every = known | numbers
    return sorted(every[name] for name in wanted)


def reader(chance: Chance, pk: int, username: str, now: datetime) -> Row:
    name = words.person_name(chance.randrange(20_000))
    return {
        "id": pk,
        "username": username,
        "display_name": name,
        "email": f"{username}@example.com",
        "password": f"{UNUSABLE_PASSWORD_PREFIX}{chance.getrandbits(160):040x}",
        "date_joined": now - chance.random() * JOINED_WITHIN,
        "name_key": names.key(name),
        "username_key": names.key(username),
    }


def address(user: int, username: str) -> Row:
    return {"user_id": user, "email": f"{username}@example.com", "verified": True, "primary": True}


def sections() -> list[Section]:
    colours = cycle(Colour.values)
    for place, (slug, name) in enumerate(words.SECTIONS.items()):
        about = {"name": name, "position": place, "colour": next(colours)}
        Section.objects.get_or_create(slug=slug, defaults=about | {"description": f"All there is about {name}."})
    return list(Section.objects.filter(slug__in=words.SECTIONS))


def topics(stories: int) -> list[Topic]:
    """As many as a paper of so many stories has, those with most stories first."""
    wanted = [words.topic_name(number) for number in range(min(TOPICS, max(20, stories // 10)))]
    slugs = {slugify(name): name for name in wanted}
    made = (Topic(slug=slug, name=name, description=f"All about {name}.") for slug, name in slugs.items())
    Topic.objects.bulk_create(made, ignore_conflicts=True)
    known = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    return [known[slug] for slug in slugs]


def authors(accounts: Sequence[int]) -> list[Author]:
    """Three hundred names, the first of them those of the staff with these accounts."""
    free_accounts = [pk for pk in accounts if not Author.objects.filter(user=pk).exists()]
    wanted = {slugify(name): name for name in map(words.person_name, range(AUTHORS))}
    known = set(Author.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    new = [Author(slug=slug, name=name, job="Reporter") for slug, name in wanted.items() if slug not in known]
    for author, account in zip(new, free_accounts, strict=False):
        author.user_id = account
    Author.objects.bulk_create(new)
    found = {author.slug: author for author in Author.objects.filter(slug__in=wanted)}
    return [found[slug] for slug in wanted]
