// The discussion in place, for those signed in. Without it the same links lead to pages that do the same.

import { asking } from "./asking.js";
import { ballots } from "./ballot.js";
import { likes } from "./likes.js";
import { offer } from "./offering.js";
import { item, keep, kept, make, send } from "./sending.js";
import { writing } from "./writing.js";

const place = document.querySelector("[data-discussion]");
if (place) start().catch(() => {});

async function start() {
  const answer = await fetch(place.dataset.meUrl, { headers: { Accept: "application/json" } });
  const me = await answer.json();
  if (!me.signed_in) return;

  const account = document.querySelector("[data-account]");
  if (account) account.textContent = me.name;
  if (account && me.unseen) {
    account.href = me.notifications_url;
    account.ariaLabel = `${me.name}, ${me.unseen} new for you`;
    account.append(make("span", { className: "chip chip--small chip--strong", textContent: me.unseen }));
  }
  const follow = document.querySelector("[data-follow]");
  if (follow && me.follows) follow.textContent = me.follows === "mute" ? "Muted" : "Following";
  const said = make("p", { className: "visually-hidden", role: "status" });
  place.append(said);
  likes(me, said);
  ballots(me, said);
  offer(me);
  asking(said);
  if (me.mine?.length) place.append(make("ol", { className: "discussion__mine", ariaLabel: "Yours, waiting" }, ...me.mine.map(item)));
  tellNew(me);
  offerChanges(me, said);
  document.addEventListener("comments:arrived", () => offerChanges(me, said));
  if (!me.is_open) return;

  place.querySelector("[data-join]")?.replaceWith(newComment(me, said));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reply]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    reply(me, said, link);
  });
}

// What has come since one was here last; then the mark moves on.
function tellNew(me) {
  const newest = Number(document.querySelector("[data-newest]")?.dataset.newest || 0);
  const fresh = me.seen ? [...document.querySelectorAll("#discussion article[data-seq]")].filter((one) => Number(one.dataset.seq) > me.seen) : [];
  for (const comment of fresh)
    comment.querySelector(".comment__name")?.after(make("span", { className: "chip chip--small chip--new", textContent: "New" }));
  const first = fresh[0];
  if (first) {
    const jump = make("a", { href: `#${first.id}`, textContent: `${fresh.length} new since your last visit` });
    document.querySelector("[data-arrivals]")?.append(jump);
  }
  if (newest > me.seen) send({ csrfmiddlewaretoken: me.csrf, seq: newest }, me.seen_url);
}

function newComment(me, said) {
  return writing(me, {
    id: "new", url: me.form_url, fields: { parent: "" }, label: "Your comment", act: "Post",
    draft: `comment:${place.dataset.id}:`, done: (answer) => insert(me, answer, null, said),
  });
}

// What is marked in the comment is quoted.
function reply(me, said, link) {
  const above = link.closest("li"), actions = link.parentElement, parent = link.dataset.reply;
  const marked = String(getSelection()).trim(), from = getSelection().anchorNode;
  const quote = marked && above.querySelector(".comment__body")?.contains(from) ? `${marked.replace(/^/gm, "> ")}\n\n` : "";
  const draft = `comment:${place.dataset.id}:${parent}`;
  if (quote) keep(draft, kept(draft) + quote);
  if (!actions.nextElementSibling?.matches("form")) {
    const form = writing(me, {
      id: parent, url: me.form_url, fields: { parent }, label: link.textContent.trim(), act: "Post reply", draft,
      done: (answer) => insert(me, answer, above, said), close: () => { form.remove(); link.focus(); },
    });
    actions.after(form);
  } else if (quote) actions.nextElementSibling.elements.body.value += quote;
  actions.nextElementSibling.elements.body.focus();
}

// One's own comments can be changed for a while, and withdrawn.
function offerChanges(me, said) {
  for (const [id, change] of Object.entries(me.editable)) {
    const comment = document.getElementById(`comment-${id}`);
    if (comment && !comment.querySelector("[data-change]")) offerChange(me, said, comment, id, change);
  }
}

function offerChange(me, said, comment, id, change) {
  const actions = comment.querySelector(".comment__actions") || comment.appendChild(make("p", { className: "comment__actions" }));
  const link = make("a", { href: `/comments/c/${id}/edit/`, textContent: "Change" });
  link.dataset.change = id;
  actions.append(link);
  setTimeout(() => { delete me.editable[id]; link.remove(); }, Math.max(0, new Date(change.until) - Date.now()));
  link.onclick = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (actions.nextElementSibling?.matches("form")) return;
    const form = writing(me, {
      id: `change-${id}`, url: link.href, fields: { version: change.version }, label: "Your words", act: "Save", was: change,
      draft: `change:${id}:${change.version}`,
      done: (answer) => replace(me, answer, comment, said), close: () => { form.remove(); link.focus(); },
    });
    actions.after(form);
    form.elements.body.focus();
  };
}

function replace(me, answer, comment, said) {
  const fresh = item(answer.html).querySelector("article");
  comment.replaceWith(fresh);
  arrive(me, answer, fresh, said);
}

// A reply goes to the end of its branch, a comment to the top.
function insert(me, answer, above, said) {
  const entry = item(answer.html);
  let list = above ? above.querySelector(":scope > ol, :scope > .below > ol") : document.querySelector("[data-thread]");
  if (!list) above.append((list = make("ol", { className: "thread thread--replies" })));
  list.closest(".below")?.setAttribute("open", "");
  if (above) list.append(entry);
  else list.prepend(entry);
  arrive(me, answer, entry.querySelector("article"), said);
}

function arrive(me, { id, change, message, state, count }, comment, said) {
  me.editable[id] = change;
  comment.classList.add("comment--new");
  said.textContent = message;
  if (state === "shown")
    document.querySelector(".discussion__count")?.replaceChildren(make("strong", { textContent: count }), ` comment${count === 1 ? "" : "s"}`);
  comment.tabIndex = -1;
  comment.focus();
  document.dispatchEvent(new CustomEvent("comments:arrived"));
}
