/* What stands in the way of publishing, drawn anew beside the words each time they are saved. */

const section = document.getElementById("preflight");
const list = section.querySelector("ul");

const line = ({ blocks, sentence }) => {
  const item = document.createElement("li");
  const kind = document.createElement("strong");
  kind.textContent = blocks ? "Needed:" : "Worth a look:";
  item.className = blocks ? "blocks" : "look";
  item.append(kind, ` ${sentence}`);
  return item;
};

export const draw = (findings) => {
  section.hidden = !findings.length;
  list.replaceChildren(...findings.map(line));
};
