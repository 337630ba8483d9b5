"""In which language a paragraph plainly is: sentences of our own in each, and English ones full of foreign names."""

import pytest

from articles.body.languages import NAMES, language_of, unmarked
from articles.draft import Draft
from articles.models.parts import parts_of
from articles.preflight import preflight
from articles.story import Parts

FOREIGN = [
    (
        "fr",
        "Le gardien du phare a quitté son poste avant la fin de la saison, et personne ne sait pourquoi il est parti.",
    ),
    (
        "fr",
        "« On ne m'a rien dit, je l'ai appris dans le journal comme tout le monde », répond l'actrice avec un sourire.",
    ),
    (
        "es",
        "La serie volverá en otoño con seis capítulos nuevos, pero el reparto no ha querido decir nada sobre el final.",
    ),
    ("es", "«Cuando leí el guion supe que mi personaje no iba a salir vivo de la isla, y me pareció muy bien»."),
    (
        "de",
        "Die Dreharbeiten haben im Winter begonnen, und der Sender will die erste Folge noch vor dem Sommer zeigen.",
    ),
    ("de", "„Ich habe das Drehbuch nicht gelesen, ich habe einfach ja gesagt“, erzählt sie und lacht dabei über sich."),
    (
        "it",
        "La nuova stagione comincia dove era finita la prima, sulla spiaggia, con il faro spento e il paese che dorme.",
    ),
    ("it", "«Non avevo mai lavorato con lui, ma dopo due giorni sul set eravamo già come fratelli», dice l'attore."),
    ("pt", "A última temporada chega ao canal em março, e os autores dizem que não vão voltar à ilha depois disso."),
    ("pt", "“Quando li o texto pela primeira vez chorei muito, porque era a história da minha avó”, conta a atriz."),
    ("ja", "灯台の明かりは最後まで消えませんでした。監督は続編について何も話していません。"),
    ("zh", "灯塔的光一直亮到最后，导演没有谈到续集，观众也没有再问下去，大家都在等待春天。"),
    ("ko", "등대의 불빛은 끝까지 꺼지지 않았고 감독은 속편에 대해 아무 말도 하지 않았다고 합니다."),
    ("ar", "لم ينطفئ ضوء المنارة حتى النهاية ولم يتحدث المخرج عن الجزء الثاني ولا أحد يعرف متى يعود المسلسل"),
    ("he", "אור המגדלור לא כבה עד הסוף והבמאי לא דיבר על ההמשך ואיש אינו יודע מתי תחזור הסדרה אל המסך הקטן"),
    ("hi", "प्रकाशस्तंभ की रोशनी अंत तक नहीं बुझी और निर्देशक ने अगली कड़ी के बारे में कुछ भी नहीं कहा है"),
]
ENGLISH = [
    "La Casa de Papel and El Juego del Calamar were dubbed into English by the same studio in Madrid last year.",
    "The makers of La Casa de Papel met those of Il Commissario Montalbano at the Festival de Cine de San Sebastián.",
    "Das Boot, Der Untergang and Die Brücke stand side by side on the shelf of the Haus des Deutschen Films in Berlin.",
    "Le Bureau des Légendes, Dix pour cent, La Flamme, Les Revenants, Un village français: pick one for the weekend.",
    "Pedro de la Vega, Ana de los Ríos, Luis del Campo and María de la Cruz join the cast for the third season.",
    "O Auto da Compadecida, Cidade de Deus, Central do Brasil and Que Horas Ela Volta? are shown on four nights.",
    "Her credits include La vita è bella, La grande bellezza, La meglio gioventù, Il postino and Ladri di biciclette.",
    "Leonardo da Vinci, Vasco da Gama, Catarina de Bragança and the Marquês de Pombal all get an episode.",
    "Wong Kar-wai’s 花樣年華 and Bong Joon-ho’s 기생충 are back in cinemas, with new prints and old subtitles.",
    "She said “c’est la vie”, he said “que será, será”, and then the two of them went home without a word.",
    "Cast: Jean de La Tour, Marie du Plessis, Anne des Rosiers, Luc de la Motte, Yves le Goff, Paul du Bois.",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_sentence_of_another_language_is_known_as_such(code, text):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_sentence_with_foreign_names_and_titles_is_english(text):
    assert language_of(text) == ""


@pytest.mark.parametrize("text", ["", "...", "Bonjour à tous et à toutes, dit-il.", "灯台の明かり", "12 34 56 " * 9])
def test_of_little_nothing_is_said(text):
    assert language_of(text) == ""


def test_what_is_marked_is_not_said_again_and_each_block_is_looked_at_by_itself():
    french, spanish = FOREIGN[0][1], FOREIGN[2][1]
    body = (
        f'<p><span lang="fr" dir="ltr">{french}</span></p><p>{ENGLISH[0]}</p>'
        f"<blockquote><p><em>{french}</em></p></blockquote><ul><li>{spanish}</li></ul>"
        f"<p>The critic wrote: “<span lang='fr' dir='ltr'>{french}</span>”</p>"
    )
    assert list(unmarked(body)) == [("fr", french), ("es", spanish)]


def test_preflight_hints_once_for_each_language_and_says_what_to_do():
    texts = "".join(f"<p>{text}</p>" for _, text in FOREIGN)
    draft = Draft(headline="x", dek="x", body=texts)
    said = [finding for finding in preflight(draft, Parts()) if "Set language" in finding.sentence]
    assert len(said) == len(NAMES)
    assert not any(finding.blocks for finding in said)
    assert said[0].field == "body"
    assert said[0].sentence == (
        "“Le gardien du phare a quitté son poste avant la…” reads like French. Select all that is, and mark it with "
        "“Set language”: screen readers then say it right."
    )


@pytest.mark.django_db
def test_of_an_english_story_nothing_is_said():
    draft = Draft(headline="x", dek="x", body="".join(f"<p>{text}</p>" for text in ENGLISH))
    assert not [one for one in preflight(draft, parts_of(draft)) if "Set language" in one.sentence]
