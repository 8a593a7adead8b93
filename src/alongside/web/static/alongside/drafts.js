// What is being written stays in this tab (never on the server, gone with the tab) until it is saved.

const PREFIX = "draft:";
const SENT = "sent:";

function nameOf(area) {
  return `${location.pathname}#${area.name}`;
}

function forget(prefix) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
}

function settleWhatWasSent() {
  // A page with a summary of errors means that nothing was saved: what was sent is a draft again.
  const refused = document.querySelector(".nhsuk-error-summary");
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(SENT)) continue;
    if (refused) sessionStorage.setItem(PREFIX + key.slice(SENT.length), sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
  }
}

function say(area, text) {
  let note = area.parentElement.querySelector(".al-draft");
  if (!note) {
    note = document.createElement("p");
    note.className = "al-draft";
    note.setAttribute("role", "status");
    area.after(note);
  }
  note.textContent = text;
}

function words() {
  // The sentences come from the page, in its language.
  return document.body.dataset;
}

function keep(area) {
  const key = PREFIX + nameOf(area);
  const draft = sessionStorage.getItem(key);
  if (draft && !area.value) {
    area.value = draft;
    say(area, words().draftBack);
  }
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      sessionStorage.setItem(key, area.value);
      say(area, words().draftKept);
    }, 600);
  });
  area.form?.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.removeItem(key);
    sessionStorage.setItem(SENT + nameOf(area), area.value);
  });
}

export function keepDrafts(within = document) {
  if (within === document) {
    if (document.body.dataset.signedIn === undefined) forget("");
    settleWhatWasSent();
  }
  for (const area of within.querySelectorAll("textarea[data-draft]")) keep(area);
}

export function guardForms() {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    let changed = false;
    form.addEventListener("input", () => (changed = true));
    form.addEventListener("submit", () => (changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
}
