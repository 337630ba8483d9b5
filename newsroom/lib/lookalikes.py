"""Signs that are drawn alike: what names, and the words of comments, are compared by. Pure."""

import unicodedata

# Small letters and digits that are drawn like a Latin letter, here or as a capital, after Unicode's table of
# confusables (UTS 39), a script a line. “I”, “l” and “1” are one.
ALIKE = (
    ("аеіјорсухѕһԁԛԝӏвкмнтгѵ", "aeljopcyxshdqwlbkmhtrv"),
    ("αοινρυκτχγηζμωεβ", "aolvpuktxynzmweb"),
    ("ոսօհցզ", "nuohgq"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghljklmnoprstuvwyz"),
    ("ɡɩıi10", "gllllo"),
)
LOOKS_LIKE = {ord(one): other for ones, others in ALIKE for one, other in zip(ones, others, strict=True)}


def letters(text: str) -> str:
    """The small letters of a text, without accents: what is only another width or style of a letter is that letter."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in bare if not "\u0300" <= sign <= "\u036f")
