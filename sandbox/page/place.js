// A location as a small drawn card: no tiles, no other host. The streets are decoration that is
// always the same for the same place.

import { el, svg } from "./dom.js";
import { w } from "./words.js";

function numbers(seed) {
  let state = Math.abs(Math.floor(seed)) % 2147483647 || 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

export function placeCard(location, title) {
  const next = numbers(location.latitude * 1e5 + location.longitude * 1e3);
  const roads = Array.from({ length: 6 }, (_, index) => {
    const across = index % 2 === 0;
    const a = 10 + next() * 130;
    const b = a + (next() - 0.5) * 70;
    return svg("path", { class: index < 2 ? "road wide" : "road", d: across ? `M-5 ${a} Q130 ${(a + b) / 2 + 12} 265 ${b}` : `M${a * 1.7} -5 Q${(a + b) * 0.8} 70 ${b * 1.7} 145` });
  });
  const shore = 90 + next() * 30;
  const map = svg("svg", { viewBox: "0 0 260 140", class: "map", role: "img", "aria-label": w("placeOf") },
    svg("rect", { class: "land", width: 260, height: 140 }),
    svg("path", { class: "water", d: `M0 ${shore} C60 ${shore - 20} 110 ${shore + 34} 170 ${shore + 8} S240 ${shore - 22} 260 ${shore} V140 H0z` }),
    ...roads,
    svg("ellipse", { class: "shade", cx: 130, cy: 88, rx: 9, ry: 3 }),
    svg("path", { class: "pin", d: "M130 88 C118 70 112 62 112 53 a18 18 0 0 1 36 0 c0 9-6 17-18 35z" }),
    svg("circle", { class: "eye", cx: 130, cy: 53, r: 7 }));
  const figures = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  return el("figure", { class: "place" }, map, el("figcaption", {}, title ? el("strong", {}, title) : null, el("span", {}, figures)));
}
