// Where on a week's day the pointer is, as a time that snaps to a quarter of an hour.
import { language } from "./plan.js";

export const QUARTER = 15;
const LAST = 24 * 60 - QUARTER;

export const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

// As the calendar says it: with 12 or 24 hours.
export function spoken(minutes) {
  const hour12 = document.getElementById("plan")?.dataset.hours === "12";
  const shown = { timeZone: "UTC", hour: "numeric", minute: "2-digit", ...(hour12 ? { hour12 } : { hourCycle: "h23" }) };
  return new Intl.DateTimeFormat(language, shown).format(minutes * 60_000);
}

// The list of a day's posts spans the whole day, from midnight to midnight.
const spanOf = (day) => (day.querySelector(".hours-of-day, .chips") ?? day).getBoundingClientRect();

export function minutesAt(day, y) {
  const { top, height } = spanOf(day);
  const minutes = Math.round(((y - top) / height) * 24 * (60 / QUARTER)) * QUARTER;
  return Math.min(LAST, Math.max(0, minutes));
}

export function lineAt(day, minutes) {
  const { top, height, left, width } = spanOf(day);
  return { top: top + (height * minutes) / (24 * 60), left, width };
}

// The next quarter of an hour before or after an instant.
export function quarterFrom(instant, steps) {
  const quarter = QUARTER * 60_000;
  const here = Date.parse(instant);
  const base = steps > 0 ? Math.floor(here / quarter) : Math.ceil(here / quarter);
  return new Date((base + steps) * quarter).toISOString();
}
