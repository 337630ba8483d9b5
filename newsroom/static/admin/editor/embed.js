/* The question about an embed: its address, the title that readers get, and a picture of the library as its poster. */

import { make, open, place } from "./dialog.js";

const SITES = "YouTube, Vimeo, TikTok, Instagram, X, Bluesky, Threads, Reddit, Spotify, Apple Podcasts, SoundCloud, Twitch, Letterboxd, IMDb. Any other address becomes a link.";
const REST = 500;

const row = (field, words, ...more) => make("p", {}, make("label", { for: field.id }, words), field, ...more);

/* The picture that is chosen so far, with the buttons that change it. */
const posterOf = (first) => {
  const still = make("div", { class: "picker__poster" });
  const choose = make("button", { type: "button", class: "button" });
  const drop = make("button", { type: "button", class: "button" }, "No poster");
  let pk = first;

  const draw = () => {
    const url = pk && window.Newsroom.pictureUrl(pk);
    still.replaceChildren(...(pk ? [make("img", { src: url, alt: "The poster", class: "picker__still" })] : []));
    choose.textContent = pk ? "Choose another poster" : "Choose a poster";
    drop.hidden = !pk;
  };

  const set = (value) => {
    pk = value;
    draw();
    choose.focus();
  };

  choose.addEventListener("click", async () => {
    const [picture] = await window.Newsroom.pickPictures({ title: "Choose a poster", several: false });
    if (picture) set(String(picture.id));
  });
  drop.addEventListener("click", () => set(""));
  draw();
  const help = make("p", { class: "help" }, "Readers see it until they press play: nothing comes from the other site before.");
  return { value: () => pk, nodes: [still, make("p", { class: "picker__buttons" }, choose, drop), help] };
};

/* Where the paper asks for titles, the other site's own is offered, once somebody has left off typing the address. */
const offerTitle = (address, title, said) => {
  const endpoint = place().titles;
  let offered = "";
  let timer;
  const ask = async () => {
    if (!address.checkValidity() || (title.value && title.value !== offered)) return;
    const url = new URL(endpoint, location.href);
    url.searchParams.set("url", address.value.trim());
    const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = response?.ok ? (await response.json()).title : "";
    if (!found || (title.value && title.value !== offered)) return;
    title.value = offered = found;
    said.textContent = "The title is the other site’s own: change it as you like.";
  };
  if (!endpoint) return;
  address.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, REST);
  });
};

/* Resolves with { address, title, poster }, or with null. */
export const askEmbed = ({ address = "", title = "", poster = "" } = {}) => {
  const at = make("input", { type: "url", id: "picker-address", required: "", placeholder: "https://", pattern: "https?://.+", value: address });
  const named = make("input", { type: "text", id: "picker-title", maxlength: "200", value: title });
  const said = make("p", { class: "picker__said", role: "status" });
  const picture = posterOf(poster);
  const content = [
    row(at, "Address of the video, post, track or page "),
    make("p", { class: "help" }, SITES),
    row(named, "Title, for readers "),
    said,
    ...picture.nodes,
  ];
  offerTitle(at, named, said);
  const answer = () => ({ address: at.value.trim(), title: named.value.trim(), poster: picture.value() });
  return open("Embed", content, { send: address ? "Change it" : "Put it in", nothing: null, answer });
};
