// Before anything is drawn: say that scripts run, so that what needs them does not flicker.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
