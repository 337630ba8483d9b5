// The desk with scripts: rulings in place, and keys for them. Without, every button is a form that leads back here.

import { chosen } from "./chosen.js";
import { glances, unfoldings } from "./glances.js";
import { keys } from "./keys.js";
import { panels } from "./panels.js";
import { rulings } from "./rulings.js";

const list = document.querySelector("[data-list]");
const help = document.querySelector("[data-keys]");
unfoldings(document);
if (list) {
  const desk = rulings(list, document.querySelector("[data-said]"), document.querySelectorAll("[data-count]"));
  const form = document.querySelector(".bulk");
  if (form) chosen(form, list, desk);
  glances(list);
  const opened = panels(list);
  if (help) keys(list, help, desk, opened);
}
