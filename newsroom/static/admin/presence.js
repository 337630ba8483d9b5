/* The page says every ten seconds that it is still there, shows who else is, and passes on what it was told. */

import { ask, panel } from "./ask.js";

const EVERY = 10000;
const { presence, page } = panel.dataset;
const isLooking = "looking" in panel.dataset;
const people = panel.querySelector("[data-people]");
let isAsking = false;

const report = (...flags) => {
  const data = new FormData();
  data.set("_page", page);
  for (const flag of flags) data.set(flag, "1");
  return data;
};

const show = (selector, isShown) => {
  const found = panel.querySelector(selector);
  if (found) found.hidden = !isShown;
};

const put = (selector, words) => {
  for (const found of panel.querySelectorAll(selector)) if (found.textContent !== words) found.textContent = words;
};

const draw = (answer) => {
  const others = answer.others.filter((one) => !(isLooking && one.name === answer.holder?.name));
  put("[data-people]", others.map((one) => `${one.name} ${one.does} (since ${one.since_clock})`).join(" · "));
  people.hidden = !others.length;
  if (answer.taken_by) {
    put("[data-taken-by]", answer.taken_by);
    put("[data-taken-clock]", answer.taken_clock);
    show("[data-taken]", true);
  }
  if (!isLooking) return;
  show("[data-held]", Boolean(answer.holder));
  show("[data-free]", !answer.holder);
  if (answer.holder) put("[data-held-by]", answer.holder.name);
  show("[data-newer]", answer.version > Number(panel.dataset.version));
};

const beat = async () => {
  if (isAsking) return;
  isAsking = true;
  const flags = [!isLooking && "to_write", panel.dataset.isWriting && "is_writing"].filter(Boolean);
  const answer = await ask(presence, report(...flags));
  isAsking = false;
  if (answer.status === 200) draw(answer);
  document.dispatchEvent(new CustomEvent("story:seen", { detail: answer }));
};

const leave = () => {
  const data = report("leaving");
  data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  navigator.sendBeacon(presence, data);
};

setInterval(beat, EVERY);
addEventListener("online", beat);
addEventListener("focus", beat);
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && beat());
beat();
