// One message as a bubble, or as a line where it only reports what happened.

import { colourOf, el, icon, iconButton } from "./dom.js";
import { placeCard } from "./place.js";
import { pollCard } from "./poll.js";
import { deepLink, rich } from "./rich.js";
import { timeOf, w } from "./words.js";

const nameOf = (user) => user.first_name;
const mediaUrl = (media) => `/sandbox/media/${media.file_unique_id}`;

export function notice(message) {
  const who = nameOf(message.from);
  if (message.new_chat_members) {
    const names = message.new_chat_members.map(nameOf).join(", ");
    return message.new_chat_members[0].id === message.from.id ? w("joined", names) : w("added", who, names);
  }
  const gone = message.left_chat_member;
  if (gone) return gone.id === message.from.id ? w("left", nameOf(gone)) : w("removed", who, nameOf(gone));
  if (message.group_chat_created || message.supergroup_chat_created) return w("created");
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return w("migrated");
  return message.pinned_message ? w("pinned", who) : null;
}

export function summary(message) {
  if (!message) return "";
  const words = message.text || message.caption;
  if (words) return words;
  for (const [field, key] of [["photo", "photoOf"], ["video", "videoOf"], ["voice", "voiceOf"], ["audio", "voiceOf"], ["location", "placeOf"], ["sticker", "stickerOf"], ["contact", "contactOf"]]) {
    if (message[field]) return w(key);
  }
  if (message.document) return message.document.file_name || w("fileOf");
  if (message.poll) return message.poll.question;
  return notice(message) || "";
}

// `deeds`: what a tap on something in the message does; `mine` whether the viewer wrote it.
export function bubble(message, { mine, group, follows, deeds }) {
  const reported = notice(message);
  if (reported) {
    return el("article", { class: "notice", testid: "message", "data-message-id": message.message_id }, el("span", {}, reported));
  }
  const body = [
    group && !mine && !follows ? el("div", { class: `sender ${colourOf(message.from.id)}` }, nameOf(message.from), message.from.is_bot ? el("span", { class: "badge" }, w("bot")) : null) : null,
    message.forward_origin ? el("div", { class: "forwarded" }, w("forwarded", originName(message.forward_origin))) : null,
    message.reply_to_message ? quote(message.reply_to_message, deeds) : null,
    ...media(message, deeds),
    words(message, deeds),
    message.poll ? pollCard(message, deeds) : null,
    foot(message),
  ];
  const kinds = ["bubble", mine ? "mine" : "theirs", follows ? "follows" : "", message.photo || message.video || message.location ? "pictured" : "", message.sticker ? "bare" : ""];
  const shown = el("div", { class: kinds.join(" ") }, body);
  const keyboard = message.reply_markup?.inline_keyboard;
  return el("article", { class: `line ${mine ? "mine" : "theirs"}`, testid: "message", "data-message-id": message.message_id, "aria-label": `${mine ? w("you") : nameOf(message.from)}, ${timeOf(message.date)}` },
    el("div", { class: "column" }, shown, keyboard ? inlineKeyboard(keyboard, message, deeds) : null),
    actions(message, mine, deeds));
}

function originName(origin) {
  return origin.sender_user ? nameOf(origin.sender_user) : origin.sender_user_name;
}

function quote(message, deeds) {
  return el("button", { type: "button", class: "quote", onclick: () => deeds.show(message.message_id) },
    el("strong", { class: colourOf(message.from.id) }, nameOf(message.from)), el("span", {}, summary(message)));
}

function words(message, deeds) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words", dir: "auto" }, rich(text, message.entities || message.caption_entities, deeds));
}

function media(message, deeds) {
  const found = [];
  if (message.photo) {
    const best = message.photo[message.photo.length - 1];
    const image = el("img", { src: mediaUrl(best), alt: message.caption || w("photoOf"), width: best.width, height: best.height, loading: "lazy" });
    found.push(el("button", { type: "button", class: "photo", "aria-label": w("photoOf"), onclick: () => deeds.enlarge(mediaUrl(best)) }, image));
  }
  if (message.video) found.push(el("video", { src: mediaUrl(message.video), controls: true, preload: "metadata", "aria-label": w("videoOf") }));
  const sound = message.voice || message.audio;
  if (sound) found.push(el("audio", { src: mediaUrl(sound), controls: true, preload: "metadata", "aria-label": w("voiceOf") }));
  if (message.sticker) found.push(el("img", { class: "sticker", src: mediaUrl(message.sticker), alt: w("stickerOf") }));
  if (message.document) found.push(el("a", { class: "file", href: mediaUrl(message.document), download: message.document.file_name || "file" }, icon("file"), el("span", {}, message.document.file_name || w("fileOf"))));
  if (message.location) found.push(placeCard(message.location, message.venue?.title));
  if (message.contact) found.push(el("a", { class: "file", href: `tel:${message.contact.phone_number}` }, icon("people"), el("span", {}, `${message.contact.first_name} ${message.contact.last_name || ""}`, el("br"), message.contact.phone_number)));
  return found;
}

function foot(message) {
  return el("div", { class: "foot" },
    message.silent ? el("span", { class: "mark", role: "img", title: w("silent"), "aria-label": w("silent"), testid: "silent" }, icon("silent")) : null,
    message.edit_date ? el("span", { class: "mark", testid: "edited" }, w("edited")) : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date)));
}

function inlineKeyboard(rows, message, deeds) {
  return el("div", { class: "keyboard" }, rows.map((row) => el("div", { class: "row" }, row.map((button) => {
    const outside = button.url && !deepLink(button.url);
    const key = el("button", { type: "button", testid: "button", class: outside ? "outside" : "", onclick: () => deeds.tap(message, button, key) }, button.text);
    if (outside) key.append(el("span", { class: "sr" }, ` (${w("openLink")})`));
    return key;
  }))));
}

function actions(message, mine, deeds) {
  const able = [iconButton("reply", w("reply"), { testid: "reply", onclick: () => deeds.reply(message) })];
  if (mine && (message.text || message.caption)) able.push(iconButton("edit", w("edit"), { testid: "edit", onclick: () => deeds.edit(message) }));
  if (mine) able.push(iconButton("trash", w("remove"), { testid: "delete", onclick: () => deeds.remove(message) }));
  return el("div", { class: "actions", role: "group", "aria-label": w("more") }, able);
}
