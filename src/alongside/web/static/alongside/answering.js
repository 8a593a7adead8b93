// Answers by the keyboard: the number of an answer chooses it and goes to the next question; Backspace goes back.
const place = document.querySelector("[data-answering]");

function questions() {
  return [...place.querySelectorAll("fieldset.al-q")];
}

function current() {
  return document.activeElement.closest("[data-answering] fieldset.al-q");
}

// Where the focus goes in a question: to the answer that it has, so that passing by changes none.
function stop(question) {
  return question?.querySelector("input:checked") ?? question?.querySelector("input");
}

function go(from, step) {
  const all = questions();
  const next = all[all.indexOf(from) + step];
  const target = next ? stop(next) : null;
  if (target) {
    target.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (step > 0) {
    place.closest("form").querySelector("button[type=submit], .nhsuk-button")?.focus();
  }
}

function tell() {
  const shown = document.querySelector("[data-answered]");
  if (!shown) return; // where every question came with its answer, a count says nothing
  const all = questions();
  const done = all.filter((one) => one.querySelector('input:checked:not([value=""])')).length;
  shown.hidden = done === 0;
  shown.textContent = `${done} / ${all.length}`;
}

function answer(event) {
  const here = current();
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Backspace") {
    event.preventDefault();
    go(here, -1);
    return;
  }
  if (!/^[0-9]$/.test(event.key)) return;
  const input = here.querySelector(`input[value="${event.key}"]`);
  if (!input) return;
  event.preventDefault();
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  go(here, 1);
}

export function answerByKeys() {
  if (!place) return;
  place.addEventListener("keydown", answer);
  place.addEventListener("change", tell);
  for (const hint of document.querySelectorAll("[data-keys-hint]")) hint.hidden = false;
  tell();
  if (!document.querySelector(".nhsuk-error-summary")) stop(questions()[0])?.focus();
}
