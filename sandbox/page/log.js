// The message log of both channels, newest first.

import { timeOf } from "./clock.js";
import { nameOf, on, phoneOf, select, state } from "./store.js";

const body = document.getElementById("log");
const sums = document.getElementById("log-sums");
const onlySelected = document.getElementById("log-selected");
const toggle = document.getElementById("log-toggle");

const MOST_ROWS = 200;
const BAD = new Set(["failed", "undelivered", "canceled"]);

function cell(text, name) {
  const td = document.createElement("td");
  td.textContent = text;
  if (name) td.className = name;
  return td;
}

function whatWasSent(message) {
  if (message.text) return message.text;
  const { photo, location, contact } = message.content;
  return photo ? "(photo)" : location ? "(location)" : contact ? "(contact)" : "(service message)";
}

function who(message, phone) {
  const td = document.createElement("td");
  if (phone === null) {
    td.textContent = "Dispatch desk";
    return td;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = nameOf(phone);
  button.dataset.testid = `log-person-${message.id}`;
  button.addEventListener("click", () => {
    state.look = message.channel;
    select(phone);
  });
  td.append(button);
  return td;
}

function row(message) {
  const tr = document.createElement("tr");
  tr.dataset.testid = `log-${message.id}`;
  tr.dataset.direction = message.direction;
  const phone = phoneOf(message);
  const state_ = message.error ? `${message.state} (${message.error})` : message.state;
  const way = cell(message.direction === "in" ? "←" : "→", "way");
  way.title = message.direction === "in" ? "from the recipient" : "to the recipient";
  const segments = message.segments ? `${message.segments} × ${message.encoding}` : "–";
  tr.append(
    cell(timeOf(Date.parse(message.at)), "time"),
    way,
    cell({ sms: "SMS", telegram: "Telegram", whatsapp: "WhatsApp" }[message.channel]),
    who(message, phone),
    cell(whatWasSent(message), "text"),
    cell(state_, BAD.has(message.state) ? "bad" : "state"),
    cell(segments, message.encoding === "UCS-2" ? "segments costly" : "segments"),
  );
  return tr;
}

function show() {
  const all = [...state.messages.values()];
  const chosen = onlySelected.checked ? all.filter((each) => phoneOf(each) === state.selected) : all;
  const sent = chosen.filter((each) => each.direction === "out");
  const segments = sent.reduce((sum, each) => sum + (each.segments ?? 0), 0);
  const failed = chosen.filter((each) => BAD.has(each.state)).length;
  sums.textContent = `${sent.length} sent · ${chosen.length - sent.length} received · ${segments} SMS segments · ${failed} failed`;
  body.replaceChildren(...chosen.slice(-MOST_ROWS).reverse().map(row));
}

export function begin() {
  onlySelected.addEventListener("change", show);
  toggle.addEventListener("click", () => {
    const closed = document.body.classList.toggle("log-closed");
    toggle.textContent = closed ? "Show" : "Hide";
    toggle.setAttribute("aria-expanded", String(!closed));
  });
  on("messages people selected chosen plans", show);
}
