// Text with entities. Offsets count UTF-16 units, as JavaScript strings do.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const HOTLINE = /(?<![\d.,/:-])(11[1-5])(?![\d]|[.,/:-]\d)/;

// `deeds`: { start(bot, payload), command(text), mention(username) }
export function rich(text, entities, deeds) {
  return piece(text, 0, text.length, [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length), deeds);
}

function piece(text, from, to, entities, deeds) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const start = Math.max(first.offset, at);
    const stop = Math.min(first.offset + first.length, to);
    if (stop <= start) {
      rest = others;
      continue;
    }
    if (start > at) nodes.push(...plain(text.slice(at, start)));
    const inner = others.filter((entity) => entity.offset < stop);
    nodes.push(wrapped(first, text.slice(start, stop), () => piece(text, start, stop, inner, deeds), deeds));
    at = stop;
    rest = others.filter((entity) => entity.offset + entity.length > stop);
  }
  if (at < to) nodes.push(...plain(text.slice(at, to)));
  return nodes;
}

// The emergency numbers can be called, although Telegram marks only long numbers.
function plain(text) {
  return text.split(HOTLINE).map((part, index) => (index % 2 ? el("a", { href: `tel:${part}` }, part) : part));
}

function wrapped(entity, words, inner, deeds) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, inner());
  if (entity.type === "text_link") return link(entity.url, inner(), deeds);
  if (entity.type === "url") return link(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`, [words], deeds);
  if (entity.type === "phone_number") return el("a", { href: `tel:${words.replace(/[^+\d]/g, "")}` }, words);
  if (entity.type === "email") return el("a", { href: `mailto:${words}` }, words);
  if (entity.type === "bot_command") return pressable(words, () => deeds.command(words));
  if (entity.type === "mention") return pressable(words, () => deeds.mention(words.slice(1)));
  if (entity.type === "spoiler") return spoiler(inner());
  return el("span", {}, inner());
}

function pressable(words, deed) {
  return el("button", { type: "button", class: "inline-link", onclick: deed }, words);
}

function spoiler(children) {
  const cover = el("span", { class: "spoiler", tabindex: "0", role: "button" }, children);
  const show = () => cover.classList.add("shown");
  cover.addEventListener("click", show);
  cover.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return cover;
}

export function deepLink(url) {
  const found = /^https?:\/\/t\.me\/(\w+)(?:\?(?:.*&)?start=([\w-]*))?$/i.exec(url);
  return found ? { bot: found[1], payload: found[2] } : null;
}

export function link(url, children, deeds) {
  const deep = deepLink(url);
  if (deep) {
    return el("a", { href: url, onclick: (event) => {
      event.preventDefault();
      if (deep.payload === undefined) deeds.mention(deep.bot);
      else deeds.start(deep.bot, deep.payload);
    } }, children);
  }
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, children);
}
