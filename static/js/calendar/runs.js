// Long work that goes on in parts: this browser remembers what it has begun, the ledger knows how far it came.
import { get } from "../http.js";
import { address } from "./plan.js";

const NAME = "run";
const SILENT = 60_000; // ms after which work of another tab that says nothing is over: the tab is gone

const remember = (run, more) => {
  try {
    localStorage.setItem(NAME, JSON.stringify({ run, at: Date.now(), ...more }));
  } catch {
    // A browser that keeps nothing: then the end is not said after a closed tab.
  }
};

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(NAME));
  } catch {
    return null;
  }
}

const here = new Set();

export function begin() {
  const run = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  here.add(run);
  remember(run);
  return run;
}

export const goesOn = (run) => remember(run);

// What the whole of it has done, and the way back.
export async function finish(run) {
  here.delete(run);
  const url = new URL(address("runs"), location.href);
  url.searchParams.set("run", run);
  const { status } = await get(url);
  if (status && status < 500) localStorage.removeItem(NAME);
  else remember(run, { left: true }); // Nobody could be asked: the next page that is opened asks again.
}

addEventListener("pagehide", () => here.forEach((run) => remember(run, { left: true })));

// Who comes back to what a closed tab has left is told how far it came.
export function tellOfWhatWasLeft() {
  const found = remembered();
  if (found && (found.left || Date.now() - found.at > SILENT)) finish(found.run);
}
