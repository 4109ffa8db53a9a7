// A week opens where the day's work begins, or at its first post where that is later or all stand in the night.
const [DAWN, MORNING] = [6 * 4, 8 * 4];
const week = document.getElementById("week-grid");
const quarterOf = (element) => Number(/\bat-q(\d+)/.exec(element.className)?.[1] ?? MORNING);

function open() {
  const list = week?.querySelector(".hours-of-day");
  if (!list || week.scrollHeight <= week.clientHeight) return;
  const stands = [...week.querySelectorAll(".hours-of-day > li")].map(quarterOf);
  const byDay = stands.filter((quarter) => quarter >= DAWN);
  const first = byDay.length || !stands.length ? Math.min(MORNING, ...byDay) : Math.min(...stands);
  week.scrollTop = (list.offsetHeight / 96) * Math.max(0, first - 2);
}

function tick() {
  const line = document.querySelector("[data-now]");
  if (!line) return;
  const zone = document.body.dataset.zone || "UTC";
  const shown = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const [hour, minute] = shown.format(new Date()).split(":").map(Number);
  line.className = line.className.replace(/\bat-q\d+/, `at-q${hour * 4 + Math.floor(minute / 15)}`);
}

open();
// Styles may come after this: before them nothing can be scrolled.
addEventListener("load", () => week?.scrollTop === 0 && open());
setInterval(tick, 60_000);
