// Pages of a discussion put into the page: more comments, more replies, another order. The same links lead there
// without it, and when it cannot.

const place = document.querySelector("[data-page]");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-more], a[data-replies], a[data-order]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  open(link).catch(() => location.assign(link.href));
});

async function part(url) {
  const address = new URL(url, location.href);
  address.searchParams.set("part", "1");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content;
}

async function open(link) {
  const found = await part(link.href);
  if ("order" in link.dataset) return reorder(link, found);
  const list = "more" in link.dataset ? place.querySelector("[data-thread]") : link.closest("ol");
  const own = [...found.querySelector("ol").children];
  const after = found.querySelector("[data-more]")?.closest("p");
  const here = link.closest("more" in link.dataset ? "p" : "li");
  if ("more" in link.dataset) {
    list.append(...own);
    after ? here.replaceWith(after) : here.remove();
  } else here.replaceWith(...own);
  arrive(own[0]);
}

function reorder(link, found) {
  for (const other of document.querySelectorAll("a[data-order][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.ariaBusy = null;
  place.replaceChildren(found);
  arrived();
}

function arrive(item) {
  item?.querySelector("article")?.focus({ preventScroll: true });
  arrived();
}

// Others know something of the comments that have come.
function arrived() {
  document.dispatchEvent(new CustomEvent("comments:arrived"));
}
