// Where a person writes: text, attachments, the bot's reply keyboard, or only a Start button.

import { el, iconButton, icon } from "./dom.js";
import { inBase64 } from "./wire.js";
import { summary } from "./bubble.js";
import { w } from "./words.js";

// Near the bay of Hạ Long.
const HERE = { latitude: "20.951", longitude: "107.085" };

export class Composer {
  // `deeds`: { send(fields), save(message, text), start() }
  constructor(deeds) {
    this.deeds = deeds;
    this.element = el("div", { class: "composer-area" });
    this.replyTo = null;
    this.editing = null;
  }

  show(chat) {
    this.chat = chat;
    this.replyTo = this.editing = this.markup = null;
    if (chat.username && (!chat.started || chat.blocked)) {
      this.input = null;
      const label = chat.blocked ? w("unblock") : w("start");
      this.element.replaceChildren(el("button", { type: "button", class: "start", testid: "start", onclick: () => this.deeds.start() }, label));
      return;
    }
    this.bar = el("div", { class: "bar", hidden: true, testid: "reply-bar" });
    this.keys = el("div", { class: "reply-keyboard", hidden: true, role: "group", "aria-label": w("keyboard"), testid: "reply-keyboard" });
    this.placeForm = this.makePlaceForm();
    this.element.replaceChildren(this.bar, this.placeForm, this.makeForm(), this.keys);
  }

  focus() {
    if (this.input && matchMedia("(hover: hover)").matches) this.input.focus({ preventScroll: true });
  }

  makeForm() {
    this.input = el("textarea", { rows: 1, testid: "composer", "aria-label": w("compose"), placeholder: w("compose"), maxlength: 4096, onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
      if (event.key === "Escape") this.clear();
    }, oninput: () => this.fit() });
    return el("form", { class: "composer", onsubmit: (event) => {
      event.preventDefault();
      this.submit();
    } }, this.makeAttach(), this.makeCommands(), this.input, iconButton("send", w("send"), { type: "submit", class: "icon-button send", testid: "send" }));
  }

  makeAttach() {
    const pick = (name, kind, accept, testid) => el("label", { class: "item", tabindex: "-1" }, icon(name), el("span", {}, w(kind)),
      el("input", { type: "file", class: "sr", accept, testid, "aria-label": w(kind), onchange: (event) => this.attach(kind, event.target, menu) }));
    const menu = el("details", { class: "menu", testid: "attach" },
      el("summary", { class: "icon-button", "aria-label": w("attach"), title: w("attach") }, icon("clip")),
      el("div", { class: "items" },
        pick("photo", "photo", "image/*", "attach-photo"),
        el("button", { type: "button", class: "item", testid: "attach-location", onclick: () => {
          menu.open = false;
          this.placeForm.hidden = false;
          this.placeForm.querySelector("input").focus();
        } }, icon("place"), el("span", {}, w("place"))),
        pick("voice", "voice", "audio/*", "attach-voice"),
        pick("photo", "video", "video/*", "attach-video"),
        pick("file", "file", "", "attach-file")));
    closeOutside(menu);
    return menu;
  }

  makeCommands() {
    if (!this.chat.commands?.length) return null;
    const menu = el("details", { class: "menu", testid: "commands" },
      el("summary", { class: "icon-button", "aria-label": w("commands"), title: w("commands") }, icon("menu")),
      el("div", { class: "items wide" }, this.chat.commands.map((command) => el("button", { type: "button", class: "item", onclick: () => {
        menu.open = false;
        this.deeds.send({ text: `/${command.command}` });
      } }, el("code", {}, `/${command.command}`), el("span", {}, command.description)))));
    closeOutside(menu);
    return menu;
  }

  makePlaceForm() {
    const fields = Object.entries(HERE).map(([name, value]) => el("label", {}, w(name), el("input", { name, type: "number", step: "any", value, required: true, testid: name })));
    const form = el("form", { class: "place-form", hidden: true, testid: "place-form", onsubmit: (event) => {
      event.preventDefault();
      const values = new FormData(form);
      form.hidden = true;
      this.deeds.send({ location: { latitude: Number(values.get("latitude")), longitude: Number(values.get("longitude")) } });
    } }, fields, el("button", { class: "primary", testid: "send-location" }, w("sendPlace")),
    iconButton("close", w("cancel"), { onclick: () => (form.hidden = true) }));
    return form;
  }

  async attach(kind, input, menu) {
    const file = input.files[0];
    input.value = "";
    menu.open = false;
    if (!file) return;
    const content = { data: await inBase64(file), file_name: file.name, mime_type: file.type || undefined };
    const text = this.input.value.trim();
    this.deeds.send({ [kind === "file" ? "document" : kind]: content, text, ...this.answering() });
    this.clear();
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (this.editing) this.deeds.save(this.editing, text);
    else this.deeds.send({ text, ...this.answering() });
    this.clear();
  }

  answering() {
    return this.replyTo ? { reply_to: this.replyTo.message_id } : {};
  }

  clear() {
    this.replyTo = this.editing = null;
    if (!this.input) return;
    this.input.value = "";
    this.bar.hidden = true;
    this.fit();
  }

  reply(message) {
    this.editing = null;
    this.replyTo = message;
    this.showBar(w("replyTo", message.from.first_name), message);
  }

  edit(message) {
    this.replyTo = null;
    this.editing = message;
    this.showBar(w("editing"), message);
    this.input.value = message.text || message.caption;
    this.fit();
  }

  showBar(title, message) {
    if (!this.input) return;
    this.bar.hidden = false;
    this.bar.replaceChildren(el("div", { class: "quote" }, el("strong", {}, title), el("span", {}, summary(message))), iconButton("close", w("cancel"), { onclick: () => this.clear() }));
    this.input.focus({ preventScroll: true });
  }

  // The last reply markup of a bot decides: a keyboard, none, or a reply that is asked for.
  honour(message, fresh) {
    const markup = message.reply_markup;
    if (!this.input || !message.from.is_bot || !markup || markup.inline_keyboard) return;
    if (markup.force_reply) {
      this.input.placeholder = markup.input_field_placeholder || w("compose");
      if (fresh) this.reply(message);
    }
    if (markup.keyboard || markup.remove_keyboard) this.showKeyboard(markup);
  }

  showKeyboard(markup) {
    this.input.placeholder = markup.input_field_placeholder || w("compose");
    this.keys.hidden = !markup.keyboard;
    this.keys.replaceChildren(...(markup.keyboard || []).map((row) => el("div", { class: "row" }, row.map((button) => el("button", { type: "button", testid: "reply-button", onclick: () => this.press(button, markup) }, button.text)))));
  }

  press(button, markup) {
    if (markup.one_time_keyboard) this.keys.hidden = true;
    if (button.request_location) {
      this.placeForm.hidden = false;
      this.placeForm.querySelector("input").focus();
    } else if (button.request_contact) this.deeds.sendContact();
    else this.deeds.send({ text: button.text });
  }

  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }
}

function closeOutside(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
