// Calls to the person API.

import { w } from "./words.js";
import { el } from "./dom.js";

export async function ask(verb, path, body) {
  const options = { method: verb };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(`/sandbox/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

export async function tried(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(w("failed") + error.message);
    return null;
  }
}

export function toast(text) {
  const place = document.getElementById("toasts");
  const note = el("div", { class: "toast" }, text);
  place.append(note);
  setTimeout(() => note.remove(), 5000);
}

export function alertBox(text) {
  const close = el("button", { type: "button", class: "primary", testid: "alert-ok", onclick: () => box.close() }, w("ok"));
  const box = el("dialog", { class: "alert", testid: "alert", onclose: () => box.remove() }, el("p", {}, text), close);
  document.body.append(box);
  box.showModal();
}

export function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// One socket per person; it comes back by itself, and says so, because events may have been missed.
export function watch(personId, onEvent, onState) {
  let ended = false;
  let socket = null;
  const open = () => {
    const address = new URL(`/sandbox/events?as=${personId}`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.onopen = () => onState(true);
    socket.onmessage = (event) => onEvent(JSON.parse(event.data));
    socket.onclose = () => {
      if (ended) return;
      onState(false);
      setTimeout(open, 1000);
    };
  };
  open();
  return () => {
    ended = true;
    socket.close();
  };
}
