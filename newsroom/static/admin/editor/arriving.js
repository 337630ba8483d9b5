/* Pictures that are pasted into the text or dropped on it. They go to the library one after the other; meanwhile a
   placeholder stands in the text, which is never in what the editor gives to be saved. */

import { send } from "../send.js";
import { make, place, token } from "./dialog.js";

const ELSEWHERE = "Pictures of other sites and documents are not taken over. Save the picture, see that we may use it, and upload it.";
const REST = 1000;

/* Every picture that came to this page, by the number that its placeholder has: its name, and its answer once there. */
const jobs = [];
let queue = Promise.resolve();
let running = 0;
let isTold = false;
let typedAt = 0;

/* --- What one is told, below the text --- */

const said = make("p", { role: "status" });
const problems = make("div", { class: "editor-said__problems", role: "alert" });
const hide = make("button", { type: "button", class: "button" }, "Close");
const notice = make("div", { class: "editor-said" }, said, problems, hide);

const say = (words) => (said.textContent = words);

const complain = (words) => {
  problems.append(make("p", {}, words));
  hide.hidden = false;
};

const forget = () => {
  problems.replaceChildren();
  hide.hidden = true;
};

hide.addEventListener("click", forget);

/* --- Files --- */

const ENDS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif" };

/* What has no name of its own is found again by the moment. */
const named = (blob) => {
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const clock = new Date().toTimeString().slice(0, 5).replace(":", ".");
  return new File([blob], `Pasted picture ${day} ${clock}.${ENDS[blob.type] ?? "bin"}`, { type: blob.type });
};

const fileOf = async (source) => (source instanceof Blob ? source : named(await (await fetch(source)).blob()));

/* A screenshot comes as "image.png", like every other. */
const nameless = (file) => (/^image\.\w+$/.test(file.name) ? named(file) : file);

/* --- The placeholder --- */

const placeholder = (id) => `<figure data-arriving="${id}">Uploading ${CKEDITOR.tools.htmlEncode(jobs[id].name)} …</figure>`;

const waitingFor = (editor, id) =>
  Object.values(editor.widgets.instances).filter((widget) => widget.name === "arriving" && widget.data.id === id);

/* Other HTML, or nothing, in a widget's place, with the cursor where it was. */
export const replaceWidget = (editor, widget, html) => {
  const isWriting = editor.focusManager.hasFocus && editor.widgets.focused !== widget;
  const bookmarks = isWriting ? editor.getSelection().createBookmarks() : null;
  const range = editor.createRange();
  range.setStartBefore(widget.wrapper);
  range.setEndAfter(widget.wrapper);
  if (html) {
    editor.editable().insertHtmlIntoRange(html, range);
    editor.widgets.checkWidgets({ initOnlyNew: true });
    editor.widgets.destroy(widget, true);
  } else {
    editor.widgets.destroy(widget, true);
    range.deleteContents();
  }
  if (bookmarks) editor.getSelection().selectBookmarks(bookmarks);
};

const swap = (editor, widget) => {
  const { picture } = jobs[widget.data.id] ?? {};
  replaceWidget(editor, widget, picture ? `<figure data-image="${Number(picture.id)}"></figure>` : "");
  editor.fire("updateSnapshot");
  editor.fire("change");
};

const widget = (editor) => ({
  pathName: "picture on its way",
  upcast: (element) => element.name === "figure" && "data-arriving" in element.attributes,
  downcast: () => new CKEDITOR.htmlParser.text(""),
  init() {
    const id = Number(this.element.getAttribute("data-arriving"));
    this.setData("id", id);
    /* Undo brings placeholders back whose picture has long come, and other pages' text brings some of nothing. */
    if (!jobs[id] || jobs[id].isOver) setTimeout(() => this.wrapper?.getParent() && swap(editor, this));
  },
});

/* --- On the way --- */

/* Nobody is asked a question in the middle of a word. */
const handsToRest = async () => {
  while (Date.now() - typedAt < REST) await new Promise((go) => setTimeout(go, REST));
};

const settle = async (editor, id, answer) => {
  const job = jobs[id];
  const isShown = waitingFor(editor, id).length > 0;
  job.isOver = true;
  if (answer.isTaken && !answer.is_expired) job.picture = answer;
  for (const waiting of waitingFor(editor, id)) swap(editor, waiting);
  if (!answer.isTaken) complain(answer.error);
  else if (answer.is_expired) complain(`${answer.sentence} The rights to it are over.`);
  say(job.picture ? answer.sentence : "");
  if (!job.picture || !isShown) return;
  await handsToRest();
  await window.Newsroom.askForWords(answer);
};

const fetchAndSend = async (source, name) => {
  try {
    return await send(await fileOf(source), { url: place().upload, token: token() });
  } catch {
    return { isTaken: false, error: `${name}: it could not be read.` };
  }
};

/* Begins with a file, or with the address of a picture that the browser has; gives the placeholder's number. */
const begin = (editor, source) => {
  const id = jobs.push({ name: source.name ?? "the pasted picture" }) - 1;
  running += 1;
  queue = queue.then(async () => {
    say(`Uploading ${jobs[id].name} …`);
    const answer = await fetchAndSend(source, jobs[id].name);
    running -= 1;
    await settle(editor, id, answer);
  });
  return id;
};

/* --- Pasting and dropping --- */

const canHold = (editor) => (editor.activeFilter || editor.filter).check("figure[data-arriving]");

const put = (editor, ids, below) => {
  const ranges = editor.getSelection()?.getRanges() ?? [];
  editor.focus();
  if (ranges.length) editor.getSelection().selectRanges(below(editor, ranges));
  editor.insertHtml(ids.map(placeholder).join(""));
};

/* The pictures in pasted HTML: those the browser has get a placeholder each, of the others one is told once. */
const takeFrom = (editor, page) => {
  const later = [];
  for (const picture of page.querySelectorAll("img")) {
    const source = picture.getAttribute("src") ?? "";
    if (!/^(data:image\/|blob:)/i.test(source)) {
      if (source && !isTold) complain(ELSEWHERE);
      isTold ||= Boolean(source);
      continue;
    }
    const id = begin(editor, source);
    if (canHold(editor)) picture.outerHTML = placeholder(id);
    else {
      picture.remove();
      later.push(id);
    }
  }
  return later;
};

const pasted = (editor, event, below) => {
  const { dataTransfer } = event.data;
  const html = event.data.dataValue || dataTransfer.getData("text/html") || "";
  const page = new DOMParser().parseFromString(html, "text/html");
  const count = dataTransfer.getFilesCount();
  if (count && !page.body.textContent.trim()) {
    event.cancel();
    forget();
    const files = Array.from({ length: count }, (_, place) => nameless(dataTransfer.getFile(place)));
    return put(editor, files.map((file) => begin(editor, file)), below);
  }
  if (!page.querySelector("img")) return;
  const before = jobs.length;
  const later = takeFrom(editor, page);
  if (jobs.length > before) Object.assign(event.data, { dataValue: page.body.innerHTML, type: "html" });
  if (later.length) setTimeout(() => put(editor, later, below));
};

/* A file that misses the text may not take the browser, and the words with it, elsewhere. */
const catchMissed = () => {
  const isFile = (event) => event.dataTransfer?.types.includes("Files") && !event.defaultPrevented;
  addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  });
  addEventListener("drop", (event) => isFile(event) && event.preventDefault());
};

/* Makes an editor take pictures. `below(editor, ranges)` says where a picture may stand. */
export const takePictures = (editor, below) => {
  editor.filter.allow("figure[!data-arriving]", "arriving");
  editor.widgets.add("arriving", widget(editor));
  editor.on("paste", (event) => pasted(editor, event, below), null, null, 0);
  addEventListener("keydown", () => (typedAt = Date.now()), true);
  hide.hidden = true;
  document.querySelector(".story-editor").append(notice);
  addEventListener("beforeunload", (event) => running && event.preventDefault());
  catchMissed();
};
