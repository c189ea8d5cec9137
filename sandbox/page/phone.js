// The selected recipient's phone, with an SMS and a Telegram look.

import { bubble } from "./bubbles.js";
import { timeOf } from "./clock.js";
import { home, pickPlace, showPlace } from "./map.js";
import {
  changed, deliveriesOf, messagesOf, nameOf, on, person, placeInPlan, post, state, stopNumber, unread,
} from "./store.js";

const about = document.getElementById("about");
const thread = document.getElementById("thread");
const peer = document.getElementById("peer");
const phone = document.getElementById("phone");
const text = document.getElementById("compose-text");
const form = document.getElementById("compose");
const startBot = document.getElementById("start-bot");
const tools = document.getElementById("telegram-tools");
const keyboard = document.getElementById("reply-keyboard");
const toast = document.getElementById("phone-toast");
const block = document.getElementById("toggle-block");
const tabs = { sms: document.getElementById("tab-sms"), telegram: document.getElementById("tab-telegram") };

const HINTS = [
  "not home tomorrow, can my neighbour at 12 take it or else friday after 5?",
  "where is my parcel?",
  "is there a locker near my work?",
  "leave it behind the green bin please",
  "I need three minutes to get to the door",
  "can I talk to a person",
  "you have the wrong number",
  "bin morgen nicht da, geht Freitag ab 17 Uhr?",
];
const STATES = { planned: "planned", arrived: "driver at the door", done: "handed over", failed: "attempt failed" };

let shownThread = "";
let toastTimer = 0;

function path(end) {
  return `/api/phones/${encodeURIComponent(state.selected)}/${end}`;
}

const actions = {
  start(payload) {
    look("telegram");
    post(path("telegram"), { start: payload });
  },
  async tap(message, button, element) {
    element.classList.add("is-tapped");
    await post(path("tap"), { message_id: message.content.message_id, data: button.callback_data });
    setTimeout(() => element.classList.remove("is-tapped"), 1500);
  },
  showPlace,
};

function look(channel) {
  state.look = channel;
  changed("look");
}

function isStarted() {
  return Boolean(person(state.selected)?.has_started);
}

function showAbout() {
  const name = document.createElement("h2");
  name.textContent = state.selected ? nameOf(state.selected) : "Nobody yet";
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = state.selected ?? "";
  about.replaceChildren(name, number, ...deliveriesOf(state.selected).map(parcel));
}

function parcel(delivery) {
  const row = document.createElement("p");
  row.className = "parcel";
  const place = placeInPlan(delivery);
  const status = place ? STATES[place.stop.state] ?? place.stop.state : delivery.status.replaceAll("_", " ");
  row.dataset.state = place?.stop.state ?? delivery.status;
  const where = [delivery.tracking_number, goesTo(delivery)];
  if (place) where.push(`${place.route.vehicle_id}, stop ${stopNumber(place.route, place.stop)}`);
  const window = [delivery.window_start, delivery.window_end].filter(Boolean).map((at) => timeOf(Date.parse(at)));
  if (window.length === 2) where.push(window.join("–"));
  const mark = document.createElement("b");
  mark.textContent = status;
  row.append(where.filter(Boolean).join(" · "), " ", mark);
  return row;
}

function goesTo({ place, address }) {
  if (place?.kind === "neighbour") return ["neighbour", place.name, place.house_number].filter(Boolean).join(" ");
  if (place?.kind === "safe_place") return `safe place: ${place.words ?? "agreed"}`;
  if (place?.kind !== "pickup_point") return address;
  const point = state.pickup_points.find((each) => each.id === (place.pickup_point_id ?? place.id));
  return point?.name ?? place.name ?? "pickup point";
}

function showThread() {
  if (!state.selected) return;
  const messages = messagesOf(state.selected, state.look);
  const key = `${state.selected}:${state.look}`;
  const isOther = key !== shownThread;
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  shownThread = key;
  thread.replaceChildren(...messages.map((each) => bubble(each, actions)));
  if (messages.length === 0) thread.append(emptiness());
  if (isOther || atEnd) {
    toEnd();
    for (const image of thread.querySelectorAll("img")) image.addEventListener("load", toEnd, { once: true });
  }
  const mark = `${state.look}:${state.selected}`;
  const heard = messages.filter((each) => each.direction === "out").length;
  if (state.read.get(mark) !== heard) {
    state.read.set(mark, heard);
    changed("read");
  }
}

function toEnd() {
  thread.scrollTop = thread.scrollHeight;
}

function emptiness() {
  const note = document.createElement("p");
  note.className = "nothing";
  note.textContent =
    state.look === "sms"
      ? "No texts yet. Write the first one, or let the clock run."
      : "This person has not started the bot. A link in a text does it, or the button below.";
  return note;
}

function showLook() {
  const isTelegram = state.look === "telegram";
  phone.dataset.look = state.look;
  thread.setAttribute("aria-labelledby", `tab-${state.look}`);
  peer.textContent = isTelegram ? `@${state.bot_username}` : state.number;
  for (const [channel, tab] of Object.entries(tabs)) {
    tab.setAttribute("aria-selected", String(channel === state.look));
    tab.tabIndex = channel === state.look ? 0 : -1;
    const waiting = state.selected ? unread(state.selected, channel) : 0;
    tab.dataset.unread = channel !== state.look && waiting > 0 ? String(waiting) : "";
  }
  const blocked = Boolean(person(state.selected)?.has_blocked);
  startBot.hidden = !isTelegram || (isStarted() && !blocked);
  startBot.textContent = blocked ? "Unblock and restart the bot" : "Start the bot";
  form.hidden = isTelegram && !startBot.hidden;
  tools.hidden = !isTelegram || !startBot.hidden;
  block.hidden = !isTelegram;
  text.placeholder = isTelegram ? "Message" : "Text message";
  showKeyboard(isTelegram && !form.hidden);
}

// The newest message with a reply keyboard decides; one_time ones go once they were used.
function currentKeyboard() {
  const messages = messagesOf(state.selected, "telegram");
  const index = messages.findLastIndex((each) => {
    const markup = each.content.reply_markup;
    return markup?.keyboard || markup?.remove_keyboard;
  });
  if (index < 0) return [];
  const markup = messages[index].content.reply_markup;
  const isUsed = messages.slice(index + 1).some((each) => each.direction === "in");
  return markup.keyboard && !(markup.one_time_keyboard && isUsed) ? markup.keyboard : [];
}

function showKeyboard(isWanted) {
  const rows = isWanted ? currentKeyboard() : [];
  keyboard.hidden = rows.length === 0;
  keyboard.replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement("div");
      line.append(...row.map(keyboardButton));
      return line;
    }),
  );
}

function keyboardButton(button) {
  const label = typeof button === "string" ? button : button.text;
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.dataset.testid = `reply-${label}`;
  made.addEventListener("click", () => {
    if (button.request_contact) post(path("telegram"), { contact: true });
    else if (button.request_location) shareLocation();
    else post(path("telegram"), { text: label });
  });
  return made;
}

async function shareLocation() {
  const place = await pickPlace(home(state.selected));
  if (place) post(path("telegram"), { location: place });
  text.focus();
}

async function send(event) {
  event.preventDefault();
  const written = text.value.trim();
  if (!written || !state.selected) return;
  text.value = "";
  fit();
  if ((await post(path(state.look), { text: written })) === null) text.value = written;
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
}

function say(words) {
  toast.textContent = words;
  toast.classList.add("is-shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => toast.classList.remove("is-shown"), 3500);
}

function beginHints() {
  const list = document.getElementById("hints");
  for (const [index, words] of HINTS.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.testid = `hint-${index}`;
    button.addEventListener("click", () => {
      text.value = words;
      fit();
      text.focus();
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
}

function beginTabs() {
  for (const [channel, tab] of Object.entries(tabs)) {
    tab.addEventListener("click", () => look(channel));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      look(channel === "sms" ? "telegram" : "sms");
      tabs[state.look].focus();
    });
  }
}

export function begin() {
  beginHints();
  beginTabs();
  form.addEventListener("submit", send);
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) send(event);
  });
  startBot.addEventListener("click", () => post(path("telegram"), { start: "" }));
  document.getElementById("share-contact").addEventListener("click", () => post(path("telegram"), { contact: true }));
  document.getElementById("share-location").addEventListener("click", shareLocation);
  document.getElementById("share-photo").addEventListener("click", () => post(path("telegram"), { photo: true }));
  block.addEventListener("click", () => post(path("block"), { blocked: true }));
  on("selected chosen deliveries plans people", showAbout);
  on("selected chosen messages look people", showThread);
  on("selected chosen messages look people read", showLook);
  on("refusal", (reason) => say(reason ?? "That did not work."));
  on("toast", ({ chat, text: words }) => {
    if (words && String(person(state.selected)?.telegram_id) === String(chat)) say(words);
  });
  on("chat_action", ({ chat }) => {
    if (String(person(state.selected)?.telegram_id) === String(chat)) say("typing…");
  });
}
