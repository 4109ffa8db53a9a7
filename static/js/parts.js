// The open post comes anew in parts. One that somebody is at stays as it is, with what is typed there, unless it was the
// one that was sent; what is only read in it (`data-live`) is renewed even then.
const FIELDS = "input:not([type=hidden]), textarea, select";
const REFUSED = "[data-bound], .refused, .errorlist"; // What was typed stands there as if it were the server's.
const COMPOSERS = ["part-fill", "part-words"]; // Previews follow what is being typed there.

let sender = null; // the part whose form is being answered
let left = new Set(); // the parts that this answer left as they are

const isTyped = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const given = [...field.options].filter((one) => one.defaultSelected);
  if (!given.length && !field.multiple) return field.selectedIndex > 0; // The first is chosen where nothing is.
  return [...field.options].some((one) => one.selected !== one.defaultSelected);
};

function isInUse(part) {
  const fields = [...part.querySelectorAll(FIELDS)];
  return fields.includes(document.activeElement) || fields.some(isTyped) || part.querySelector(`[data-changed], ${REFUSED}`) !== null;
}

const actions = (place) => [...place.querySelectorAll("form")].map((form) => form.getAttribute("action"));

// Others' changes never take typed text away. One's own may make the form another: its text is then offered anew.
function stays(part, fresh) {
  if (part === sender) return false;
  if (part.id === "part-previews") return COMPOSERS.some((one) => left.has(one));
  if (!isInUse(part)) return false;
  if (!sender) return true;
  const standing = new Set(actions(fresh));
  return actions(part).some((one) => standing.has(one));
}

// Whoever has changed the post from here has seen it as it is now: what else is typed is saved upon that.
function renewVersions(part, fresh) {
  const version = sender && fresh.querySelector("[name=version]")?.value;
  if (version) for (const field of part.querySelectorAll("[name=version]")) field.value = version;
}

function renewWhatIsRead(part, fresh) {
  for (const old of part.querySelectorAll("[data-live]")) {
    const renewed = fresh.querySelector(`#${old.id}`);
    if (!renewed) continue;
    old.replaceWith(renewed);
    window.htmx.process(renewed);
  }
}

// Who has opened something looks at it still.
function keepOpen(part, fresh) {
  const heading = (one) => one.querySelector("summary")?.textContent.trim();
  const opened = new Set([...part.querySelectorAll("details[open]")].map(heading));
  for (const one of fresh.querySelectorAll("details")) one.open ||= opened.has(heading(one));
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  sender = detail.requestConfig?.elt?.closest(".drawer-part") ?? null;
  queueMicrotask(() => (sender = null)); // The swap follows at once.
});

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const { target: part, fragment } = detail;
  if (!part.matches(".drawer-part")) return;
  if (!left.size) queueMicrotask(() => (left = new Set()));
  if (stays(part, fragment)) {
    left.add(part.id);
    detail.shouldSwap = false;
    renewVersions(part, fragment);
    renewWhatIsRead(part, fragment);
  } else if (part !== sender) {
    keepOpen(part, fragment);
  }
});
