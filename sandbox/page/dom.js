// Building elements without ever parsing a string: people's words stay words.

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "testid") element.dataset.testid = value;
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const ICONS = {
  back: "M15 5l-7 7 7 7", send: "M4 12l16-8-6 16-3-6z", clip: "M8 12l6-6a3 3 0 0 1 5 5l-8 8a5 5 0 0 1-7-7l8-8",
  photo: "M4 6h16v12H4zM8 11a1 1 0 1 0 0-2M5 17l5-5 4 4 2-2 3 3", place: "M12 21s7-6.500 7-11a7 7 0 0 0-14 0c0 4.500 7 11 7 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  voice: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4", close: "M6 6l12 12M18 6L6 18", menu: "M4 7h16M4 12h16M4 17h16",
  beside: "M4 5h16v14H4zM12 5v14", reply: "M9 7L4 12l5 5M4 12h9c4 0 6 2 7 6", edit: "M5 19l1-4L16 5l3 3L9 18z",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13", people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 3-6 6-6s6 2 6 6M16 6a3 3 0 0 1 0 5M18 14c2 1 3 3 3 6",
  more: "M12 6v.01M12 12v.01M12 18v.01", down: "M6 9l6 6 6-6", silent: "M6 9v6h3l5 4V5L9 9zM18 9l4 6M22 9l-4 6",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

export function iconButton(name, label, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes }, icon(name));
}

const COLOURS = 7;

export function avatar(name, id, kind = "") {
  const letters = ((name || "").replace(/\(.*?\)/g, " ").match(/[\p{L}\p{N}]+/gu) || ["?"]).slice(-2).map((word) => [...word][0]).join("");
  const colour = Math.abs(Number(id)) % COLOURS;
  return el("span", { class: `avatar colour-${colour} ${kind}`, "aria-hidden": "true" }, letters.toUpperCase());
}

export function colourOf(id) {
  return `name-${Math.abs(Number(id)) % COLOURS}`;
}
