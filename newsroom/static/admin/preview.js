/* The story as readers get it, beside the words: the page's own form goes to the server, which answers with the very
   page that readers would get. Search and social previews are read from that page's head, so they cannot disagree. */

import { formData, watch } from "./words.js";

const REST = 500;
const PATIENCE = 20000;
const section = document.getElementById("preview");
const stage = section.querySelector("[data-stage]");
const said = section.querySelector("[data-said]");
const widths = [...section.querySelectorAll("[data-width]")];
const toggle = document.querySelector("[data-preview-toggle]");
const abroad = document.querySelector("[data-abroad]");

let timer = 0;
let isAsking = false;
let isStale = true;
let width = 390;

const isWanted = () => !section.hidden || abroad?.open;
const say = (words) => said.textContent !== words && (said.textContent = words);

/* --- What the server answers --- */

const ask = async () => {
  const data = formData();
  data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  try {
    return await fetch(section.dataset.preview, { method: "POST", body: data, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return null;
  }
};

const refresh = async () => {
  if (isAsking || !isStale || !isWanted()) return;
  isAsking = true;
  isStale = false;
  const answer = await ask();
  if (answer?.ok && !answer.redirected) await show(await answer.text());
  else say("This is how it was before your last words: the preview cannot be drawn now.");
  isAsking = false;
  rest();
};

const show = async (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (abroad) drawAbroad(page);
  if (!section.hidden) drawPage(page);
  say("");
};

const rest = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, REST);
};

/* --- The page --- */

const still = (event) => {
  if (event.target.closest("a, button, input, textarea, form")) event.preventDefault();
};

/* A new frame takes the old one's place once it is drawn, at the same height of the page: nothing flickers. */
const drawPage = (page) => {
  for (const script of page.querySelectorAll("script")) script.remove();
  const srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  const old = stage.querySelector("iframe:not([data-coming])");
  stage.querySelector("[data-coming]")?.remove();
  const frame = Object.assign(document.createElement("iframe"), { title: "The story as readers get it", srcdoc });
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.dataset.coming = "";
  frame.addEventListener("load", () => {
    delete frame.dataset.coming;
    frame.contentDocument.addEventListener("click", still);
    frame.contentWindow.scrollTo({ top: old?.contentWindow?.scrollY ?? 0, behavior: "instant" });
    old?.remove();
  });
  stage.append(frame);
};

/* The frame is as wide as the screen it stands for, and shrunk to what room there is. */
const fit = () => {
  const scale = Math.min(1, stage.clientWidth / width);
  stage.style.setProperty("--wide", `${width}px`);
  stage.style.setProperty("--scale", scale);
};

const choose = (button) => {
  width = Number(button.dataset.width);
  for (const one of widths) one.setAttribute("aria-pressed", one === button);
  fit();
};

/* --- Elsewhere --- */

const drawAbroad = (page) => {
  const meta = (name) => page.querySelector(`meta[name="${name}"], meta[property="${name}"]`)?.content ?? "";
  const put = (part, words) => (abroad.querySelector(`[data-part="${part}"]`).textContent = words);
  put("search-title", page.title.split(" · ").slice(0, -1).join(" · ") || "Untitled story");
  put("search-description", meta("description"));
  put("social-title", meta("og:title") || "Untitled story");
  put("social-description", meta("og:description"));
  const picture = abroad.querySelector("[data-part=picture]");
  const address = meta("og:image");
  picture.hidden = !address;
  if (address) picture.src = new URL(address, location.href).pathname;
};

/* --- Opening and closing --- */

const open = (isOpen) => {
  section.hidden = !isOpen;
  document.body.classList.toggle("is-previewing", isOpen);
  toggle.setAttribute("aria-expanded", isOpen);
  if (!isOpen) return toggle.focus();
  fit();
  isStale = true;
  refresh();
  section.querySelector("h2").focus({ preventScroll: true });
};

const changed = () => {
  isStale = true;
  rest();
};

document.querySelector("[data-without-panel]").hidden = true;
toggle.hidden = false;
toggle.addEventListener("click", () => open(section.hidden));
section.querySelector("[data-close]").addEventListener("click", () => open(false));
section.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
for (const button of widths) button.addEventListener("click", () => choose(button));
abroad?.addEventListener("toggle", () => abroad.open && changed());
new ResizeObserver(fit).observe(stage);
watch(changed);
