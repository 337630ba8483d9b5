// The comment form in place, for those signed in. Without it the same links lead to pages that do the same.

import { likes } from "./likes.js";

const PATIENCE = 20_000; // milliseconds for an answer
const AGAIN = "Your words are kept; please try again.";
const AWAY = "You seem to be offline. Your words are kept here, and go out by themselves once you are back.";
const BROKEN = "The server did not answer as it should. Your words are kept here; please try again in a moment.";
const place = document.querySelector("[data-discussion]");
if (place) start().catch(() => {});

async function start() {
  const answer = await fetch(place.dataset.meUrl, { headers: { Accept: "application/json" } });
  const me = await answer.json();
  if (!me.signed_in) return;

  const account = document.querySelector("[data-account]");
  if (account) account.textContent = me.name;
  const said = make("p", { className: "visually-hidden", role: "status" });
  place.append(said);
  likes(me, said);
  if (me.mine?.length) place.append(make("ol", { className: "discussion__mine", ariaLabel: "Yours, waiting" }, ...me.mine.map(item)));
  if (!me.is_open) return;

  place.querySelector("[data-join]")?.replaceWith(form(me, said, ""));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reply]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const actions = link.parentElement;
    if (!actions.nextElementSibling) actions.after(form(me, said, link.dataset.reply, link));
    actions.nextElementSibling.elements.body.focus();
  });
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function item(html) {
  const template = make("template", { innerHTML: html.trim() });
  const node = template.content.firstElementChild;
  return node.matches("li") ? node : make("li", { className: "thread__item" }, node);
}

// Private windows may refuse to keep anything.
function keep(key, text) {
  try {
    if (text) localStorage[key] = text;
    else delete localStorage[key];
  } catch {}
}

function kept(key) {
  try { return localStorage[key] || ""; } catch { return ""; }
}

function form(me, said, parent, link) {
  const draft = `comment:${place.dataset.id}:${parent}`;
  const id = `words-${parent || "new"}`;
  const label = parent ? link.textContent.trim() : "Your comment";
  const body = make("textarea", { name: "body", id, value: kept(draft) });
  const error = make("p", { className: "field__error", id: `${id}-error`, role: "alert" });
  const button = make("button", { className: "button", textContent: parent ? "Post reply" : "Post" });
  const actions = make("p", { className: "actions" }, button);
  const element = make("form", { className: "comment-form", noValidate: true },
    make("label", { className: "label", htmlFor: id, textContent: label }), body, error,
    make("p", { className: "as", textContent: `As ${me.name}. ${me.notice || ""}` }), actions);
  body.setAttribute("aria-describedby", error.id);

  if (parent) {
    const close = () => { element.remove(); link.focus(); };
    actions.append(make("button", { className: "button button--text", type: "button", textContent: "Cancel", onclick: close }));
    element.onkeydown = (event) => { if (event.key === "Escape") close(); };
  }

  const post = button.textContent;
  let key = crypto.randomUUID();
  let sending = false;
  let sent = "";
  const fail = (text) => {
    error.textContent = text;
    body.ariaInvalid = "true";
    body.focus();
  };
  // Nothing is wrong with the words: they wait for the network, or for the button.
  const wait = (text) => {
    error.textContent = text;
    button.textContent = "Try again";
    addEventListener("online", retry);
    if (element.contains(document.activeElement)) button.focus();
  };
  const retry = () => { if (element.isConnected) element.requestSubmit(); };
  body.oninput = () => keep(draft, body.value);
  element.onsubmit = async (event) => {
    event.preventDefault();
    if (sending) return;
    removeEventListener("online", retry);
    button.textContent = post;
    if (!body.value.trim()) return fail("Write something first.");
    // What was sent may have arrived: the same words are the same comment, others are another.
    if (sent && sent !== body.value) key = crypto.randomUUID();
    sent = body.value;
    sending = body.readOnly = true;
    button.ariaDisabled = "true";
    error.textContent = "";
    body.ariaInvalid = null;
    const result = await send({ csrfmiddlewaretoken: me.csrf, body: body.value, key, parent }, me.form_url);
    sending = body.readOnly = false;
    button.ariaDisabled = null;
    if (result.waits) return wait(result.waits);
    if (result.failure) return fail(result.failure);
    keep(draft, "");
    insert(result, parent && element.closest("li"), said);
    if (parent) return element.remove();
    body.value = sent = "";
    key = crypto.randomUUID();
  };
  return element;
}

async function send(fields, url) {
  let response;
  try {
    response = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields), signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { waits: navigator.onLine ? BROKEN : AWAY };
  }
  if (response.status >= 500) return { waits: BROKEN };
  const result = await response.json().catch(() => ({}));
  if (response.ok && result.html) return result;
  const reasons = Object.values(result.errors || {}).flat().join(" ");
  return { failure: reasons || result.message || `That did not work. ${AGAIN}` };
}

// A reply goes to the end of its branch, a comment to the top.
function insert({ html, message, state, count }, above, said) {
  const entry = item(html);
  let list = above ? above.querySelector(":scope > ol") : document.querySelector("[data-thread]");
  if (!list) above.append((list = make("ol", { className: "thread thread--replies" })));
  if (above) list.append(entry);
  else list.prepend(entry);
  const comment = entry.querySelector("article");
  comment.classList.add("comment--new");
  said.textContent = message;
  if (state === "shown")
    document.querySelector(".discussion__count")?.replaceChildren(make("strong", { textContent: count }), ` comment${count === 1 ? "" : "s"}`);
  comment.tabIndex = -1;
  comment.focus();
}
