// Comforts only. Every page works without this file.
import { initAll } from "../vendor/nhsuk/nhsuk-frontend.min.js";
import { answerByKeys } from "./answering.js";
import { countWhatIsAsked } from "./burden.js";
import { fillCalendar } from "./calendar.js";
import { guardForms, keepDrafts } from "./drafts.js";
import { listenToKeys } from "./keys.js";

// One menu at a time; Escape and a click elsewhere close it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

function tendMenus() {
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// For browsers that cannot open a fold by style alone when it is printed.
function unfoldForPaper() {
  const folds = () => document.querySelectorAll(".al-details--printed:not([open])");
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...folds()];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
}

initAll();
tendMenus();
unfoldForPaper();
keepDrafts();
guardForms();
listenToKeys();
answerByKeys();
fillCalendar();
countWhatIsAsked();

// What htmx brings into the page gets the same comforts.
document.addEventListener("htmx:afterSettle", (event) => {
  initAll({ scope: event.target });
  keepDrafts(event.target);
});
