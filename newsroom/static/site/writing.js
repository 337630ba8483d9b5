// The form of a comment in place: a new one, a reply, or other words for one's own.

import { keep, kept, make, send } from "./sending.js";

const NEAR = 0.9; // of the longest text: from there on the characters are counted aloud

// What the form is for: its address, fields to send along, its label, the words of its button, what it holds to begin
// with, where its draft is kept, what happens when it is done, and how it is closed ("" where it stays).
export function writing(me, { id, url, fields, label, act, was = {}, draft, done, close }) {
  const body = make("textarea", { name: "body", id: `words-${id}`, value: (draft && kept(draft)) || was.body || "", maxLength: me.longest });
  const error = make("p", { className: "field__error", id: `words-${id}-error`, role: "alert" });
  const count = make("p", { className: "as", role: "status" });
  const spoils = spoiler(id, was);
  const shown = make("div", { className: "preview", hidden: true });
  const button = make("button", { className: "button", textContent: act });
  const preview = make("button", { className: "button button--quiet", type: "button", textContent: "Preview" });
  const actions = make("p", { className: "actions" }, button, preview,
    close && make("button", { className: "button button--text", type: "button", textContent: "Cancel", onclick: close }));
  const hint = make("p", { className: "field__hint", id: `words-${id}-hint`, textContent: "**bold**, *italic*, > quote, - list, ||spoiler||" });
  const element = make("form", { className: "comment-form", noValidate: true },
    make("label", { className: "label", htmlFor: body.id, textContent: label }), hint, body, count, error, spoils, shown,
    make("p", { className: "as", textContent: `As ${me.name}. ${me.notice || ""}` }), actions);
  body.setAttribute("aria-describedby", `${error.id} ${hint.id}`);
  element.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") close?.();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  };

  const said = () => ({ body: body.value, ...(spoils.is.checked && { is_spoiler: "on" }), spoiler_scope: spoils.scope.value, csrfmiddlewaretoken: me.csrf });
  let key = crypto.randomUUID(), sending = false, sent = "", advised = "";
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

  body.oninput = () => {
    if (draft) keep(draft, body.value);
    const left = me.longest - body.value.length;
    count.textContent = left < me.longest * (1 - NEAR) ? `${left} characters left` : "";
  };
  preview.onclick = async () => {
    const answer = await send(said(), me.preview_url);
    if (answer.waits) return wait(answer.waits);
    shown.hidden = !answer.html;
    shown.innerHTML = answer.html || "";
  };
  element.onsubmit = async (event) => {
    event.preventDefault();
    if (sending) return;
    removeEventListener("online", retry);
    button.textContent = act;
    if (!body.value.trim()) return fail("Write something first.");
    // What was sent may have arrived: the same words are the same comment, others are another.
    if (sent && sent !== body.value) key = crypto.randomUUID();
    sent = body.value;
    sending = body.readOnly = true;
    button.ariaDisabled = "true";
    error.textContent = "";
    body.ariaInvalid = null;
    const answer = await send({ ...said(), ...fields, key, ...(advised === sent && { advised: "on" }) }, url);
    sending = body.readOnly = false;
    button.ariaDisabled = null;
    if (answer.waits) return wait(answer.waits);
    if (answer.advice) {
      advised = sent;
      return fail(`${answer.advice} Mend it, or post it as it is.`);
    }
    if (answer.failure) fail(answer.failure);
    if (answer.signIn) error.append(" ", make("a", { href: answer.signIn, textContent: "Sign in" }));
    if (answer.failure) return;
    if (draft) keep(draft, "");
    done(answer);
    if (close) return element.remove();
    body.value = sent = advised = count.textContent = "";
    spoils.clear();
    shown.hidden = true;
    key = crypto.randomUUID();
  };
  return element;
}

function spoiler(id, was) {
  const is = make("input", { type: "checkbox", id: `spoils-${id}`, checked: Boolean(was.is_spoiler) });
  const scope = make("input", { id: `scope-${id}`, value: was.spoiler_scope || "", maxLength: 80, placeholder: "season 2, episode 8", autocomplete: "off" });
  const element = make("details", { className: "spoils", open: is.checked },
    make("summary", { textContent: "Does it give something away?" }),
    make("div", { className: "field field--choice" }, is, make("label", { htmlFor: is.id, textContent: "All of it gives something away" })),
    make("div", { className: "field" }, make("label", { htmlFor: scope.id, textContent: "Of what?" }), scope));
  const clear = () => { is.checked = element.open = false; scope.value = ""; };
  return Object.assign(element, { is, scope, clear });
}
