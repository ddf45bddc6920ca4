// The frame: who to be, one or two people at a time, and the address bar that names it all
// (?as=&chat=&beside=&chat2=&lang=).

import { avatar, el } from "./dom.js";
import { Pane } from "./pane.js";
import { ask, tried } from "./wire.js";
import { speak, spoken, w } from "./words.js";

const app = document.getElementById("app");
let people = [];
let panes = [];
let choosing = false;

function wanted() {
  const query = new URLSearchParams(location.search);
  const number = (name) => (query.get(name) ? Number(query.get(name)) : null);
  return { as: number("as"), chat: number("chat"), beside: number("beside"), chat2: number("chat2"), lang: query.get("lang") };
}

function go(changes, { redraw = true } = {}) {
  const state = { ...wanted(), ...changes };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== null && value !== undefined) query.set(name, value);
  history.pushState(null, "", `?${query}`);
  if (redraw) draw();
}

function personEntry(person, choose, current) {
  return el("button", { type: "button", class: "person", testid: `person-${person.id}`, "aria-current": current ? "true" : null, onclick: choose },
    avatar(person.name, person.id), el("span", { class: "names" }, el("span", { class: "title" }, person.name), person.role ? el("span", { class: "preview" }, person.role) : null));
}

function rail(state) {
  const choose = (person) => () => {
    if (choosing && person.id !== state.as) {
      choosing = false;
      go({ beside: person.id, chat2: null });
    } else {
      choosing = false;
      go({ as: person.id, chat: null, ...(person.id === state.beside ? { beside: null, chat2: null } : {}) });
    }
  };
  const language = el("button", { type: "button", class: "plain", testid: "language", onclick: () => go({ lang: spoken() === "vi" ? "en" : "vi" }) }, w("language"));
  return el("nav", { class: "rail", "aria-label": w("people") },
    el("header", {}, el("h1", {}, choosing ? w("beside") : w("choose")), el("p", {}, w("chooseHint")), language),
    el("ul", {}, people.map((person) => el("li", {}, personEntry(person, choose(person), [state.as, state.beside].includes(person.id))))),
    people.length ? null : el("p", { class: "empty" }, w("nobody")));
}

function makePane(id, chatId, chatName, close) {
  const person = people.find((one) => one.id === id);
  if (!person) return null;
  return new Pane(person, chatId, {
    goChat: (_, chat) => go({ [chatName]: chat }, { redraw: false }),
    goPeople: () => go({ as: null, chat: null, beside: null, chat2: null }),
    goBeside: () => {
      choosing = true;
      draw();
      document.querySelector(".rail .person")?.focus();
    },
    close,
  });
}

function draw() {
  const state = wanted();
  speak(state.lang);
  for (const pane of panes) pane.stop();
  panes = [
    state.as === null ? null : makePane(state.as, state.chat, "chat", null),
    state.beside === null || state.as === null ? null : makePane(state.beside, state.chat2, "chat2", () => go({ beside: null, chat2: null })),
  ].filter(Boolean);
  document.title = [w("title"), ...panes.map((pane) => pane.person.name)].join(" · ");
  app.className = [panes.length ? "inside" : "home", panes.length > 1 ? "double" : "", choosing ? "choosing" : ""].join(" ");
  app.replaceChildren(rail(state), el("main", { class: "panes" }, panes.map((pane) => pane.element)));
}

async function load() {
  const state = await tried(ask("GET", "state"));
  people = state ? state.people : [];
}

// People may be added while the page waits on its first screen.
async function lookAgain() {
  if (panes.length || document.hidden) return;
  const before = people.length;
  await load();
  if (people.length !== before) draw();
}

window.addEventListener("popstate", draw);
setInterval(lookAgain, 3000);
await load();
draw();
