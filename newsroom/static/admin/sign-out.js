/* Whoever signs out leaves no words in this browser; old copies of anybody's go by themselves. */

import { allOf, drop, sweep } from "./copies.js";

sweep();

const form = document.getElementById("logout-form");
form?.addEventListener("submit", (event) => {
  const copies = allOf(form.dataset.user);
  const question = "This browser has words of yours that were not saved. Sign out and drop them?";
  if (copies.length && !window.confirm(question)) event.preventDefault();
  else copies.forEach(drop);
});
