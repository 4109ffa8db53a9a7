// Dialogs: "Move to…" for what is in the hand, the list of shortcuts, and the question on which account to drop.
import { chipOf, isMovable, plan, say, wallClock, word } from "./plan.js";
import { move } from "./moves.js";
import { inHand, selected } from "./selection.js";

const dialog = (id) => document.getElementById(id);
let moving = [];

export function openMoveTo(ids) {
  const box = dialog("move-to");
  const chip = chipOf(ids[0]);
  if (!box || !chip) return;
  moving = ids;
  const { date, time } = wallClock(chip.dataset.at);
  box.querySelector("[name=date]").value = date;
  box.querySelector("[name=time]").value = time;
  box.querySelector("[data-others]").hidden = ids.length < 2;
  box.showModal();
}

export const openShortcuts = () => dialog("shortcuts")?.showModal();

// What the keyboard, the bar or the drawer means: all that is selected, else the post that has the focus.
export function moveToFor(element) {
  const chip = element?.closest?.("a.chip[data-post]") ?? (element?.dataset?.moveTo && chipOf(element.dataset.moveTo));
  const ids = chip ? inHand(chip) : selected();
  if (!ids.length) return say(word("nothingSelected"));
  if (!isMovable(chipOf(ids[0]))) return say(word("fixed"));
  openMoveTo(ids);
}

dialog("move-to")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const to = { date: form.elements.date.value, time: form.elements.time.value };
  dialog("move-to").close();
  move(moving, to).then(() => chipOf(moving[0])?.focus());
});

document.addEventListener("click", (event) => {
  const close = event.target.closest?.("[data-close-dialog]");
  if (close) close.closest("dialog").close();
  if (event.target.closest?.("[data-shortcuts]")) openShortcuts();
  const to = event.target.closest?.("[data-move-to]");
  if (to && plan()) {
    event.preventDefault();
    moveToFor(to);
  }
  // A click on what lies behind a dialog closes it.
  if (event.target.matches?.("dialog.sheet[open]")) event.target.close();
});

// The question on which account comes with an answer of the server; its own answer ends it.
const ask = dialog("move-ask");
if (ask) {
  new MutationObserver(() => {
    if (ask.children.length && !ask.open) ask.showModal();
  }).observe(ask, { childList: true });
  ask.addEventListener("close", () => ask.replaceChildren());
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.closest?.("#move-ask")) ask.close();
  });
}

// What a toast offered has been done: it has nothing more to say.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.detail.elt.closest?.("#toasts .toast")?.remove();
});
