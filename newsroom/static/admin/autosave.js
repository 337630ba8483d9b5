/* Nothing typed is lost: words go to the server when the keys rest, and until it has them into this browser.
   One request at a time. When one fails, the page's regular report (presence.js) finds out when to go on. */

import { ask, panel, renew } from "./ask.js";
import * as copies from "./copies.js";
import { close, differences, areSame, fill, form, formData, read, watch, whenReady } from "./words.js";

const REST = 2500;
const COPY_AFTER = 200;
const { story, user, page, autosave, signIn, name } = panel.dataset;
const key = copies.keyOf(story, user, page);

let turn = 0; // how many changes this page has seen,
let had = 0; // and up to which of them the server has the words
let version = Number(panel.dataset.version);
let isKept = true; // the browser has what the server has not
let isSending = false;
let isLeaving = false;
let problem = ""; // "", "signed-out", "offline", "refused"; "held" until the other leaves; "conflict", "taken", "lost" for good
let saveTimer = 0;
let copyTimer = 0;

const isUnsaved = () => turn > had;

/* --- What the person is told --- */

const status = panel.querySelector("[data-status]");

const say = (state, words, ...links) => {
  if (status.dataset.words === words) return;
  Object.assign(status.dataset, { state, words });
  status.replaceChildren(words, ...links.flatMap((link) => [" ", link]));
};

const link = (words, href, isElsewhere) => {
  const made = Object.assign(document.createElement("a"), { href, textContent: words });
  return isElsewhere ? Object.assign(made, { target: "_blank", rel: "noopener" }) : made;
};

const compare = () => {
  const made = Object.assign(document.createElement("button"), { type: "submit", textContent: "Compare" });
  made.setAttribute("form", form.id);
  return made;
};

const by = (who) => (who === name ? "you in another window" : who);
const kept = () => (isKept ? "your words are kept in this browser" : "your words are only on this page");

const tell = (who = "") => {
  if (problem === "signed-out")
    say("wait", "Signed out: sign in in another tab, then saving goes on.", link("Sign in", signIn, true));
  if (problem === "offline") say("wait", `Offline: ${kept()}`);
  if (problem === "held") say("wait", `${who} is writing this story: saving is paused`);
  if (problem === "lost") say("bad", `This story is no longer yours to edit: ${kept()}`);
  if (problem === "taken") say("bad", "Saving has stopped");
  if (problem !== "conflict") return;
  const words = `Changed by ${by(who)}: saving is paused.`;
  if (isUnsaved()) say("bad", words, compare());
  else say("bad", `Changed by ${by(who)}.`, link("Show the new text", location.pathname));
};

/* --- The copy in this browser --- */

const keep = () => {
  clearTimeout(copyTimer);
  copyTimer = 0;
  if (isUnsaved()) isKept = copies.write(key, { at: Date.now(), version, turn, words: read() });
};

const changed = () => {
  turn += 1;
  form.elements._turn.value = turn;
  panel.dataset.isWriting = "yes";
  copyTimer ||= setTimeout(keep, COPY_AFTER);
  if (problem === "refused") problem = "";
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, REST);
};

/* --- The server --- */

const stop = (why, who) => {
  problem = why;
  keep();
  tell(who);
};

const save = async () => {
  if (isSending || isLeaving || problem || !isUnsaved()) return;
  isSending = true;
  keep();
  const sent = turn;
  const answer = await ask(autosave, formData());
  isSending = false;
  if (answer.status === 200) saved(answer, sent);
  else refused(answer);
};

const knows = (newer) => {
  version = newer;
  form.elements.read_version.value = version;
};

const saved = (answer, sent) => {
  had = sent;
  knows(answer.version);
  say("good", `Saved ${answer.saved_clock}`);
  if (isUnsaved()) return changedMeanwhile();
  clearTimeout(copyTimer);
  copyTimer = 0;
  copies.drop(key);
  delete panel.dataset.isWriting;
};

const changedMeanwhile = () => {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, REST);
};

const refused = (answer) => {
  if (answer.status === 409) return stop("conflict", answer.who);
  if (answer.status === 401) return stop("signed-out");
  if (answer.status === 403 || answer.status === 404) return stop("lost");
  if (answer.status !== 422) return stop("offline");
  problem = "refused";
  const wrong = Object.entries(answer.errors).map(([field, found]) => `${field ? `${field}: ` : ""}${found.join(" ")}`);
  say("bad", `Not saved: ${wrong.join(" ")}`);
};

/* Every few seconds the page reports itself: so it learns that others changed the story, and when it can go on. */
const heard = ({ detail: answer }) => {
  if (["conflict", "taken", "lost"].includes(problem)) return;
  if (answer.status === 401) return stop("signed-out");
  if (answer.status === 0) return stop("offline");
  if (answer.status === 403 || answer.status === 404) return stop("lost");
  if (answer.status !== 200) return;
  if (answer.taken_by) {
    stop("taken");
    return close();
  }
  if (answer.holder) return stop("held", answer.holder.name);
  if (answer.version > version && answer.is_yours && !isSending) knows(answer.version);
  if (answer.version > version && !answer.is_yours) return stop("conflict", answer.changed_by);
  if (["signed-out", "offline", "held"].includes(problem)) goOn();
};

const goOn = () => {
  problem = "";
  say("good", isUnsaved() ? "Saving goes on" : "Saving works again");
  save();
};

/* --- Leaving --- */

/* The Save button may lead to the sign-in page: not before the words are safe. */
const submitting = async (event) => {
  clearTimeout(saveTimer);
  keep();
  const isSafe = isKept && problem !== "signed-out" && problem !== "offline";
  if (problem === "taken") return event.preventDefault();
  if (isSafe) return void (isLeaving = true);
  event.preventDefault();
  const button = event.submitter;
  const answer = await renew();
  if (answer.status !== 200) return refused(answer);
  problem = "";
  isLeaving = true;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: button?.name, value: button?.value });
  if (field.name) form.append(field);
  form.submit();
};

const hiding = () => {
  keep();
  if (document.visibilityState === "hidden") save();
};

const warning = (event) => {
  keep();
  if (isUnsaved() && !isKept && !isLeaving) event.preventDefault();
};

/* --- Words that an earlier page left --- */

const offer = panel.querySelector("[data-offer]");

const isHad = (copy) =>
  (copy.page === panel.dataset.lastPage && copy.turn <= Number(panel.dataset.lastTurn)) || areSame(copy.words, read());

const offerNext = () => {
  const found = copies.left(story, user, page);
  found.filter(isHad).forEach((copy) => copies.drop(copy.key));
  const copy = found.find((one) => !isHad(one));
  offer.hidden = !copy;
  if (!copy) return;
  const at = new Date(copy.at);
  const isToday = at.toDateString() === new Date().toDateString();
  const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  offer.querySelector("[data-when]").textContent = isToday ? clock : `${at.toLocaleDateString("en-GB")}, ${clock}`;
  offer.querySelector("[data-older]").hidden = copy.version === Number(panel.dataset.version);
  offer.querySelector("[data-words]").textContent = differences(copy.words);
  offer.querySelector("[data-use]").onclick = () => answered(copy, true);
  offer.querySelector("[data-drop]").onclick = () => answered(copy, false);
};

const answered = (copy, isWanted) => {
  if (isWanted) {
    fill(copy.words);
    changed();
    keep();
  }
  if (!isWanted || isKept) copies.drop(copy.key);
  offerNext();
  (isWanted ? form.elements.headline : document.querySelector("#content h1, #content a"))?.focus();
};

form.autocomplete = "off";
watch(changed);
document.addEventListener("story:seen", heard);
document.addEventListener("visibilitychange", hiding);
form.addEventListener("submit", submitting);
addEventListener("beforeunload", warning);
addEventListener("pageshow", () => (isLeaving = false));
whenReady(() => {
  offerNext();
  if (panel.dataset.isUnsaved) changed();
  if (panel.dataset.theirs) stop("conflict", panel.dataset.theirs);
});
