// What a drop means: where it would land is marked, and what has landed is sent.
import { drop, move } from "./moves.js";
import { dayOf, daysBetween } from "./plan.js";
import { clock } from "./times.js";

export function mark(element, no = false) {
  for (const one of document.querySelectorAll(".drop-here, .drop-no")) one.classList.remove("drop-here", "drop-no");
  element?.classList.add(no ? "drop-no" : "drop-here");
}

// What is dropped where it was taken from stays as it is. A past day is asked for too: the rules say why not.
export function send({ day, slot, minutes }, source, ids) {
  const date = day.dataset.date;
  const { content } = source.dataset;
  if (content) return drop({ content, ...(slot ? { post: slot.dataset.post } : { day: date }) });
  if (minutes !== null) return move(ids, { at: `${date}T${clock(minutes)}:00` });
  const by = daysBetween(dayOf(source)?.dataset.date ?? date, date);
  return by ? move(ids, { days: by }) : null;
}
