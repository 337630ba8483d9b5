// Tells of comments that have come since the page was loaded, while it is seen. Nothing moves under the reader's eyes:
// a button offers them.

const EVERY = 30_000; // milliseconds
const page = document.querySelector("[data-since]");
if (page) setInterval(() => { if (!document.hidden) ask().catch(() => {}); }, EVERY);

const numbers = () => [...document.querySelectorAll("#discussion article[data-seq]")].map((one) => Number(one.dataset.seq));
let from = Number(page?.querySelector("[data-newest]")?.dataset.newest || 0);
document.addEventListener("comments:arrived", () => {
  from = Math.max(from, Number(page.querySelector("[data-newest]")?.dataset.newest || 0));
  offer(0);
});

async function ask() {
  const answer = await fetch(page.dataset.since);
  if (!answer.ok) return;
  const { newest } = await answer.json();
  const here = new Set(numbers());
  offer(newest.filter((seq) => seq > from && !here.has(seq)).length);
}

function offer(count) {
  const place = page.previousElementSibling?.matches("[data-arrivals]") ? page.previousElementSibling : null;
  if (!place) return;
  if (!count) return void place.replaceChildren();
  const words = `${count} new comment${count === 1 ? "" : "s"}`;
  if (place.textContent === words) return;
  const button = Object.assign(document.createElement("button"), { className: "button button--quiet", type: "button", textContent: words });
  button.onclick = () => document.querySelector("a[data-order]")?.click();
  place.replaceChildren(button);
}
