/* What the person who writes is told about saving: in one place that is read out, and only when it changes. */

import { panel } from "./ask.js";

const status = panel.querySelector("[data-status]");
const { name, signIn } = panel.dataset;

export const say = (state, words, link) => {
  if (status.dataset.words === words) return;
  Object.assign(status.dataset, { state, words });
  status.replaceChildren(words, ...(link ? [" ", link] : []));
};

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

/* Saving shows both texts: there is no shorter way to compare. */
const compare = () => {
  const button = make("button", { type: "submit", textContent: "Compare" });
  button.setAttribute("form", "article_form");
  return button;
};

const TOLD = {
  "signed-out": () => {
    const link = make("a", { href: signIn, target: "_blank", rel: "noopener", textContent: "Sign in" });
    say("wait", "Signed out: sign in in another tab, then saving goes on.", link);
  },
  offline: ({ kept }) => say("wait", `Offline: ${kept}`),
  held: ({ who }) => say("wait", `${who} is writing this story: saving is paused`),
  lost: ({ kept }) => say("bad", `This story is no longer yours to edit: ${kept}`),
  taken: () => say("bad", "Saving has stopped"),
  conflict: ({ who, isUnsaved }) => {
    if (isUnsaved) say("bad", `Changed by ${who}: saving is paused.`, compare());
    else say("bad", `Changed by ${who}.`, make("a", { href: location.pathname, textContent: "Show the new text" }));
  },
};

/* Says why saving does not go on. */
export const tell = (problem, { who, isUnsaved, isKept }) =>
  TOLD[problem]({
    who: who === name ? "you in another window" : who,
    isUnsaved,
    kept: isKept ? "your words are kept in this browser" : "your words are only on this page",
  });
