// Pages that ask, such as the one for a report, put over the discussion. The same links lead there without it, and when
// it fails.

import { fold } from "./offering.js";
import { make } from "./sending.js";

const ASKS = "a[href$='/report/'], a[href$='/mute/'], a[href$='/pick/'], a[href$='/withdraw/'], a[data-follow]";
const FOLLOWS = { follow: "Following", mute: "Muted" };

export function asking(said) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(ASKS);
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link, said).catch(() => location.assign(link.href));
  });
}

async function open(link, said) {
  const dialog = make("dialog", { className: "asking plain" });
  show(dialog, await read(await fetch(link.href)));
  document.body.append(dialog);
  const comment = link.closest("article");
  dialog.onclose = () => { dialog.remove(); (link.isConnected ? link : comment).focus(); };
  // What leads back closes; what leads elsewhere goes there.
  dialog.onclick = (event) => {
    if (event.target === dialog || event.target.closest("[data-back]")) {
      event.preventDefault();
      dialog.close();
    }
  };
  dialog.onsubmit = (event) => {
    event.preventDefault();
    send(dialog, link, new FormData(event.target, event.submitter), said).catch(() => location.assign(link.href));
  };
  dialog.showModal();
}

// A page that sends elsewhere than asked is not the one: one has been signed out.
async function read(answer) {
  if (answer.redirected) throw new Error(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".plain > .wrap");
  page.querySelector(".about")?.remove();
  return page;
}

function show(dialog, page) {
  const title = page.querySelector("h1"), heading = make("h2", { id: "asked", textContent: title.textContent, tabIndex: -1, autofocus: true });
  title.replaceWith(heading);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.replaceChildren(page);
  heading.focus();
}

async function send(dialog, link, fields, said) {
  const answer = await fetch(link.href, { method: "POST", body: new URLSearchParams(fields) });
  if (!answer.redirected) return show(dialog, await read(answer));
  if (new URL(answer.url).searchParams.has("next")) throw new Error("signed out");
  await done(link, fields);
  dialog.close();
  said.textContent = "Done.";
}

async function done(link, fields) {
  if (link.matches("[data-follow]")) return void (link.textContent = FOLLOWS[fields.get("mode")] ?? "Follow");
  const comment = link.closest("article"), name = comment.querySelector(".comment__name").href;
  if (link.pathname.endsWith("/mute/"))
    for (const other of document.querySelectorAll(".thread article")) if (other.querySelector(".comment__name")?.href === name) fold(other);
  if (link.pathname.endsWith("/withdraw/"))
    comment.replaceChildren(make("p", { className: "comment__tombstone", textContent: "You have withdrawn this comment." }));
  if (!link.pathname.endsWith("/pick/")) return;
  const page = new DOMParser().parseFromString(await (await fetch(comment.querySelector("a.comment__time").href)).text(), "text/html");
  comment.querySelector(".comment__head").replaceWith(page.querySelector(`#${comment.id} .comment__head`));
}
