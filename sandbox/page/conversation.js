// The conversation in the middle: header, messages, composer.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { link, deepLink } from "./rich.js";
import { alertBox, ask, toast, tried } from "./wire.js";
import { dayOf, w } from "./words.js";

const MOST_SHOWN = 300;

export class Conversation {
  // `pane`: { person, open(chatId), openBot(username), refresh() }
  constructor(pane) {
    this.pane = pane;
    this.messages = new Map();
    this.composer = new Composer({ send: (fields) => this.send(fields), save: (message, text) => this.save(message, text), start: () => this.start(""), sendContact: () => this.sendContact() });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": w("messages"), tabindex: "0", testid: "log" });
    // The end stays in view while pictures load and keyboards open, unless the reader has left it.
    this.stuck = true;
    this.log.addEventListener("scroll", () => (this.toEnd.hidden = this.stuck = this.atEnd()));
    const hold = () => this.stuck && this.scrollDown();
    new ResizeObserver(hold).observe(this.log);
    for (const loaded of ["load", "loadedmetadata", "error"]) this.log.addEventListener(loaded, hold, true);
    this.toEnd = iconButton("down", w("toBottom"), { class: "icon-button to-end", hidden: true, onclick: () => this.scrollDown() });
    this.status = el("span", { class: "status" });
    this.header = el("header", { class: "chat-header" });
    this.element = el("section", { class: "conversation", "aria-label": w("messages") });
    this.showNothing();
  }

  showNothing() {
    this.chat = null;
    this.element.replaceChildren(el("p", { class: "empty" }, el("span", {}, w("pickChat"))));
  }

  async show(chat) {
    const turn = (this.turn = Symbol("turn"));
    this.chat = chat;
    this.shape = shapeOf(chat);
    this.drawHeader();
    this.composer.show(chat);
    this.log.replaceChildren();
    this.element.replaceChildren(this.header, el("div", { class: "log-frame" }, this.log, this.toEnd), this.composer.element);
    const answer = await tried(ask("GET", `chats/${chat.id}/messages?as=${this.pane.person.id}&limit=${MOST_SHOWN}`));
    if (!answer || turn !== this.turn) return;
    this.messages = new Map(answer.messages.map((message) => [message.message_id, message]));
    this.draw();
    this.scrollDown();
    this.read();
    this.composer.focus();
  }

  // The chat itself changed. The composer is made anew (a draft is lost) only where it must be.
  update(chat) {
    const changed = shapeOf(chat) !== this.shape;
    this.chat = chat;
    this.drawHeader();
    if (!changed) return;
    this.shape = shapeOf(chat);
    this.composer.show(chat);
    this.honourAll();
    this.composer.focus();
    this.draw();
  }

  drawHeader() {
    const { chat } = this;
    this.status.textContent = chat.username ? w("bot") : w("members", chat.member_count);
    const block = chat.username && chat.started && !chat.blocked ? el("button", { type: "button", class: "plain", testid: "block", onclick: () => tried(ask("POST", "blocks", { from: this.pane.person.id, bot: chat.id, blocked: true })) }, w("block")) : null;
    this.header.replaceChildren(
      iconButton("back", w("back"), { class: "icon-button back", testid: "back", onclick: () => this.pane.open(null) }),
      avatar(chat.title, chat.id, chat.username ? "robot" : ""),
      el("div", { class: "names" }, el("h2", { testid: "chat-title" }, chat.title), this.status),
      ...(block ? [block] : []));
  }

  draw() {
    const shown = [...this.messages.values()].sort((a, b) => a.seq - b.seq);
    const nodes = [];
    let day = null;
    let before = null;
    for (const message of shown) {
      if (dayOf(message.date) !== day) {
        day = dayOf(message.date);
        nodes.push(el("div", { class: "day" }, el("span", {}, day)));
        before = null;
      }
      nodes.push(this.drawn(message, before));
      before = message;
    }
    if (!shown.length && this.chat.username) nodes.push(this.welcome());
    this.log.replaceChildren(...nodes);
    this.honourAll();
  }

  welcome() {
    return el("div", { class: "welcome" }, avatar(this.chat.title, this.chat.id, "robot"), el("h3", {}, this.chat.title), this.chat.description ? el("p", {}, el("strong", {}, w("whatBot")), el("br"), this.chat.description) : null);
  }

  drawn(message, before) {
    const follows = Boolean(before && before.from.id === message.from.id && message.date - before.date < 300 && before.text !== undefined);
    return bubble(message, { mine: message.from.id === this.pane.person.id, group: this.chat.type !== "private", follows, deeds: this.deeds() });
  }

  deeds() {
    return {
      tap: (message, button, key) => this.tap(message, button, key),
      vote: (message, at) => tried(ask("POST", "votes", { from: this.pane.person.id, chat: this.chat.id, message_id: message.message_id, options: [at] })),
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      remove: (message) => tried(ask("DELETE", "messages", { by: this.pane.person.id, chat: this.chat.id, message_id: message.message_id })),
      show: (id) => this.log.querySelector(`[data-message-id="${Number(id)}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" }),
      enlarge,
      start: (bot, payload) => this.pane.openBot(bot, payload),
      mention: (username) => this.pane.openBot(username),
      command: (text) => this.send({ text }),
    };
  }

  honourAll() {
    const last = [...this.messages.values()].sort((a, b) => a.seq - b.seq);
    last.forEach((message, index) => this.composer.honour(message, index === last.length - 1));
  }

  arrive(message) {
    const stay = !this.atEnd() && message.from.id !== this.pane.person.id;
    const last = [...this.messages.values()].pop();
    this.messages.set(message.message_id, message);
    if (!last || dayOf(last.date) !== dayOf(message.date)) this.draw();
    else this.log.append(this.drawn(message, last));
    this.drawHeader();
    this.composer.honour(message, true);
    if (stay) this.toEnd.hidden = false;
    else this.scrollDown();
    this.read();
  }

  change(message) {
    if (!this.messages.has(message.message_id)) return;
    const end = this.atEnd();
    this.messages.set(message.message_id, message);
    const list = [...this.messages.values()];
    const before = list[list.findIndex((one) => one.message_id === message.message_id) - 1];
    this.log.querySelector(`[data-message-id="${message.message_id}"]`)?.replaceWith(this.drawn(message, before));
    if (end) this.scrollDown();
  }

  vanish(id) {
    this.messages.delete(id);
    this.log.querySelector(`[data-message-id="${Number(id)}"]`)?.remove();
  }

  typing() {
    this.status.textContent = w("typing");
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.chat && this.drawHeader(), 5000);
  }

  send(fields) {
    return tried(ask("POST", "messages", { from: this.pane.person.id, chat: this.chat.id, ...fields }));
  }

  sendContact() {
    const { person } = this.pane;
    return this.send({ contact: { phone_number: "+84900000000", first_name: person.name, user_id: person.id } });
  }

  save(message, text) {
    return tried(ask("PATCH", "messages", { from: this.pane.person.id, chat: this.chat.id, message_id: message.message_id, text }));
  }

  async start(payload) {
    await tried(ask("POST", "start", { from: this.pane.person.id, bot: this.chat.id, payload }));
    await this.pane.refresh();
  }

  async tap(message, button, key) {
    if (button.url) {
      if (deepLink(button.url)) link(button.url, [], this.deeds()).click();
      else window.open(button.url, "_blank", "noopener");
      return;
    }
    key.setAttribute("aria-busy", "true");
    const answer = await tried(ask("POST", "taps", { from: this.pane.person.id, chat: this.chat.id, message_id: message.message_id, data: button.callback_data }));
    key.removeAttribute("aria-busy");
    if (!answer) return;
    if (!answer.answered) toast(w("noAnswer"));
    else if (answer.text && answer.alert) alertBox(answer.text);
    else if (answer.text) toast(answer.text);
  }

  async read() {
    const last = [...this.messages.values()].pop();
    if (!last || document.hidden) return;
    await ask("POST", "reads", { from: this.pane.person.id, chat: this.chat.id, seq: last.seq }).catch(() => null);
    this.pane.refresh();
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  scrollDown() {
    this.stuck = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.toEnd.hidden = true;
  }
}

function shapeOf(chat) {
  return JSON.stringify([chat.id, chat.started, chat.blocked, chat.commands]);
}

function enlarge(url) {
  const box = el("dialog", { class: "lightbox", "aria-label": w("photoOf"), onclose: () => box.remove(), onclick: () => box.close() }, el("img", { src: url, alt: w("photoOf") }), el("button", { type: "button", class: "icon-button", "aria-label": w("close") }, icon("close")));
  document.body.append(box);
  box.showModal();
}
