// Finding one's way on the calendar: its chips and days, what is in the hand, and what is said to people.
export const plan = () => document.getElementById("plan");
export const isWeek = () => plan()?.dataset.view === "week";
export const chips = () => [...(plan()?.querySelectorAll("a.chip[data-post]") ?? [])];
export const chipOf = (id) => plan()?.querySelector(`a.chip[data-post="${CSS.escape(id)}"]`);
export const days = () => [...(plan()?.querySelectorAll("[data-date]") ?? [])];
export const dayOf = (element) => element?.closest?.("#plan [data-date]") ?? null;
export const isMovable = (chip) => Boolean(chip?.hasAttribute("data-movable"));
export const zone = () => document.body.dataset.zone || "UTC";
export const anythingOpen = () => Boolean(document.querySelector("dialog[open]"));
export const isTyping = (target) => Boolean(target?.closest?.("input, textarea, select, [contenteditable=true]"));

// The words come from the server: templates/scheduling/_move.html.
const home = () => document.getElementById("moving");
export const address = (name) => home()?.dataset[name] + (plan()?.dataset.query ?? "");
export const word = (name, values = {}) =>
  (home()?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

export function say(text) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}

// The page's language, in the country's way that the browser prefers.
const page = document.documentElement.lang;
export const language = navigator.languages.find((one) => one.split("-")[0] === page.split("-")[0]) ?? page;

const formats = new Map();
function format(options) {
  const key = JSON.stringify([zone(), options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(options.locale ?? language, { timeZone: zone(), ...options }));
  return formats.get(key);
}

// What a clock on the wall shows of an instant in the calendar's zone: {date: "2026-11-20", time: "18:00"}.
export function wallClock(instant) {
  const shown = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = Object.fromEntries(format({ locale: "en-CA", ...shown }).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

// A day as people of this page say it; it has no zone, so it is read and shown at noon in none.
export function dayName(date) {
  const noon = new Date(`${date}T12:00:00Z`);
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }).format(noon);
}

export const daysBetween = (from, to) => Math.round((Date.parse(`${to}T12:00Z`) - Date.parse(`${from}T12:00Z`)) / 86_400_000);
