// Rulings in place: a card's form is sent, the card becomes a line that says what was done, and one goes on to the next.
// What failed is said on the card, which stays.

import { make } from "../site/sending.js";

const PATIENCE = 20_000; // milliseconds for an answer
const FEW = 8; // cards left when more are asked for
const AGAIN = 60_000; // milliseconds until the desk looks for what is new
const AWAY = "The network did not answer. Nothing is decided; try again.";
const BROKEN = "The server did not answer as it should. Nothing is decided; try again.";

export function rulings(list, said, counts) {
  let later = list.querySelector(".queue")?.dataset.later ?? "";
  let asking = false;
  const here = `${location.pathname}${location.search}`;
  const ruled = []; // the lines that can be undone, the last one last
  // What was here, ruled on or not, does not come again: some queues still have it.
  const known = new Set([...list.querySelectorAll(".held")].map((card) => card.dataset.comment));

  list.addEventListener("submit", (event) => {
    const card = event.target.closest(".held");
    if (!card) return;
    event.preventDefault();
    if (!card.ariaBusy) rule(card, event.target);
  });
  setInterval(() => { if (!document.hidden && !later) more(here); }, AGAIN);

  const cards = () => [...list.querySelectorAll(".held")];

  function show(card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView();
  }

  async function rule(card, form) {
    card.ariaBusy = "true";
    const answer = await send(form.action, new FormData(form));
    card.ariaBusy = null;
    if (answer.status === 409 || answer.status === 404) return goOn(fold(card, line(answer.message)));
    if (!answer.ok) return complain(card, answer);
    if (form.matches("[data-watch]")) watched(form.dataset.watch, answer);
    else if (form.matches("[data-pick]")) picked(card, form, answer.said);
    else goOn(done(card, answer));
  }

  function picked(card, form, words) {
    form.replaceWith(make("p", { textContent: words }));
    card.focus({ preventScroll: true });
    tell(words);
  }

  // The same story or person stands on other cards, too.
  function watched(key, { said: words, label, off }) {
    for (const form of list.querySelectorAll(`[data-watch="${key}"]`)) {
      form.elements.off.value = off;
      form.querySelector("button").textContent = label;
      form.querySelector(".chip").hidden = !off;
    }
    tell(words);
  }

  // The card as a line that can be undone; what comes next.
  function done(card, { said: words, undo_url: url }) {
    const undo = make("button", { type: "button", className: "button button--text", textContent: "Undo" });
    const folded = line(`${words}.`, card.querySelector("h2").textContent, undo);
    undo.onclick = () => takeBack(undo, folded, card, url);
    ruled.push(undo);
    return fold(card, folded);
  }

  function line(words, whose = "", undo = null) {
    return make("p", { className: "ruled", tabIndex: -1 }, words, whose && make("span", { className: "muted", textContent: ` ${whose} ` }), undo);
  }

  // The line takes the card's place; what then stands next, or the line itself.
  function fold(card, folded) {
    const all = cards(), at = all.indexOf(card);
    tell(folded.firstChild.textContent);
    recount(-1);
    card.replaceWith(folded);
    return all[at + 1] ?? all[at - 1] ?? folded;
  }

  function goOn(next) {
    if (next.matches(".held")) show(next);
    else next.focus();
    refill();
  }

  // Many at once: what was done with each, and with which somebody was quicker.
  function all({ done: rulings, late }) {
    let next = null;
    for (const [key, answer] of Object.entries(rulings)) next = done(find(key), answer);
    for (const [key, message] of Object.entries(late)) next = fold(find(key), line(message));
    if (next) goOn(next.isConnected ? next : cards()[0] ?? list.querySelector(".ruled"));
  }

  function find(key) {
    return list.querySelector(`[data-comment="${key}"]`);
  }

  async function takeBack(undo, folded, card, url) {
    if (undo.disabled) return;
    undo.disabled = true;
    const fields = new FormData();
    fields.append("csrfmiddlewaretoken", card.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await send(url, fields);
    undo.disabled = false;
    if (answer.status) ruled.splice(ruled.indexOf(undo), 1);
    if (!answer.ok) {
      tell(answer.message);
      return void folded.replaceChildren(`${answer.message} `, ...(answer.status ? [] : [undo]));
    }
    for (const version of card.querySelectorAll("[name=version]")) version.value = answer.version;
    const box = card.querySelector("[name=chosen]");
    if (box) Object.assign(box, { value: `${card.dataset.comment}.${answer.version}`, checked: false });
    for (const details of card.querySelectorAll(".reject")) details.open = false;
    list.querySelector(".nothing-waits")?.remove();
    folded.replaceWith(card);
    recount(1);
    tell(answer.said);
    show(card);
  }

  function undo() {
    ruled.at(-1)?.click();
  }

  function complain(card, { message, sign_in: address }) {
    card.querySelector(".held__problem")?.remove();
    const problem = make("p", { className: "held__problem", role: "alert", textContent: `${message} ` });
    if (address) problem.append(make("a", { href: `${address}?next=${encodeURIComponent(here)}`, textContent: "Sign in" }));
    card.querySelector(".held__ruling").append(problem);
  }

  function tell(words) {
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = words; });
  }

  // “1,000+” says no number, and stays.
  function recount(step) {
    for (const count of counts)
      if (/^[\d,]+$/.test(count.textContent)) count.textContent = (Number(count.textContent.replaceAll(",", "")) + step).toLocaleString("en");
  }

  function refill() {
    const left = cards().length;
    if (left < FEW && later) more(later);
    else if (!left) more(here);
  }

  // Put in what is not here yet; with nothing left, what is said then.
  async function more(url) {
    if (asking) return;
    asking = true;
    try {
      const address = new URL(url, location);
      address.searchParams.set("part", "");
      const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
      if (response.ok && !response.redirected) put(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      // What is here stays, and the next ruling asks again.
    }
    asking = false;
  }

  function put(page) {
    const queue = page.querySelector(".queue"), waited = !cards().length && list.contains(document.activeElement);
    later = queue?.dataset.later ?? "";
    for (const count of queue ? counts : []) count.textContent = queue.dataset.total;
    for (const item of [...(queue?.children ?? [])]) {
      const card = item.querySelector(".held");
      if (known.has(card.dataset.comment)) continue;
      known.add(card.dataset.comment);
      card.removeAttribute("id");
      (list.querySelector(".queue") ?? start()).append(item);
    }
    list.querySelector(".queue__end")?.remove();
    if (!cards().length) list.append(page.querySelector(".nothing-waits") ?? "");
    else if (waited) show(cards()[0]);
  }

  function start() {
    list.replaceChildren(make("ol", { className: "queue" }));
    return list.firstChild;
  }

  return { cards, show, undo, all };
}

// The answer, with its status; 0 where none came.
export async function send(url, fields) {
  let response;
  try {
    response = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields), signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { ok: false, status: 0, message: AWAY };
  }
  const answer = await response.json().catch(() => ({}));
  return { message: response.status === 404 ? "It is not there any more." : BROKEN, ...answer, ok: response.ok, status: response.status };
}
