// The 28-day calendar by tapping: a chosen drink is added to each day that is tapped, and what it comes to is shown.
const place = document.querySelector("[data-calendar]");

// As the server reads it: plain digits from 0 to 9999 with at most two decimals, nothing for an empty box. Null for what
// it refuses: that is no amount, and no day without.
function value(box) {
  const text = box.value.trim();
  if (!text) return 0;
  const read = /^(0|[1-9]\d*)(\.\d{1,2}0*)?$/.test(text) ? Number(text) : null;
  return read !== null && read <= 9999 ? read : null;
}

function written(number) {
  return number ? String(Math.round(number * 100) / 100) : "";
}

function shortly(number) {
  return String(Math.round(number * 10) / 10);
}

function tell() {
  let all = 0;
  let without = 0;
  let open = 0;
  const rest = place.querySelector("[data-rest] input").checked;
  for (const week of place.querySelectorAll("[data-week]")) {
    const boxes = [...week.querySelectorAll("input")];
    const amounts = boxes.map(value);
    const unread = amounts.filter((one) => one === null).length;
    const sum = amounts.reduce((one, other) => one + (other ?? 0), 0);
    week.querySelector("[data-sum]").textContent = sum ? `· ${shortly(sum)}` : "";
    all += sum;
    // A week with nothing in it is no week without until somebody says so: nobody may have come to it yet.
    const said = rest || boxes.some((box) => box.value.trim());
    if (said) without += amounts.filter((one) => one === 0).length;
    open += said ? unread : boxes.length;
  }
  const shown = document.querySelector("[data-all]");
  shown.hidden = false;
  const unit = shown.dataset.unit;
  const left = open ? ` · ${open} ${shown.dataset.open}` : "";
  shown.textContent = `${without} ${shown.dataset.without}${left} · ${shortly(all)} ${unit} · ${shortly(all / 4)} ${unit} ${shown.dataset.week}`;
}

function pour(event) {
  const chosen = document.querySelector("[data-drinks] input:checked");
  const box = event.target.closest(".al-week__day")?.querySelector("input");
  if (!chosen || !box || value(box) === null) return; // what cannot be read is put right by hand, and not poured away
  event.preventDefault();
  box.value = written(value(box) + Number.parseFloat(chosen.value));
  tell();
}

function repeat(event) {
  const week = event.target.closest("[data-week]");
  const before = week.previousElementSibling.querySelectorAll("input");
  week.querySelectorAll("input").forEach((box, day) => { box.value = before[day].value; });
  tell();
}

export function fillCalendar() {
  if (!place) return;
  place.addEventListener("input", tell);
  place.addEventListener("click", pour);
  for (const button of place.querySelectorAll("[data-same]")) {
    button.hidden = false;
    button.addEventListener("click", repeat);
  }
  for (const hint of document.querySelectorAll("[data-drinks-hint]")) hint.hidden = false;
  // Nothing to pour: the boxes are for typing again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-drinks] input:checked")?.click();
  });
  for (const drink of document.querySelectorAll("[data-drinks] input")) {
    drink.addEventListener("click", () => {
      if (drink.dataset.on) drink.checked = false;
      for (const other of document.querySelectorAll("[data-drinks] input")) delete other.dataset.on;
      if (drink.checked) drink.dataset.on = "1";
    });
  }
  tell();
}
