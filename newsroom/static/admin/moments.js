/* Buttons that need a moment say it: "Schedule for Fri 09:00". The fields are in the paper's own zone, as they stand. */

const DAY = 86400000;
const plain = { timeZone: "UTC", hour12: false };
const clock = new Intl.DateTimeFormat("en-GB", { ...plain, hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { ...plain, weekday: "short" });
const day = new Intl.DateTimeFormat("en-GB", { ...plain, weekday: "short", day: "numeric", month: "short" });
const year = new Intl.DateTimeFormat("en-GB", { ...plain, weekday: "short", day: "numeric", month: "short", year: "numeric" });

/* "Fri 09:00" within the week, "Fri, 4 Dec 09:00" beyond it, with the year in another one. */
const say = (value) => {
  const moment = new Date(`${value}Z`);
  const now = new Date();
  const ahead = moment - now;
  if (ahead > -DAY && ahead < 6 * DAY) return `${weekday.format(moment)} ${clock.format(moment)}`;
  const format = moment.getUTCFullYear() === now.getUTCFullYear() ? day : year;
  return `${format.format(moment)} ${clock.format(moment)}`;
};

for (const button of document.querySelectorAll("[data-moment]")) {
  const field = document.getElementById(button.dataset.moment);
  const label = button.textContent;
  const draw = () => (button.textContent = field?.value ? button.dataset.timed.replace("%", say(field.value)) : label);
  field?.addEventListener("input", draw);
  draw();
}
