// Calls to our own server from scripts: a form's encoding, with the token against forged requests.
import { sayItWentWrong } from "./toasts.js";

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

// Sends pairs or an object, and swaps in what comes back: each part of the answer names where it belongs.
export async function post(url, data) {
  const pairs = Array.isArray(data) ? data : Object.entries(data);
  return swapAnswer(url, { method: "POST", body: new URLSearchParams(pairs) });
}

export const get = (url) => swapAnswer(url, {});

async function swapAnswer(url, options) {
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  let answer;
  try {
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
    if (text.trim()) window.htmx.swap(document.body, text, { swapStyle: "none" });
  }
  return { ok: answer.ok, status: answer.status };
}
