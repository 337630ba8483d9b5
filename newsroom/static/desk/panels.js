// What stands behind a link of a card, a person or a branch, opened below the card instead of as a page; forms in it are
// sent in place. Where that fails, the page is gone to.

import { make } from "../site/sending.js";

const PATIENCE = 20_000; // milliseconds for an answer
const FAILED = "The server did not answer as it should. Nothing is done; try again.";
const TYPED = "textarea, input[type=text]";

export function panels(list) {
  let panel = null, opener = null, asked = null;

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-opens]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link !== opener || !close()) open(link);
  });
  list.addEventListener("submit", (event) => {
    if (!panel?.contains(event.target)) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  async function open(link) {
    if (link === opener && panel) return show();
    asked = link;
    const content = await load(link.href).catch(() => null);
    if (asked !== link) return;
    if (!content) return void location.assign(link.href);
    remove();
    opener = link;
    const shut = make("button", { type: "button", className: "button button--text", onclick: close }, "Close");
    const bar = make("p", { className: "opened__bar" }, make("a", { href: link.href, textContent: "As a page" }), shut);
    panel = make("section", { className: "opened", tabIndex: -1, ariaLabel: link.dataset.opens }, bar, make("div", {}, ...content));
    (link.closest(".held") ?? list).after(panel);
    show();
  }

  function show() {
    opener.ariaExpanded = "true";
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  // Whether there was one open. What was typed stays in it until another is opened.
  function close() {
    asked = null;
    if (!panel || panel.hidden) return false;
    opener.ariaExpanded = "false";
    panel.hidden = true;
    const next = opener.isConnected ? opener : panel.previousElementSibling;
    next?.focus();
    if (![...panel.querySelectorAll(TYPED)].some((field) => field.value !== field.defaultValue)) remove();
    return true;
  }

  function remove() {
    opener?.removeAttribute("aria-expanded");
    panel?.remove();
    panel = opener = null;
  }

  async function send(form, button) {
    if (form.ariaBusy) return;
    const body = new URLSearchParams(new FormData(form, button)), here = panel;
    form.ariaBusy = "true";
    const content = await load(form.action, { method: "POST", body }).catch(() => null);
    form.ariaBusy = null;
    if (here !== panel) return;
    if (!content) return complain(form);
    panel.lastElementChild.replaceChildren(...content);
    (panel.querySelector("[aria-invalid=true]") ?? panel).focus();
  }

  function complain(form) {
    form.querySelector(".opened__problem")?.remove();
    form.append(make("p", { className: "opened__problem", role: "alert", textContent: FAILED }));
  }

  return { close };
}

// The part of a page that is shown in place; what was refused comes with its reasons. Null where there is none.
async function load(url, more = {}) {
  const address = new URL(url);
  address.hash = "";
  address.searchParams.set("part", "");
  const response = await fetch(address, { ...more, signal: AbortSignal.timeout(PATIENCE) });
  const isPart = new URL(response.url).searchParams.has("part");
  if (!isPart || !(response.ok || response.status === 422)) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html").body.childNodes;
}
