// Keeps what is typed into a composer in this browser, until it is saved: a closed tab loses nothing.
const PREFIX = "unsaved:";
const WAIT = 250; // ms after the last key
const OLDEST = 30 * 24 * 3600 * 1000; // ms; what nobody came back for is forgotten
const waiting = new Map();

const key = (form) => `${PREFIX}${form.dataset.unsaved}`;
const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.matches("input[type=text], input[type=url], input:not([type]), textarea"));
const values = (form) => Object.fromEntries(fields(form).map((one) => [one.name, one.value]));

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function keep(form, more = {}) {
  const entry = { values: values(form), version: form.dataset.version, at: Date.now(), sent: false, ...more };
  try {
    localStorage.setItem(key(form), JSON.stringify(entry));
  } catch {
    // No room, or a browser that keeps nothing: then it is as without this script.
  }
}

function keepNow(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  if (form.isConnected) keep(form);
}

function forgetOld() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && Date.now() - (read(name)?.at ?? 0) > OLDEST) localStorage.removeItem(name);
  }
}

// What was sent and came through is another version by now; what was refused stands in the form.
function offer(form) {
  form.dataset.offered = "";
  const entry = read(key(form));
  if (!entry) {
    // Whoever was faster than this script has typed already.
    if (fields(form).some((one) => one.value !== one.defaultValue)) keep(form);
    return;
  }
  if ("bound" in form.dataset) return keep(form);
  if (entry.sent && entry.version !== form.dataset.version) return localStorage.removeItem(key(form));
  const now = values(form);
  const differs = Object.entries(entry.values).some(([name, text]) => name in now && now[name] !== text);
  if (!differs) return localStorage.removeItem(key(form));
  form.querySelector("[data-restore]").hidden = false;
}

function restore(form) {
  const entry = read(key(form));
  for (const one of fields(form)) if (entry && one.name in entry.values) one.value = entry.values[one.name];
  for (const more of form.querySelectorAll("details")) more.open ||= fields(form).some((one) => more.contains(one) && one.value);
  form.querySelector("[data-restore]").hidden = true;
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.body.focus();
}

const offerAll = () => document.querySelectorAll("[data-unsaved]:not([data-offered])").forEach(offer);

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-unsaved]");
  if (!form || !form.querySelector("[data-restore]").hidden) return; // Not over what is still on offer.
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keepNow(form), WAIT));
});

// Whoever closes the tab right after the last key loses nothing either; nor who types while an answer comes.
const keepAll = () => [...waiting.keys()].forEach(keepNow);
addEventListener("pagehide", keepAll);
document.addEventListener("htmx:beforeSwap", keepAll);

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-unsaved]");
  if (event.target.closest?.("[data-restore-yes]")) restore(form);
  if (event.target.closest?.("[data-restore-no]")) {
    localStorage.removeItem(key(form));
    form.querySelector("[data-restore]").hidden = true;
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-unsaved]");
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  keep(form, { sent: true });
});

// A request that did not come through leaves the text unsaved; one that did leaves what was typed after it was sent.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig.elt?.closest?.("[data-unsaved]"); // It may be gone by now, with its part.
  if (!form || detail.requestConfig.verb !== "post") return;
  if (!(detail.xhr.status >= 200 && detail.xhr.status < 400)) keep(form);
  else if (read(key(form))?.sent) localStorage.removeItem(key(form));
});

document.addEventListener("htmx:afterSettle", offerAll);
forgetOld();
offerAll();
