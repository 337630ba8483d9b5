// Says once, after a moment of reading, that the story is read: no cookie, nothing of the reader is kept.

const story = document.querySelector("[data-read]");
const MOMENT = 4000;

const say = () => document.visibilityState === "visible" && navigator.sendBeacon(story.dataset.read);

if (story) setTimeout(() => {
  if (document.visibilityState === "visible") say();
  else document.addEventListener("visibilitychange", () => setTimeout(say, MOMENT), { once: true });
}, MOMENT);
