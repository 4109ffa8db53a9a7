// How long a text is, as each platform counts: the same numbers as scheduling/rules/lengths.py, whose tables it gets.
const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });
const made = new WeakMap();

function patterns(tables) {
  if (!made.has(tables)) {
    const links = `${tables.url}|${tables.hashtag}|${tables.mention}`;
    made.set(tables, {
      url: new RegExp(tables.url, "gu"),
      emoji: new RegExp(tables.emoji, "u"),
      hashtag: new RegExp(tables.hashtag, "gu"),
      links: new RegExp(links, "gu"),
    });
  }
  return made.get(tables);
}

function weight(cluster, tables) {
  if (patterns(tables).emoji.test(cluster)) return 2;
  let sum = 0;
  for (const one of cluster) {
    const code = one.codePointAt(0);
    sum += tables.light.some(([first, last]) => first <= code && code <= last) ? 1 : 2;
  }
  return sum;
}

function weighted(text, tables) {
  const parts = text.normalize("NFC").split(patterns(tables).url);
  let sum = tables.urlWeight * (parts.length - 1);
  for (const part of parts) for (const { segment } of clusters.segment(part)) sum += weight(segment, tables);
  return sum;
}

const measures = {
  weighted,
  graphemes: (text) => [...clusters.segment(text)].length,
  characters: (text) => [...text].length,
  utf16: (text) => text.length,
  bytes: (text) => new TextEncoder().encode(text).length,
  escaped: (text, tables) => text.length + [...text].filter((one) => tables.escapes.includes(one)).length,
};

export const length = (text, unit, tables) => measures[unit](text, tables);

// The text as a platform counts it: with the link, where it stands in the text and not there already.
export function asPosted(platform, body, link, tables) {
  if (!link || tables.limits[platform]?.link !== "text" || body.includes(link)) return body;
  return body ? `${body}\n\n${link}` : link;
}

// A text in pieces: links, hashtags and mentions stand by themselves.
export function pieces(text, tables) {
  const found = [];
  let at = 0;
  for (const one of text.matchAll(patterns(tables).links)) {
    if (one.index > at) found.push({ text: text.slice(at, one.index), isLink: false });
    found.push({ text: one[0], isLink: true });
    at = one.index + one[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), isLink: false });
  return found;
}

export function cut(platform, text, tables) {
  const most = tables.cuts[platform];
  const all = [...text];
  return !most || all.length <= most ? [text, false] : [all.slice(0, most).join("").trimEnd(), true];
}

// A link with its tags: what campaigns/rules/links.py makes of it, except for what only the server knows.
export function tagged(link, tags, platform) {
  const filled = Object.entries(tags).filter(([, value]) => value);
  if (!link || !filled.length) return link;
  const [, before, query, hash] = link.match(/^([^?#]*)(?:\?([^#]*))?(#.*)?$/su) ?? [link, link, "", ""];
  const names = filled.map(([name]) => `utm_${name}`);
  const kept = (query ?? "").split("&").filter((part) => part && !names.includes(part.split("=")[0]));
  const added = filled.map(([name, value]) => `utm_${name}=${encode(value.replaceAll("{platform}", platform))}`);
  return `${before}?${[...kept, ...added].join("&")}${hash ?? ""}`;
}

const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/gu, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
