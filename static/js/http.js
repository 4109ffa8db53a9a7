// Calls to our own server from scripts: a form's encoding, with the token against forged requests.
import { begun } from "./htmx.js";
import { sayItWentWrong } from "./toasts.js";

const PATIENCE = 30_000; // ms that a question may take

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

// Sends pairs or an object, and swaps in what comes back: each part of the answer names where it belongs.
export async function post(url, data) {
  const pairs = Array.isArray(data) ? data : Object.entries(data);
  return swapAnswer(url, { method: "POST", body: new URLSearchParams(pairs) });
}

// Asks, and swaps in what comes back, if it is still wanted by then.
export const get = (url, isWanted = () => true) => swapAnswer(url, { signal: AbortSignal.timeout(PATIENCE) }, isWanted);

async function swapAnswer(url, options, isWanted = () => true) {
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  let answer;
  try {
    await begun;
    answer = await fetch(url, { ...options, headers, credentials: "same-origin" });
  } catch {
    sayItWentWrong();
    return { ok: false, status: 0 };
  }
  if (answer.headers.has("HX-Redirect")) {
    location.assign(answer.headers.get("HX-Redirect"));
  } else if (answer.status >= 500) {
    sayItWentWrong(answer.headers.get("MarketMind-Said"));
  } else {
    const text = await answer.text();
    if (text.trim() && isWanted()) window.htmx.swap(document.body, text, { swapStyle: "none" });
  }
  return { ok: answer.ok, status: answer.status };
}
