// The calendar without a mouse: arrows go from post to post, with Alt they move it; one stop of the tab key for all.
import { move } from "./moves.js";
import { anythingOpen, chipOf, chips, dayOf, days, isMovable, isTyping, isWeek, plan, say, word } from "./plan.js";
import { inHand, range, refresh, toggle } from "./selection.js";
import { quarterFrom } from "./times.js";

const DAYS_A_ROW = 7;
let current = null; // the post that the tab key finds
let inside = false; // whether the focus was on it when its day was swapped

const chipsOf = (day) => [...day.querySelectorAll("a.chip[data-post]")].filter((chip) => chip.checkVisibility());
const isAgenda = () => plan()?.dataset.view === "agenda";

// Makes one chip the stop of the tab key, and gives it the focus back if its day was swapped under it.
export function rove() {
  const all = chips();
  if (!all.length) return;
  const stop = (current && chipOf(current)) || all.find((chip) => chip.checkVisibility() && !dayOf(chip)?.hasAttribute("data-past")) || all[0];
  for (const chip of all) chip.tabIndex = chip === stop ? 0 : -1;
  if (inside && document.activeElement === document.body && chipOf(current)) stop.focus({ preventScroll: true });
}

function focus(chip) {
  if (!chip) return;
  current = chip.dataset.post;
  rove();
  chip.focus();
}

// The nearest chip in a direction: within the day, then on the days before or after; in a month, on the row above or below.
function neighbour(chip, key) {
  const all = days();
  const day = dayOf(chip);
  const here = chipsOf(day);
  const place = here.indexOf(chip);
  const isUpDown = key === "ArrowUp" || key === "ArrowDown";
  const sign = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  if (isUpDown && here[place + sign]) return here[place + sign];
  const step = sign * (isUpDown && !isWeek() && !isAgenda() ? DAYS_A_ROW : 1);
  if (isUpDown && isWeek()) return null;
  for (let at = all.indexOf(day) + step; all[at]; at += step) {
    const there = chipsOf(all[at]);
    if (!there.length) continue;
    if (isUpDown) return sign < 0 ? there.at(-1) : there[0];
    return isWeek() ? closest(there, chip) : there[Math.min(place, there.length - 1)];
  }
  return null;
}

// The chip of another day that stands at the same time of day, or nearly.
function closest(there, chip) {
  const { top } = chip.getBoundingClientRect();
  const far = (one) => Math.abs(one.getBoundingClientRect().top - top);
  return there.reduce((best, one) => (far(one) < far(best) ? one : best));
}

// With Alt: left and right by a day; up and down by a week, a quarter of an hour, or a day, as the view lies.
function moveBy(chip, key) {
  if (!isMovable(chip)) return say(word("fixed"));
  const id = chip.dataset.post;
  const sign = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const isUpDown = key === "ArrowUp" || key === "ArrowDown";
  const byDays = sign * (isUpDown && !isAgenda() ? DAYS_A_ROW : 1);
  move(inHand(chip), isUpDown && isWeek() ? { at: quarterFrom(chip.dataset.at, sign) } : { days: byDays }).then(() => {
    if (document.activeElement === document.body || document.activeElement === chip) focus(chipOf(id));
  });
}

document.addEventListener("keydown", (event) => {
  const chip = event.target.closest?.("#plan a.chip[data-post]");
  if (!chip || isTyping(event.target) || anythingOpen() || event.ctrlKey || event.metaKey) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    if (event.altKey) return moveBy(chip, event.key);
    const next = neighbour(chip, event.key);
    if (next && event.shiftKey && isMovable(next)) range(next);
    focus(next);
  } else if ((event.key === "x" || event.key === " ") && !event.altKey && isMovable(chip)) {
    event.preventDefault();
    toggle(chip);
  }
});

document.addEventListener("focusin", (event) => {
  const chip = event.target.closest?.("#plan a.chip[data-post]");
  inside = Boolean(chip);
  if (!chip || chip.dataset.post === current) return;
  current = chip.dataset.post;
  rove();
});
document.addEventListener("pointerdown", () => (inside = false));

// Days that are swapped in, by us or by what others do, join in.
new MutationObserver((changes) => {
  if (!changes.some(({ target }) => target.id === "main" || target.closest("#plan"))) return;
  rove();
  refresh();
}).observe(document.getElementById("main") ?? document.body, { childList: true, subtree: true });
rove();
