"""How far somebody has read: the mark moves forward only, whatever order its messages come in."""

from newsroom.lib.people import Person

from .models import Discussion, ReadMark


def seen(discussion: Discussion, *, by: Person, seq: int) -> None:
    """Note that a person has had the comments up to this number before them."""
    seq = min(seq, discussion.seq)
    mark, is_new = ReadMark.objects.get_or_create(person=by, discussion=discussion, defaults={"seq": seq})
    if not is_new:
        ReadMark.objects.filter(pk=mark.pk, seq__lt=seq).update(seq=seq)


def mark_of(discussion: Discussion, person: Person) -> int:
    """The number of the newest comment this person has seen; 0 for who was never here."""
    marks = ReadMark.objects.filter(discussion=discussion, person=person)
    return marks.values_list("seq", flat=True).first() or 0
