/* Adds the browser's own ways to pass a story on: its share sheet, and a button that copies the address. */

const button = (label, action) => {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "share__way";
  node.textContent = label;
  node.addEventListener("click", action);
  return node;
};

for (const place of document.querySelectorAll(".share")) {
  const { url, title } = place.dataset;
  const said = place.querySelector(".share__said");
  const ways = [];
  if (navigator.share) ways.push(button("Share …", () => navigator.share({ url, title }).catch(() => {})));
  if (navigator.clipboard) {
    ways.push(
      button("Copy the link", async () => {
        try {
          await navigator.clipboard.writeText(url);
          said.textContent = "Copied.";
        } catch {
          said.textContent = "It could not be copied: take it from the link.";
        }
      }),
    );
  }
  place.prepend(...ways);
}
