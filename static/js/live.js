// Follows the workspace's ledger: what others or the workers change is asked for anew, a day at a time; and of the post
// that is open beside the plan, its parts; those that somebody is typing in stay (parts.js).
import { begun } from "./htmx.js";
import { get } from "./http.js";
import { answersSoFar, isSending } from "./pending.js";
import { sayItWentWrong } from "./toasts.js";

const PATIENCE = 400; // ms in which several events become one question
const MOST_DAYS = 14; // more than these are asked for as the whole plan
const plan = () => document.getElementById("plan");
const days = new Set();
let open = false; // whether the open post has changed
let asking = false; // one question at a time: an older answer never comes after a newer one
let last = null;
let waiting = null;
let wait = 1000;

const localDay = (instant) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: document.body.dataset.zone, dateStyle: "short" }).format(new Date(instant));

const shownPost = () => document.querySelector("#drawer [data-drawer-href]")?.dataset.drawerHref ?? "";

// Of the open post, or of what it says: comments, an edit from elsewhere.
const isShown = (key) => shownPost().includes(key) || document.querySelector(`#drawer [data-content="${CSS.escape(key)}"]`) !== null;

// Which days an event touches: where the post stands on this page, and where it stands now.
function touched(event) {
  const chip = document.querySelector(`[data-post="${CSS.escape(event.entity_id)}"]`)?.closest("[data-date]");
  const told = event.metadata ?? {};
  const instants = [told.scheduled_for, told.to, told.from, told.at].filter((one) => typeof one === "string" && one.includes("T"));
  return [chip?.dataset.date, ...instants.map(localDay)].filter(Boolean);
}

const soon = () => (waiting ??= setTimeout(ask, PATIENCE));

export function take(event) {
  if (event.id) last = event.id;
  if (!event.event_type || !plan()) return;
  for (const day of touched(event)) days.add(day);
  open ||= isShown(event.entity_id);
  soon();
}

// A part was left as it was, because somebody was at it, and is not any more.
document.addEventListener("drawer-left-behind", () => {
  open = true;
  soon();
});

// Nothing is pulled away from under a hand: while something is dragged or sent, the question waits.
async function ask() {
  waiting = null;
  if (!plan()) return;
  if (asking || document.body.hasAttribute("data-dragging")) return soon();
  asking = true;
  try {
    await askForPost();
    await askForDays();
  } finally {
    asking = false;
  }
}

async function askForDays() {
  const shown = [...days].filter((day) => document.getElementById(`day-${day}`));
  days.clear();
  if (shown.length > MOST_DAYS) {
    const all = { target: "#plan", select: "#plan", swap: "outerHTML" };
    await begun.then(() => window.htmx.ajax("GET", location.href, all), sayItWentWrong);
  } else if (shown.length) {
    const url = new URL(plan().dataset.daysUrl, location.href);
    url.searchParams.set("days", shown.join(","));
    await get(url);
  }
}

// What comes for a post that is not open any more is of no use; nor is what was asked for before something was sent.
async function askForPost() {
  const href = open && shownPost();
  if (href && isSending()) return soon();
  open = false;
  if (!href) return;
  const before = answersSoFar();
  const url = new URL(href, location.href);
  url.searchParams.set("fresh", "1");
  await get(url, () => {
    if (shownPost() !== href) return false;
    if (!isSending() && answersSoFar() === before) return true;
    open = true;
    soon();
    return false;
  });
}

function follow() {
  const address = new URL("/api/v1/scheduling/ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("tenant_id", document.body.dataset.tenant);
  if (last !== null) address.searchParams.set("after", last);
  const socket = new WebSocket(address);
  socket.addEventListener("open", () => (wait = 1000));
  socket.addEventListener("message", (message) => take(JSON.parse(message.data)));
  socket.addEventListener("close", ({ code }) => {
    if (code >= 4400 && code < 4500) return; // Signed out, or not ours any more: the next click says so.
    setTimeout(follow, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, 60_000);
  });
}

// Only a page that shows the plan, from a server that has the socket, follows along.
if (document.body.dataset.tenant && plan()) follow();
