// What the questionnaires that are ticked would add to what somebody was asked in 30 days.
const shown = document.querySelector("[data-adds]");

function boxes() {
  return [...document.querySelectorAll('input[type=checkbox][name="instruments"]')];
}

function tell() {
  const questions = JSON.parse(shown.dataset.adds);
  const adds = boxes().filter((one) => one.checked).reduce((sum, one) => sum + (questions[one.value] ?? 0), 0);
  shown.textContent = shown.dataset.words.replace("{n}", adds).replace("{all}", adds + Number(shown.dataset.before));
}

export function countWhatIsAsked() {
  if (!shown) return;
  shown.hidden = false;
  for (const box of boxes()) box.addEventListener("change", tell);
  tell();
}
