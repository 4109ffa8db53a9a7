// Sends what a hand has done: one after the other, each with the versions that the page shows by then.
import { post } from "../http.js";
import { address, chipOf, chips, dayOf } from "./plan.js";
import { begin, finish, goesOn } from "./runs.js";

const AT_ONCE = 50; // posts of one request; more go in parts, and one sees how far they are
let last = Promise.resolve();

function inTurn(deed) {
  last = last.then(deed, deed);
  return last;
}

const named = (ids) => ids.map((id) => ["post", chipOf(id) ? `${id}:${chipOf(id).dataset.version}` : id]);
const shown = (ids) => [...new Set(ids.map((id) => dayOf(chipOf(id))?.dataset.date).filter(Boolean))].map((day) => ["shown", day]);

// The first id is the one in the hand; `to` says where it goes: {days}, {day}, {at}, {date, time} or {ripple}.
export const move = (ids, to, run = []) =>
  inTurn(() => post(address("moves"), [...named(ids), ...shown(ids), ...Object.entries(to), ...run]));

export const many = (ids, pairs, run = []) => inTurn(() => post(address("many"), [...named(ids), ...shown(ids), ...pairs, ...run]));

export const drop = (pairs) => inTurn(() => post(address("drops"), Object.entries(pairs)));

// Many posts, in parts that each stand alone: in the order in which no post steps on another's foot. The ledger keeps
// count of what is done, and says so at the end, also if that comes early.
export async function inParts(ids, send, { onwards = true, told = () => {}, stopped = () => false } = {}) {
  if (ids.length <= AT_ONCE) return send([...ids], []);
  const at = new Map(chips().map((chip) => [chip.dataset.post, chip.dataset.at]));
  const order = [...ids].sort((one, other) => (at.get(one) ?? "").localeCompare(at.get(other) ?? "") * (onwards ? -1 : 1));
  const run = begin();
  let answer = { ok: true };
  for (let from = 0; from < order.length && answer.ok && !stopped(); from += AT_ONCE) {
    answer = await send(order.slice(from, from + AT_ONCE), [["run", run], ["of", order.length]]);
    goesOn(run);
    told();
  }
  await finish(run);
  return answer;
}
