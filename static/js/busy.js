// Forms with data-busy: from the submit on, the button says that it works, and cannot be pressed twice.

function setBusy(form, busy) {
  form.setAttribute("aria-busy", String(busy));
  for (const button of form.querySelectorAll("button")) button.disabled = busy;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-busy]");
  // After the browser has read the form: a disabled button would not be sent.
  if (form) setTimeout(() => setBusy(form, true));
});

// Coming back with the browser's back button shows the page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy][aria-busy=true]")) setBusy(form, false);
});
