/* Opens the pictures of a gallery in a viewer, for mouse, touch and keyboard. Without this script a picture
   is a link to its largest rendition. */

const make = (tag, name, text = "") => {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
};

const button = (label, action) => {
  const node = make("button", "", label);
  node.type = "button";
  node.addEventListener("click", action);
  return node;
};

const viewer = (links) => {
  let at = 0;
  const dialog = make("dialog", "viewer");
  const bar = make("div", "viewer__bar");
  const count = make("p", "viewer__count");
  const picture = new Image();
  const caption = make("p", "viewer__caption");

  const show = (place) => {
    at = (place + links.length) % links.length;
    const shown = links[at].querySelector("img");
    picture.alt = shown.alt;
    picture.src = links[at].href;
    count.textContent = `${at + 1} of ${links.length}`;
    const words = links[at].parentElement.querySelector("figcaption");
    caption.replaceChildren(...(words ? words.cloneNode(true).childNodes : []));
  };

  count.setAttribute("role", "status");
  dialog.setAttribute("aria-label", "Gallery");
  bar.append(count);
  if (links.length > 1) bar.append(button("Previous", () => show(at - 1)), button("Next", () => show(at + 1)));
  bar.append(button("Close", () => dialog.close()));
  dialog.append(bar, picture, caption);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  dialog.addEventListener("close", () => links[at].focus());
  document.body.append(dialog);
  return (place) => {
    show(place);
    dialog.showModal();
  };
};

for (const gallery of document.querySelectorAll(".gallery")) {
  const links = [...gallery.querySelectorAll(".gallery__link")];
  let open;
  links.forEach((link, place) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open ||= viewer(links);
      open(place);
    }),
  );
}
