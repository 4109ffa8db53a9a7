// The open post comes anew in parts. One that somebody is at stays as it is, with what is typed there, unless it was the
// one that was sent; what is only read in it (`data-live`) is renewed even then.
const FIELDS = "input:not([type=hidden]), textarea, select";
const REFUSED = "[data-bound], .refused, .errorlist"; // What was typed stands there as if it were the server's.
const COMPOSERS = ["part-fill", "part-words"]; // Of a slot that is filled meanwhile, and of a post that is emptied.
const drawer = document.getElementById("drawer");

let sender = null; // the part whose form is being answered
let batch = null; // what is kept over one answer: where one looks, and what had the focus

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

// Others' changes never take typed text away, nor put a second composer beside it. One's own may make a form another:
// its text is then offered anew.
function stays(part, fresh) {
  if (part === sender) return false;
  if (!sender && [...COMPOSERS, "part-previews"].includes(part.id)) return batch.isComposing;
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

const heading = (one) => one.querySelector("summary")?.textContent.trim();

// Who has opened something looks at it still; what somebody has closed stays closed.
function keepOpen(part, fresh) {
  const open = new Map([...part.querySelectorAll("details")].map((one) => [heading(one), one.open]));
  for (const one of fresh.querySelectorAll("details")) one.open = open.get(heading(one)) ?? one.open;
}

const isSeen = (part) => part.offsetHeight && part.getBoundingClientRect().bottom > drawer.getBoundingClientRect().top;

// What the pointer is on stays under it, else what stands on top.
function begin() {
  if (batch) return;
  const parts = [...drawer.querySelectorAll(".drawer-part")];
  const anchor = drawer.querySelector(".drawer-part:hover") ?? parts.find(isSeen);
  batch = {
    isComposing: COMPOSERS.some((one) => document.getElementById(one) && isInUse(document.getElementById(one))),
    anchor: anchor?.id,
    top: anchor?.getBoundingClientRect().top,
    focus: drawer.contains(document.activeElement) ? document.activeElement : null,
  };
  queueMicrotask(end);
}

function end() {
  const { anchor, top, focus } = batch;
  batch = null;
  const again = anchor && document.getElementById(anchor);
  if (again?.offsetHeight) drawer.scrollTop += again.getBoundingClientRect().top - top;
  if (!focus || document.activeElement !== document.body) return;
  // What had the focus came anew: a button is known by its words, a field by its id.
  const words = focus.textContent.trim();
  const same = (one) => (focus.id ? one.id === focus.id : words && one.textContent.trim() === words);
  const found = [...drawer.querySelectorAll(focus.tagName)].find(same);
  (found ?? drawer).focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  sender = detail.requestConfig?.elt?.closest(".drawer-part") ?? null;
  queueMicrotask(() => (sender = null)); // The swap follows at once.
});

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const { target: part, fragment } = detail;
  if (!part.matches("#drawer .drawer-part")) return;
  begin();
  if (stays(part, fragment)) {
    detail.shouldSwap = false;
    part.dataset.behind = "";
    renewVersions(part, fragment);
    renewWhatIsRead(part, fragment);
  } else if (part !== sender) {
    keepOpen(part, fragment);
  }
});

// Who leaves a field as it was, sees what has happened meanwhile.
document.addEventListener("focusout", ({ target }) => {
  const part = target.closest?.(".drawer-part[data-behind]");
  setTimeout(() => {
    if (!part?.isConnected || isInUse(part)) return;
    delete part.dataset.behind;
    document.dispatchEvent(new Event("drawer-left-behind"));
  });
});
