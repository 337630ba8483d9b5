// What only some people may do with a comment, as links to the pages that ask; and what those one has muted say, folded.

// What one has said oneself can be changed; there is nothing to like, report or mute. The number of likes stays.
const NOT_OF_ONES_OWN = "a[data-like]:not(:has(.comment__likes)), a[href$='/report/']";

export function offer(me) {
  const acts = [
    ["Mute", (id) => `/comments/c/${id}/mute/`],
    me.may_pick && ["Pick", (id) => `/comments/c/${id}/pick/`],
    me.may_moderate && ["Moderate", (id) => `/desk/comments/${id}/`],
  ].filter(Boolean);
  const muted = new Set(me.muted);
  const each = () => {
    for (const comment of document.querySelectorAll(".thread article:not([data-offered])")) {
      const actions = comment.querySelector(".comment__actions");
      if (!actions) continue;
      comment.dataset.offered = "";
      const id = comment.id.replace("comment-", "");
      if (comment.querySelector(".comment__name")?.getAttribute("href") === me.page) {
        for (const link of actions.querySelectorAll(NOT_OF_ONES_OWN)) link.remove();
        actions.append(Object.assign(document.createElement("a"), { href: `/comments/c/${id}/withdraw/`, textContent: "Withdraw" }));
        continue;
      }
      for (const [textContent, address] of acts) actions.append(Object.assign(document.createElement("a"), { href: address(id), textContent }));
      if (muted.has(Number(id))) fold(comment);
    }
  };
  each();
  document.addEventListener("comments:arrived", each);
}

export function fold(comment) {
  if (comment.querySelector("[data-folded]")) return;
  const words = comment.querySelector(".hides--all, .comment__body"), folded = document.createElement("details");
  folded.dataset.folded = "";
  folded.append(Object.assign(document.createElement("summary"), { textContent: "From somebody you have muted" }));
  words.replaceWith(folded);
  folded.append(words);
}
