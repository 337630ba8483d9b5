/* New pictures in a dialog that chooses pictures: a field and a place to drop them, one after the other sent to the
   library. A refusal names its file, and the others go on. */

import { send } from "../send.js";
import { make, place, token } from "./dialog.js";

const KINDS = "image/jpeg,image/png,image/webp,image/avif,image/gif";

/* What one is told of a file that is in the library now. */
const sentenceOf = (picture) => (picture.is_expired ? `${picture.sentence} The rights to it are over.` : picture.sentence);

/* `came` is told of each picture that can be chosen. While files are on their way the dialog cannot be sent. */
export const uploads = ({ several, came }) => {
  const field = make("input", { type: "file", id: "picker-upload", accept: KINDS });
  field.multiple = several;
  const said = make("p", { class: "picker__said", role: "status" });
  const refused = make("div", { class: "picker__refused", role: "alert" });
  const bar = make("progress", { max: "1", "aria-label": "On its way" });
  bar.hidden = true;
  const help = make("span", { class: "picker__or" }, several ? " or drop pictures anywhere in here" : " or drop a picture anywhere in here");
  const box = make("div", { class: "picker__drop" }, make("label", { for: field.id }, "Upload", help), field, bar, said, refused);
  const waiting = [];
  let isSending = false;

  const refuse = (words) => refused.append(make("p", {}, words));

  const take = async (file) => {
    said.textContent = `Uploading ${file.name} …`;
    bar.removeAttribute("value");
    const answer = await send(file, { url: place().upload, token: token(), moved: (part) => (bar.value = part) });
    if (!answer.isTaken) refuse(answer.error);
    else if (answer.is_expired) refuse(sentenceOf(answer));
    else came(answer);
    if (answer.status === 401 || answer.status === 403) waiting.length = 0;
    said.textContent = answer.isTaken && !answer.is_expired ? `${answer.sentence} It is chosen.` : "";
  };

  const busy = (is) => {
    bar.hidden = !is;
    box.dispatchEvent(new CustomEvent("picker:busy", { detail: is, bubbles: true }));
  };

  const add = async (files) => {
    waiting.push(...(several ? files : files.slice(0, 1)));
    if (isSending || !waiting.length) return;
    isSending = true;
    refused.replaceChildren();
    busy(true);
    while (waiting.length && box.isConnected) await take(waiting.shift());
    isSending = false;
    busy(false);
  };

  field.addEventListener("change", () => {
    add([...field.files]);
    field.value = "";
  });

  /* Files may be dropped, or pasted, anywhere in the dialog. */
  const welcome = (dialog) => {
    const over = (is) => box.classList.toggle("is-over", is);
    for (const kind of ["dragenter", "dragover"])
      dialog.addEventListener(kind, (event) => {
        event.preventDefault();
        over(true);
      });
    dialog.addEventListener("dragleave", (event) => !dialog.contains(event.relatedTarget) && over(false));
    dialog.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      add([...event.dataTransfer.files]);
    });
    dialog.addEventListener("paste", (event) => event.clipboardData.files.length && add([...event.clipboardData.files]));
  };

  return { nodes: [box], welcome };
};
