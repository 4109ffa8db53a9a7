// Dragging chips and what waits in the tray: with the mouse at once, with a finger after a long press; Escape lets go.
import { mark, send } from "./dropping.js";
import { Ghost } from "./ghost.js";
import { dayName, dayOf, isMovable, isWeek, say, word } from "./plan.js";
import { follow, stopScrolling } from "./scrolling.js";
import { inHand, toggle } from "./selection.js";
import { lineAt, minutesAt, spoken } from "./times.js";

const FAR_ENOUGH = 5; // px before a press becomes a drag
const LONG = 350; // ms that a finger rests before it lifts a chip; until then it scrolls
let held = null; // what the pointer rests on, or drags

// Whoever may only read has no bar and moves nothing.
const sourceOf = (target) => {
  if (!document.getElementById("many")) return null;
  const found = target.closest?.("#plan a.chip[data-movable], [data-content]");
  return found?.matches("[data-content]") || isMovable(found) ? found : null;
};

document.addEventListener("pointerdown", (event) => {
  const source = event.isPrimary && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey) && sourceOf(event.target);
  if (!source || held) return;
  if (event.target.closest("button, input, select, textarea, summary")) return;
  held = { source, x: event.clientX, y: event.clientY, id: event.pointerId, finger: event.pointerType !== "mouse" };
  if (held.finger) held.timer = setTimeout(lift, LONG);
});

document.addEventListener("pointermove", (event) => {
  if (!held || event.pointerId !== held.id) return;
  const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
  if (!held.ghost) {
    if (held.finger && far > FAR_ENOUGH * 2) letGo();
    else if (!held.finger && far > FAR_ENOUGH) lift();
    if (!held?.ghost) return;
  }
  held.moved ||= far > FAR_ENOUGH;
  [held.nowX, held.nowY] = [event.clientX, event.clientY];
  follow(held.nowX, held.nowY, aim);
  aim();
});

function lift() {
  const { source, x, y } = held;
  held.ids = source.dataset.content ? [] : inHand(source);
  held.ghost = new Ghost(source, held.ids.length, { x, y });
  [held.nowX, held.nowY] = [x, y];
  document.body.setAttribute("data-dragging", "");
  for (const id of held.ids) document.querySelector(`#plan [data-post="${id}"]`)?.classList.add("is-lifted");
  source.classList.add("is-lifted");
  getSelection()?.removeAllRanges();
}

function aim() {
  if (!held?.ghost) return;
  const { ghost, nowX: x, nowY: y, source } = held;
  ghost.to(x, y);
  const under = document.elementFromPoint(x, y);
  const day = dayOf(under);
  const slot = source.dataset.content ? under?.closest("#plan [data-slot]") : null;
  const no = Boolean(day?.hasAttribute("data-past"));
  held.target = day && { day, slot, no, minutes: isWeek() && !source.dataset.content ? minutesAt(day, y - ghost.offset.y) : null };
  mark(slot ?? day, no);
  if (!day) ghost.says("");
  else if (no) ghost.says(word("past"), { no });
  else if (held.target.minutes === null) ghost.says(dayName(day.dataset.date));
  else ghost.says(`${dayName(day.dataset.date)} ${spoken(held.target.minutes)}`, { line: lineAt(day, held.target.minutes) });
}

document.addEventListener("pointerup", async (event) => {
  if (!held || event.pointerId !== held.id) return;
  const { ghost, target, source, ids, moved, finger } = held;
  if (!ghost) return letGo();
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, true), 50);
  if (finger && !moved && ids.length) toggle(source);
  const sending = target && moved && send(target, source, ids);
  if (!sending) return letGo();
  release();
  ghost.body.classList.add("is-sent");
  const { ok } = await sending;
  if (ok) ghost.end();
  else await ghost.goBack();
  putDown();
});

function release() {
  clearTimeout(held?.timer);
  held = null;
  mark(null);
  stopScrolling();
  document.body.removeAttribute("data-dragging");
}

function letGo() {
  const ghost = held?.ghost;
  release();
  putDown();
  return ghost?.goBack();
}

function putDown() {
  for (const one of document.querySelectorAll(".is-lifted")) one.classList.remove("is-lifted");
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held?.ghost) return;
  swallow(event);
  say(word("letGo"));
  letGo();
}, true);
document.addEventListener("pointercancel", () => held && letGo());
document.addEventListener("dragstart", (event) => sourceOf(event.target) && event.preventDefault());
document.addEventListener("contextmenu", (event) => held?.finger && event.preventDefault());
document.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
