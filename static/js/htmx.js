// htmx comes when it comes (`async`): no page waits for it. By itself it begins at the end of parsing, and if it comes
// after that, never (bigskysoftware/htmx#2264): then it is told so once more.
const script = document.querySelector("script[data-htmx]");

const isParsed = () => performance.getEntriesByType("navigation")[0].domContentLoadedEventStart > 0;

// Its beginning reads the page's configuration, which says otherwise than htmx about this.
const hasBegun = () => window.htmx.config.includeIndicatorStyles === false;

function begin() {
  if (isParsed() && !hasBegun()) document.dispatchEvent(new Event("DOMContentLoaded"));
}

if (window.htmx) begin();
else script?.addEventListener("load", begin);
