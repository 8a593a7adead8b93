// Keys for those who like them: `?` lists them, `/` finds a person, `g` and a letter goes somewhere.
// They can be turned off for this computer (WCAG 2.1.4), and they rest while somebody is typing.

const SWITCH = "keys-off";

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

function go(letter) {
  document.querySelector(`.al-nav a[data-key="${CSS.escape(letter)}"]`)?.click();
}

function tendSwitch() {
  const box = document.querySelector("[data-keys-switch]");
  box.checked = localStorage.getItem(SWITCH) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "1");
  });
}

export function listenToKeys() {
  const list = document.getElementById("keys");
  if (!list) return;
  tendSwitch();
  for (const button of document.querySelectorAll("[data-opens=keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => list.showModal());
  }
  let afterG = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (localStorage.getItem(SWITCH) !== null || list.open) return;
    if (afterG) go(event.key);
    else if (event.key === "?") list.showModal();
    else if (event.key === "/" && document.getElementById("find")) {
      event.preventDefault();
      document.getElementById("find").focus();
    }
    afterG = event.key === "g" && !afterG;
  });
}
