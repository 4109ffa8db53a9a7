// Sends what a hand has done: one after the other, each with the versions that the page shows by then.
import { post } from "../http.js";
import { address, chipOf, chips, dayOf } from "./plan.js";

const AT_ONCE = 50; // posts of one request; more go in parts, and one sees how far they are
let last = Promise.resolve();

function inTurn(deed) {
  last = last.then(deed, deed);
  return last;
}

const named = (ids) => ids.map((id) => ["post", chipOf(id) ? `${id}:${chipOf(id).dataset.version}` : id]);
const shown = (ids) => [...new Set(ids.map((id) => dayOf(chipOf(id))?.dataset.date).filter(Boolean))].map((day) => ["shown", day]);

// The first id is the one in the hand; `to` says where it goes: {days}, {day}, {at}, {date, time} or {ripple}.
export const move = (ids, to) => inTurn(() => post(address("moves"), [...named(ids), ...shown(ids), ...Object.entries(to)]));

export const many = (ids, pairs) => inTurn(() => post(address("many"), [...named(ids), ...shown(ids), ...pairs]));

export const drop = (pairs) => inTurn(() => post(address("drops"), Object.entries(pairs)));

// Many posts, in parts that each stand alone: in the order in which no post steps on another's foot.
export async function inParts(ids, send, { onwards = true, told = () => {}, stopped = () => false } = {}) {
  const at = new Map(chips().map((chip) => [chip.dataset.post, chip.dataset.at]));
  const order = [...ids].sort((one, other) => (at.get(one) ?? "").localeCompare(at.get(other) ?? "") * (onwards ? -1 : 1));
  const parts = order.length > AT_ONCE ? order : [...ids];
  const gathered = [];
  let done = 0;
  for (let from = 0; from < parts.length && !stopped(); from += AT_ONCE) {
    const part = parts.slice(from, from + AT_ONCE);
    const answer = await send(part);
    if (!answer.ok) return { ...answer, done };
    done += part.length;
    told(done, parts.length);
    gathered.push(...gather(done < parts.length && !stopped(), gathered));
  }
  return { ok: true, done };
}

// One toast for all parts: the last one's button undoes what all have done.
function gather(isMore, before) {
  const toast = document.querySelector("#toasts > .toast-moved:last-of-type");
  const form = toast?.querySelector("[data-undo]");
  if (!form) return [];
  const fields = [...form.querySelectorAll("input[name=step], input[name=post]")];
  if (isMore) toast.remove();
  else form.append(...before);
  return fields;
}
