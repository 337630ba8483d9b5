/* Nothing typed is lost: words go to the server when the keys rest, and until it has them into this browser.
   One request at a time. When one fails, the page's regular report (presence.js) finds out when to go on. */

import { ask, panel, renew } from "./ask.js";
import * as copies from "./copies.js";
import { draw } from "./findings.js";
import { say, tell } from "./telling.js";
import { areSame, besideEditor, close, differences, fill, form, formData, read, trace, watch, whenReady } from "./words.js";

const REST = 2500;
const COPY_AFTER = 200;
const { story, user, page, autosave } = panel.dataset;
const key = copies.keyOf(story, user, page);

let turn = 0; // how many changes this page has seen,
let had = 0; // and up to which of them the server has the words
let version = Number(panel.dataset.version);
const opened = read();
let known = trace(opened); // the form's words when last looked at
let isKept = true; // the browser has what the server has not
let isSending = false;
let isLeaving = false;
let problem = ""; // "", "signed-out", "offline", "refused"; "held" until the other leaves; "conflict", "taken", "lost" for good
let saveTimer = 0;
let copyTimer = 0;

const isUnsaved = () => turn > had;

/* --- The copy in this browser --- */

/* Not everything that fires is a change of words: what has not changed them is passed over. */
const keep = (isForced) => {
  clearTimeout(copyTimer);
  copyTimer = 0;
  const words = read();
  const now = trace(words);
  if (now === known && !isForced) return;
  known = now;
  turn += 1;
  form.elements._turn.value = turn;
  panel.dataset.isWriting = "yes";
  isKept = copies.write(key, { at: Date.now(), version, turn, words });
  if (problem === "refused") problem = "";
  rest();
};

const changed = () => {
  isLeaving = false;
  copyTimer ||= setTimeout(keep, COPY_AFTER);
  rest();
};

const rest = () => {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, REST);
};

/* --- The server --- */

const stop = (why, who) => {
  problem = why;
  tell(why, { who, isUnsaved: isUnsaved(), isKept });
};

const save = async () => {
  if (copyTimer) keep();
  if (isSending || isLeaving || problem || !isUnsaved()) return;
  isSending = true;
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
  draw(answer.findings);
  if (isUnsaved()) return rest();
  copies.drop(key);
  delete panel.dataset.isWriting;
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
  if (problem === "taken") return;
  if (answer.taken_by) {
    stop("taken");
    return close();
  }
  if (problem === "conflict" || problem === "lost") return;
  if (answer.status === 401) return stop("signed-out");
  if (answer.status === 0) return stop("offline");
  if (answer.status === 403 || answer.status === 404) return stop("lost");
  if (answer.status !== 200) return;
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
  keep();
  clearTimeout(saveTimer);
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

const hiding = () => document.visibilityState === "hidden" && save();

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
    keep(true);
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
  if (copyTimer && !areSame(besideEditor(opened), besideEditor(read()))) keep();
  known = trace(read());
  offerNext();
  if (panel.dataset.isUnsaved) keep(true);
  if (panel.dataset.theirs) stop("conflict", panel.dataset.theirs);
});
