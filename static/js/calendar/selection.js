// Several posts in one hand: by ctrl or cmd and click, by shift and click from the last one to here, by the mark, by x.
import { chipOf, chips, isMovable, plan, say, word } from "./plan.js";

const chosen = new Set();
const listeners = [];
let anchor = null;

export const selected = () => [...chosen];
export const onSelection = (listener) => listeners.push(listener);

// What is moved when a chip is: all that is selected, the one in the hand first; else it alone.
export const inHand = (chip) => {
  const id = chip.dataset.post;
  return chosen.has(id) ? [id, ...selected().filter((other) => other !== id)] : [id];
};

export function toggle(chip) {
  const id = chip.dataset.post;
  if (!chosen.delete(id)) chosen.add(id);
  anchor = id;
  show();
}

export function range(chip) {
  const first = chipOf(anchor ?? "");
  const isMeant = (one) => !one.hasAttribute("data-slot") || one === first || one === chip; // Open slots between stay.
  const all = chips().filter((one) => isMovable(one) && isMeant(one) && one.checkVisibility());
  const [from, to] = [all.indexOf(first), all.indexOf(chip)].sort((one, other) => one - other);
  for (const one of all.slice(Math.max(from, 0), to + 1)) chosen.add(one.dataset.post);
  show();
}

export function clear() {
  if (!chosen.size) return false;
  chosen.clear();
  anchor = null;
  show();
  return true;
}

function show({ quietly = false } = {}) {
  for (const chip of chips()) {
    const is = chosen.has(chip.dataset.post);
    chip.classList.toggle("is-selected", is);
    if (is) chip.setAttribute("aria-description", word("selectedOne"));
    else chip.removeAttribute("aria-description");
  }
  plan()?.classList.toggle("has-selection", chosen.size > 0);
  if (!quietly) say(chosen.size ? word("selected", { count: chosen.size }) : word("nothingSelected"));
  for (const listener of listeners) listener(chosen.size);
}

// What is no longer to be moved, such as a post that is being published by now, leaves the hand.
export function refresh() {
  let left = false;
  for (const id of chosen) if (chipOf(id) && !isMovable(chipOf(id))) left = chosen.delete(id) || left;
  if (chosen.size || left) show({ quietly: !left });
}

// Before the drawer hears of it: a click that selects opens nothing.
document.addEventListener(
  "click",
  (event) => {
    const chip = event.target.closest?.("#plan a.chip[data-post]");
    if (!chip || event.button !== 0 || !isMovable(chip)) return;
    const isMark = event.target.closest(".chip-status") && event.detail > 0;
    if (!(event.ctrlKey || event.metaKey || event.shiftKey || isMark)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && anchor) range(chip);
    else toggle(chip);
  },
  true,
);
