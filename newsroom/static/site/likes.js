// Likes in place, for those signed in; without it each link leads to a page that asks, and so it does where this fails.

export function likes(me, said) {
  const liked = new Set(me.liked);
  const show = () => {
    for (const link of document.querySelectorAll("a[data-like]")) {
      link.setAttribute("role", "button");
      link.ariaPressed = String(liked.has(idOf(link)));
    }
  };
  show();
  document.addEventListener("comments:arrived", show);
  const press = async (event) => {
    const link = event.target.closest?.("a[data-like]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.type === "keydown" && event.key !== " ") return;
    event.preventDefault();
    const id = idOf(link), undo = liked.has(id);
    const answer = await send(link.href, { csrfmiddlewaretoken: me.csrf, ...(undo && { undo: "1" }) });
    if (answer.away) return void (said.textContent = answer.away);
    if (answer.count === undefined) return location.assign(link.href);
    if (undo) liked.delete(id); else liked.add(id);
    count(link, answer.count);
    show();
    said.textContent = undo ? "Like taken back." : "Liked.";
  };
  document.addEventListener("click", press);
  document.addEventListener("keydown", press);
}

function idOf(link) {
  return Number(link.closest("article").id.replace("comment-", ""));
}

async function send(url, fields) {
  try {
    const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields) });
    return await answer.json();
  } catch {
    return { away: "The server is out of reach. Please try again." };
  }
}

function count(link, number) {
  let place = link.querySelector(".comment__likes");
  if (!place) link.append(" ", (place = Object.assign(document.createElement("span"), { className: "comment__likes" })));
  place.textContent = number || "";
}
