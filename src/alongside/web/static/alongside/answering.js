// Answers by the keyboard: the number of an answer chooses it and goes to the next question; Backspace goes back.
// In a box Enter goes on. A question that an earlier answer takes away is greyed, says why, and is passed over.
const place = document.querySelector("[data-answering]");
let minus = false; // "-" was typed: the next digit is below nought

function inputs(question) {
  return [...question.querySelectorAll("input")].filter((one) => !one.disabled);
}

function questions() {
  return [...place.querySelectorAll(".al-q, .al-box")].filter((one) => inputs(one).length);
}

function isBox(input) {
  return input?.type === "text";
}

function given(question) {
  const [first] = inputs(question);
  if (isBox(first)) return first.value.trim();
  return question.querySelector("input:checked:enabled")?.value ?? "";
}

// Where the focus goes in a question: to the answer that it has, so that passing by changes none.
function stop(question) {
  return question?.querySelector("input:checked:enabled") ?? (question ? inputs(question)[0] : null);
}

function go(from, step) {
  const all = questions();
  const next = all[all.indexOf(from) + step];
  const target = next ? stop(next) : null;
  if (target) {
    target.focus();
    if (isBox(target)) target.select();
    next.scrollIntoView({ block: "nearest" });
  } else if (step > 0) {
    place.closest("form").querySelector("button[type=submit], .nhsuk-button")?.focus();
  }
}

// --- What falls away: `data-skipped-by` is "name:0,1 other:0", all of which have to hold; "away" is a question that
// itself falls away.

function holds(condition) {
  const [name, values] = condition.split(":");
  const earlier = place.querySelector(`[name="${CSS.escape(name)}"]`).closest(".al-q, .al-box");
  const answer = inputs(earlier).length ? given(earlier) : "away";
  const plain = answer === "" || answer === "away" ? answer : String(Number(answer));
  return plain !== "" && values.split(",").includes(plain);
}

// An answer that came with the page is in the record: no script takes it out.
function came(question) {
  return [...question.querySelectorAll("input")].some((one) => (isBox(one) ? one.defaultValue : one.defaultChecked && one.value));
}

function tellWhatFallsAway() {
  for (const question of place.querySelectorAll("[data-skipped-by]")) {
    const away = !came(question) && question.dataset.skippedBy.split(" ").every(holds);
    for (const input of question.querySelectorAll("input")) input.disabled = away;
    question.classList.toggle("al-q--away", away);
    question.querySelector("[data-why]").hidden = !away;
  }
}

function tell() {
  tellWhatFallsAway();
  const shown = document.querySelector("[data-answered]");
  if (!shown) return; // where every question came with its answer, a count says nothing
  const all = questions();
  const done = all.filter((one) => given(one) !== "").length;
  shown.hidden = done === 0;
  shown.textContent = `${done} / ${all.length}`;
}

// --- Keys

function inBox(event, here) {
  const goesOn = event.key === "Enter";
  if (!goesOn && !(event.key === "Backspace" && event.target.value === "")) return;
  event.preventDefault();
  go(here, goesOn ? 1 : -1);
}

function choose(event, here) {
  const value = (minus ? "-" : "") + event.key;
  minus = false;
  const input = inputs(here).find((one) => one.value === value);
  if (!input) return;
  event.preventDefault();
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  go(here, 1);
}

function answer(event) {
  const here = event.target.closest(".al-q, .al-box");
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isBox(event.target)) {
    inBox(event, here);
  } else if (event.key === "Backspace") {
    event.preventDefault();
    minus = false;
    go(here, -1);
  } else if (/^[-−]$/.test(event.key)) {
    minus = inputs(here).some((one) => one.value.startsWith("-"));
  } else if (/^[0-9]$/.test(event.key)) {
    choose(event, here);
  } else if (event.key !== "Shift") {
    minus = false;
  }
}

export function answerByKeys() {
  if (!place) return;
  place.addEventListener("keydown", answer);
  place.addEventListener("change", tell);
  place.addEventListener("input", tell);
  place.addEventListener("focusin", () => { minus = false; });
  for (const hint of document.querySelectorAll("[data-keys-hint]")) hint.hidden = false;
  tell();
  if (document.querySelector(".nhsuk-error-summary")) return; // that has the focus
  const first = place.closest("form").querySelector("input:not([type=hidden], :disabled), select");
  (stop(first?.closest(".al-q, .al-box")) ?? first)?.focus({ preventScroll: true });
}
