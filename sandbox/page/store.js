// The page's copy of the sandbox's state, kept in step by server-sent events.

export const state = {
  clock: null,
  gateway: { url: "", trouble: null },
  bot_username: "",
  number: "",
  today: "",
  days: {},
  deliveries: [],
  pickup_points: [],
  people: [],
  vans: [],
  messages: new Map(),
  threads: new Map(),
  // what the person at this page chose
  selected: null,
  day: null,
  look: "sms",
  read: new Map(),
};

const listeners = new Map();
const waiting = new Set();

export function on(kinds, listener) {
  for (const kind of kinds.split(" ")) {
    listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
  }
}

// Listeners run once for many events: at 600x a day's messages come in a minute.
const GATHER_MS = 60;

export function changed(...kinds) {
  if (waiting.size === 0) setTimeout(flush, GATHER_MS);
  for (const kind of kinds) waiting.add(kind);
}

// Nothing is drawn anew under a finger: a button that went away before it is let go is never clicked.
let isPressed = false;
let isHeld = false;
addEventListener("pointerdown", (event) => {
  isPressed = event.target instanceof HTMLElement;
});
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    isPressed = false;
    // The click comes in the same task as the release.
    if (isHeld) setTimeout(flush);
  });
}

function flush() {
  isHeld = isPressed;
  if (isHeld) return;
  const kinds = [...waiting];
  waiting.clear();
  const due = new Set(kinds.flatMap((kind) => listeners.get(kind) ?? []));
  for (const listener of due) listener(new Set(kinds));
}

export function tell(kind, data) {
  for (const listener of listeners.get(kind) ?? []) listener(data);
}

export async function post(path, body) {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (response.ok) return response.json().catch(() => ({}));
  const told = await response.json().catch(() => ({ error: response.statusText }));
  tell("refusal", told.error);
  return null;
}

export function routesOf(day) {
  return state.days[day]?.routes ?? [];
}

export function shownDay() {
  if (state.days[state.day]) return state.day;
  const [today, tomorrow] = Object.keys(state.days).sort();
  const busy = routesOf(today).some((route) => route.state !== "finished");
  return busy || !tomorrow || routesOf(tomorrow).length === 0 ? today : tomorrow;
}

export function zone() {
  for (const day of Object.keys(state.days)) {
    const route = routesOf(day)[0];
    if (route) return route.timezone;
  }
  return "UTC";
}

// Positions are told from 0 or from 1 and may have gaps: people count stops from 1.
export function stopNumber(route, stop) {
  return 1 + route.stops.filter((each) => each.position < stop.position).length;
}

// Where a delivery is in the plan: { route, stop, day } or null.
export function placeInPlan(delivery) {
  for (const day of Object.keys(state.days).sort()) {
    for (const route of routesOf(day)) {
      const stop = route.stops.find((each) => each.delivery_ids.includes(delivery.id));
      if (stop) return { route, stop, day };
    }
  }
  return null;
}

export function deliveriesOf(phone) {
  return state.deliveries.filter((each) => each.phone === phone);
}

export function person(phone) {
  return state.people.find((each) => each.phone === phone);
}

export function phoneOf(message) {
  if (message.channel !== "telegram") return message.address;
  return state.people.find((each) => String(each.telegram_id) === message.address)?.phone ?? null;
}

export function nameOf(phone) {
  return person(phone)?.name ?? phone;
}

// Everybody with a phone, in the order of their stops; people without a stop come last.
export function recipients() {
  const known = new Map();
  for (const each of state.people) known.set(each.phone, each.name);
  for (const message of state.messages.values()) {
    if (message.channel !== "telegram" && !known.has(message.address)) {
      known.set(message.address, message.address);
    }
  }
  const rows = [...known].map(([phone, name]) => {
    const deliveries = deliveriesOf(phone);
    const places = deliveries.map(placeInPlan).filter(Boolean);
    return { phone, name, deliveries, place: places[0] ?? null };
  });
  const key = (row) => row.place?.stop.arrival_at ?? row.deliveries[0]?.date ?? "9999";
  return rows.sort((one, other) => key(one).localeCompare(key(other)) || one.name.localeCompare(other.name));
}

function keep(message) {
  state.messages.set(message.id, message);
  // WhatsApp goes by number, as SMS does: the phone shows both in one thread.
  const shownAs = message.channel === "whatsapp" ? "sms" : message.channel;
  const key = `${shownAs}:${message.address}`;
  if (!state.threads.has(key)) state.threads.set(key, new Map());
  state.threads.get(key).set(message.id, message);
}

export function messagesOf(phone, channel) {
  const address = channel === "sms" ? phone : String(person(phone)?.telegram_id ?? "");
  return [...(state.threads.get(`${channel}:${address}`)?.values() ?? [])];
}

export function unread(phone, channel) {
  const seen = state.read.get(`${channel}:${phone}`) ?? 0;
  return messagesOf(phone, channel).filter((each) => each.direction === "out").length - seen;
}

export function select(phone) {
  state.selected = phone;
  changed("selected");
}

export function connect() {
  const source = new EventSource("/api/events");
  const take = (kind, apply) =>
    source.addEventListener(kind, (event) => apply(JSON.parse(event.data)));
  take("state", (whole) => {
    const { messages, ...rest } = whole;
    Object.assign(state, rest);
    state.messages.clear();
    state.threads.clear();
    messages.forEach(keep);
    changed("clock", "gateway", "plans", "deliveries", "pickup_points", "people", "vans", "messages");
  });
  take("clock", (clock) => {
    state.clock = { ...clock, heard_at: performance.now() };
    changed("clock");
  });
  take("plans", ({ today, days }) => {
    const before = state.days;
    Object.assign(state, { today, days });
    tell("replan", before);
    changed("plans");
  });
  for (const kind of ["deliveries", "pickup_points", "people", "vans"]) {
    take(kind, (data) => {
      state[kind] = data;
      changed(kind);
    });
  }
  take("gateway", ({ trouble }) => {
    state.gateway = { ...state.gateway, trouble };
    changed("gateway");
  });
  take("message", (message) => {
    keep(message);
    changed("messages");
  });
  take("message_removed", (id) => {
    state.messages.delete(id);
    for (const thread of state.threads.values()) thread.delete(id);
    changed("messages");
  });
  take("toast", (toast) => tell("toast", toast));
  take("chat_action", (action) => tell("chat_action", action));
  source.addEventListener("error", () => {
    state.gateway = { ...state.gateway, trouble: "the sandbox does not answer" };
    changed("gateway");
  });
}
