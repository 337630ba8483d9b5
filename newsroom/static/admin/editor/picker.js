/* The questions the editor's buttons ask: which pictures, which story, which address. Each gives a promise of the
   answer: nothing chosen is an empty answer. */

import { replaceWidget, takePictures } from "./arriving.js";
import { make, open, place, token } from "./dialog.js";
import { askEmbed } from "./embed.js";
import { uploads } from "./uploads.js";

const ask = async (address, query) => {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.status === 403 ? "You may not see these." : "The list did not come.");
  return response.json();
};

/* A search field above a list of choices that are radio buttons or check boxes. */
const choices = ({ several, find, draw }) => {
  const search = make("input", { type: "search", id: "picker-search", autocomplete: "off", autofocus: "" });
  const said = make("p", { class: "picker__said", role: "status" });
  const list = make("ul", { class: "picker__list" });
  const chosen = new Map();
  const added = new Map();
  let shown = [];
  let turn = 0;

  const choose = (item) => {
    if (!several) chosen.clear();
    chosen.set(item.id, item);
  };

  const row = (item) => {
    const input = make("input", { type: several ? "checkbox" : "radio", name: "picker" });
    input.checked = chosen.has(item.id);
    input.addEventListener("change", () => {
      if (input.checked) choose(item);
      else chosen.delete(item.id);
    });
    return make("li", {}, make("label", {}, input, ...draw(item)));
  };

  /* What has been added comes first, whatever is searched for. */
  const redraw = () => list.replaceChildren(...[...added.values(), ...shown.filter((item) => !added.has(item.id))].map(row));

  const add = (item) => {
    added.set(item.id, item);
    choose(item);
    redraw();
    list.scrollTop = 0;
  };

  const refresh = async () => {
    const mine = ++turn;
    try {
      const { items, more } = await find(search.value);
      if (mine !== turn) return;
      shown = items;
      redraw();
      said.textContent = !items.length ? "Nothing found." : more ? "The newest of more: search to find others." : "";
    } catch (problem) {
      if (mine === turn) said.textContent = problem.message;
    }
  };

  let wait;
  search.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(refresh, 200);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      refresh();
    }
  });
  refresh();
  const field = make("p", {}, make("label", { for: "picker-search" }, "Search "), search);
  return { chosen, add, nodes: [field, said, list] };
};

const lacks = (picture) =>
  [!picture.alt && !picture.is_decorative && "alternative text", !picture.credit && "a credit"].filter(Boolean);

const drawPicture = (picture) => {
  const missing = lacks(picture);
  const words = make("span", { class: "picker__words" }, make("strong", {}, picture.title), " ", picture.credit || "");
  if (missing.length) words.append(make("span", { class: "picker__lacks" }, `Needs ${missing.join(" and ")}.`));
  return [make("img", { src: picture.thumbnail, alt: "", width: "160", height: "90", loading: "lazy" }), words];
};

const urlOf = (pattern, pk) => pattern.replace("/0/", `/${encodeURIComponent(pk)}/`);

const keepWords = async (picture, words) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(words)) if (value) body.append(name, value);
  body.append("csrfmiddlewaretoken", token());
  const response = await fetch(urlOf(place().words, picture.id), { method: "POST", body });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "The words were not kept. Try it again.");
  return answer;
};

/* Ask for the words without which a picture may not go out; who leaves them is told again before publishing. */
const askWords = async (picture, problem = "") => {
  const alt = make("input", { type: "text", id: "picker-alt", maxlength: "300", value: picture.alt });
  const credit = make("input", { type: "text", id: "picker-credit", maxlength: "200", value: picture.credit });
  const decorative = make("input", { type: "checkbox", id: "picker-decorative" });
  decorative.checked = picture.is_decorative;
  const row = (field, words) => make("p", {}, make("label", { for: field.id }, words), field);
  const content = [
    make("img", { src: picture.thumbnail, alt: "", class: "picker__still" }),
    row(alt, "What it shows, for those who cannot see it"),
    make("p", { class: "picker__tick" }, decorative, make("label", { for: decorative.id }, "Decorative: it says nothing that the words do not")),
    row(credit, "Credit"),
    make("p", { class: "picker__lacks", role: "alert" }, problem),
  ];
  const answer = () => ({ alt: decorative.checked ? "" : alt.value, credit: credit.value, is_decorative: decorative.checked ? "on" : "" });
  const words = await open(`“${picture.title}” needs a few words`, content, { send: "Keep", nothing: null, answer });
  if (!words) return;
  try {
    await keepWords(picture, words);
  } catch (failure) {
    await askWords({ ...picture, ...words, is_decorative: Boolean(words.is_decorative) }, failure.message);
  }
};

window.Newsroom = {
  pictureUrl: (pk) => urlOf(place().picture, pk),

  async pickPictures({ title, several }) {
    const find = async (q) => {
      const found = await ask(place().pictures, { q });
      return { items: found.pictures, more: found.more };
    };
    const { chosen, add, nodes } = choices({ several, find, draw: drawPicture });
    const upload = uploads({ several, came: add });
    const answer = () => [...chosen.values()];
    const pictures = await open(title, [...upload.nodes, ...nodes], { send: "Put it in", nothing: [], answer, ready: upload.welcome });
    for (const picture of pictures) await window.Newsroom.askForWords(picture);
    return pictures;
  },

  async askForWords(picture) {
    if (lacks(picture).length) await askWords(picture);
  },

  takePictures,

  async pickStory() {
    const find = async (q) => {
      const found = await ask(place().stories, { q });
      return { items: found.stories, more: found.more };
    };
    const draw = (story) => [make("span", { class: "picker__words" }, make("strong", {}, story.headline), " ", story.published)];
    const { chosen, nodes } = choices({ several: false, find, draw });
    return open("Choose a story", nodes, { send: "Put it in", nothing: null, answer: () => [...chosen.values()][0] });
  },

  async nameOfStory(pk) {
    try {
      const { stories } = await ask(place().stories, { id: pk });
      return stories.length ? stories[0].headline : "This story is not live: readers do not see it here.";
    } catch {
      return "";
    }
  },

  askEmbed,
  replaceWidget,
};
