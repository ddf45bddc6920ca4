// A poll in its bubble: options to press, and after one's own choice how many chose what.

import { el } from "./dom.js";
import { w } from "./words.js";

export function pollCard(message, deeds) {
  const { poll } = message;
  const shown = poll.is_closed || poll.chosen !== undefined;
  const hint = poll.is_closed ? w("pollClosed") : w(poll.type === "quiz" ? "quiz" : "poll");
  return el("div", { class: "poll", testid: "poll" },
    el("strong", { dir: "auto" }, poll.question),
    el("span", { class: "hint" }, hint),
    ...poll.options.map((option, at) => (shown ? counted(poll, option, at) : el("button", { type: "button", class: "option", testid: "option", onclick: () => deeds.vote(message, at) }, option.text))),
    shown && poll.explanation ? el("p", { class: "explained", testid: "explanation", dir: "auto" }, poll.explanation) : null,
    el("span", { class: "score", testid: "votes" }, w("votes", poll.total_voter_count)));
}

function counted(poll, option, at) {
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const right = Boolean(poll.correct_option_ids?.includes(at));
  const mine = poll.chosen === at;
  const marks = [right ? w("rightAnswer") : "", mine ? w("yourAnswer") : ""].filter(Boolean).join(", ");
  return el("div", { class: `option ${right ? "right" : mine && poll.type === "quiz" ? "wrong" : ""}`, testid: "option" },
    el("span", {}, option.text + (marks ? ` (${marks})` : "")), el("span", {}, `${share}%`),
    el("progress", { max: "100", value: String(share), "aria-label": option.text }));
}
