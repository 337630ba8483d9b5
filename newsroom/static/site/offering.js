// What only some people may do with a comment: links to the pages that ask.

export function offer(me) {
  const acts = [me.may_pick && ["Pick", "pick"]].filter(Boolean);
  const add = () => {
    for (const comment of document.querySelectorAll(".thread article:not([data-offered])")) {
      const actions = comment.querySelector(".comment__actions");
      if (!actions) continue;
      comment.dataset.offered = "";
      const id = comment.id.replace("comment-", "");
      for (const [textContent, name] of acts) actions.append(Object.assign(document.createElement("a"), { href: `/comments/c/${id}/${name}/`, textContent }));
    }
  };
  add();
  document.addEventListener("comments:arrived", add);
}
