// htmx comes when it comes (`async`): no page waits for it. By itself it begins at the end of parsing, and if it comes
// after that, never (bigskysoftware/htmx#2264): then it is told so once more.
const script = document.querySelector("script[data-htmx]");

const isParsed = () => performance.getEntriesByType("navigation")[0].domContentLoadedEventStart > 0;

// Its beginning reads the page's configuration, which says otherwise than htmx about this.
const hasBegun = () => window.htmx.config.includeIndicatorStyles === false;

function begin() {
  if (isParsed() && !hasBegun()) document.dispatchEvent(new Event("DOMContentLoaded"));
}

// What sends something waits for it: nothing is done on the server that the page could not show.
export const begun = new Promise((come, fail) => {
  const look = () => (window.htmx ? come() : fail(new Error("htmx did not come")));
  if (window.htmx || document.readyState === "complete") return look();
  script?.addEventListener("load", come);
  addEventListener("load", look); // By then it has come or failed.
}).then(begin);
begun.catch(() => {}); // Whoever waits for it says so.
