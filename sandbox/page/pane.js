// One person's messenger: their chats on the left, the conversation beside.

import { summary } from "./bubble.js";
import { Conversation } from "./conversation.js";
import { avatar, el, iconButton } from "./dom.js";
import { ask, toast, tried, watch } from "./wire.js";
import { timeOf, w } from "./words.js";

export class Pane {
  // `frame`: { goChat(pane, chatId), goPeople(), goBeside(), close(pane)|null }
  constructor(person, chatId, frame) {
    this.person = person;
    this.frame = frame;
    this.chatId = chatId;
    this.chats = [];
    this.list = el("ul", { class: "chats" });
    this.lost = el("p", { class: "lost", hidden: true, role: "status" }, w("lost"));
    this.conversation = new Conversation(this);
    this.element = el("section", { class: "pane", "aria-label": person.name, testid: `pane-${person.id}` },
      el("nav", { class: "sidebar", "aria-label": w("chats") }, this.header(), this.lost, this.list), this.conversation.element);
    this.stop = watch(person.id, (event) => this.happened(event), (up) => this.connected(up));
    this.mark();
  }

  header() {
    const { person, frame } = this;
    return el("header", { class: "me" },
      iconButton("back", w("people"), { class: "icon-button to-people", testid: "to-people", onclick: () => frame.goPeople() }),
      avatar(person.name, person.id),
      el("div", { class: "names" }, el("h1", {}, person.name), person.role ? el("span", { class: "status" }, person.role) : null),
      frame.close ? iconButton("close", w("closeBeside"), { testid: "close-beside", onclick: () => frame.close() }) : iconButton("beside", w("beside"), { class: "icon-button beside", testid: "beside", onclick: () => frame.goBeside() }));
  }

  connected(up) {
    this.lost.hidden = up;
    if (up) this.refresh().then(() => this.reopen());
  }

  async reopen() {
    const chat = this.chats.find((one) => one.id === this.chatId);
    if (chat) await this.conversation.show(chat);
  }

  open(chatId) {
    this.chatId = chatId;
    this.frame.goChat(this, chatId);
    this.mark();
    if (chatId === null) {
      this.conversation.showNothing();
      this.list.querySelector("button")?.focus();
      return Promise.resolve();
    }
    return this.reopen();
  }

  async openBot(username, payload) {
    const chat = this.chats.find((one) => one.username?.toLowerCase() === username.toLowerCase());
    if (!chat) {
      toast(`${w("failed")}@${username}`);
      return;
    }
    if (payload !== undefined) await tried(ask("POST", "start", { from: this.person.id, bot: chat.id, payload }));
    await this.refresh();
    await this.open(chat.id);
  }

  // Calls that come while one is under way are served by one more.
  refresh() {
    if (this.refreshing) {
      this.again = true;
      return this.refreshing;
    }
    this.refreshing = this.load().finally(() => {
      this.refreshing = null;
      if (this.again) {
        this.again = false;
        this.refresh();
      }
    });
    return this.refreshing;
  }

  async load() {
    const answer = await tried(ask("GET", `people/${this.person.id}/chats`));
    if (!answer) return;
    this.chats = answer.chats;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    this.list.replaceChildren(...this.chats.map((chat) => el("li", {}, this.entry(chat))));
    if (!this.chats.length) this.list.replaceChildren(el("li", { class: "empty" }, w("noChats")));
    if (focused) this.list.querySelector(`[data-testid="${focused}"]`)?.focus();
    const open = this.chats.find((chat) => chat.id === this.chatId);
    if (open && this.conversation.chat?.id === open.id) this.conversation.update(open);
  }

  entry(chat) {
    const { last } = chat;
    const open = chat.id === this.chatId;
    const author = last && chat.type !== "private" && (last.text || last.caption) ? `${last.from.id === this.person.id ? w("you") : last.from.first_name}: ` : "";
    return el("button", { type: "button", class: "chat", testid: `chat-${chat.id}`, "aria-current": open ? "true" : null, onclick: () => this.open(chat.id) },
      avatar(chat.title, chat.id, chat.username ? "robot" : ""),
      el("span", { class: "names" }, el("span", { class: "title" }, el("span", { class: "clip" }, chat.title), chat.username ? el("span", { class: "badge" }, w("bot")) : null),
        el("span", { class: "preview" }, chat.blocked ? w("blocked") : author + summary(last))),
      el("span", { class: "side" }, last ? el("time", {}, timeOf(last.date)) : null,
        chat.unread && !open ? el("span", { class: "unread", "aria-label": w("unread", chat.unread) }, chat.unread > 99 ? "99+" : String(chat.unread)) : null));
  }

  mark() {
    this.element.classList.toggle("open", this.chatId !== null);
    for (const entry of this.list.querySelectorAll(".chat")) {
      if (entry.dataset.testid === `chat-${this.chatId}`) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  happened(event) {
    const here = this.conversation.chat && event.chat === this.conversation.chat.id;
    if (here && event.type === "message") this.conversation.arrive(event.message);
    if (here && event.type === "edit") this.conversation.change(event.message);
    if (here && event.type === "delete") this.conversation.vanish(event.message_id);
    if (here && event.type === "action") this.conversation.typing();
    if (["message", "edit", "delete", "chats"].includes(event.type)) this.refresh();
  }
}
