// What the scripts of a discussion share: elements, drafts that this browser keeps, and sending a form.

const PATIENCE = 20_000; // milliseconds for an answer
const AWAY = "You seem to be offline. Your words are kept here, and go out by themselves once you are back.";
const BROKEN = "The server did not answer as it should. Your words are kept here; please try again in a moment.";

export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(Boolean));
  return element;
}

export function item(html) {
  const template = make("template", { innerHTML: html.trim() });
  const node = template.content.firstElementChild;
  return node.matches("li") ? node : make("li", { className: "thread__item" }, node);
}

// Private windows may refuse to keep anything.
export function keep(key, text) {
  try {
    if (text) localStorage[key] = text;
    else delete localStorage[key];
  } catch {}
}

export function kept(key) {
  try { return localStorage[key] || ""; } catch { return ""; }
}

// The answer, or in words why there is none: `waits` for the network, `advice` before it counts, `failure` of the words,
// and where one signs in if that is why.
export async function send(fields, url) {
  let response;
  try {
    response = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields), signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { waits: navigator.onLine ? BROKEN : AWAY };
  }
  if (response.status >= 500) return { waits: BROKEN };
  const result = await response.json().catch(() => ({}));
  if (response.ok) return result;
  if (result.advice) return result;
  const reasons = Object.values(result.errors || {}).flat().join(" ");
  const signIn = result.sign_in && `${result.sign_in}?next=${encodeURIComponent(`${location.pathname}#discussion`)}`;
  return { signIn, failure: reasons || result.message || "That did not work. Your words are kept; please try again." };
}
