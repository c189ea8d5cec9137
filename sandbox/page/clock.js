// The simulated clock: shown, paused, sped up, and moved ahead.

import { changed, deliveriesOf, on, placeInPlan, post, state, zone } from "./store.js";

const face = document.getElementById("clock-time");
const date = document.getElementById("clock-date");
const pause = document.getElementById("clock-pause");
const beforeStop = document.getElementById("jump-stop");
const rates = [...document.querySelectorAll("[data-rate]")];

const MINUTE = 60_000;

export function now() {
  const clock = state.clock;
  if (!clock) return null;
  const start = Date.parse(clock.now);
  if (clock.paused) return start;
  return start + (performance.now() - (clock.heard_at ?? performance.now())) * clock.rate;
}

export function timeOf(instant, withSeconds = false) {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
    timeZone: zone(),
  }).format(instant);
}

function dateOf(instant) {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "long",
    timeZone: zone(),
  }).format(instant);
}

// How far local time in the routes' zone is ahead of UTC at an instant.
function offsetAt(instant) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone(),
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const of = (type) => Number(parts.find((part) => part.type === type).value);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(instant / 1000) * 1000;
}

function nextMorning() {
  const instant = now();
  const local = new Date(instant + offsetAt(instant));
  const past = local.getUTCHours() >= 7 ? 1 : 0;
  const wanted = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + past, 7);
  return wanted - offsetAt(wanted - offsetAt(instant));
}

function arrivalOfSelected() {
  const places = deliveriesOf(state.selected).map(placeInPlan).filter(Boolean);
  const open = places.find(({ stop }) => stop.state === "planned" && stop.arrival_at);
  return open ? Date.parse(open.stop.arrival_at) : null;
}

async function change(body) {
  const clock = await post("/clock", body);
  if (!clock) return;
  state.clock = { ...clock, heard_at: performance.now() };
  changed("clock");
}

function jumpTo(instant) {
  change({ jump_to: new Date(instant).toISOString() });
}

function show() {
  const clock = state.clock;
  if (!clock) return;
  clock.heard_at ??= performance.now();
  pause.textContent = clock.paused ? "▶" : "❚❚";
  pause.setAttribute("aria-pressed", String(clock.paused));
  pause.setAttribute("aria-label", clock.paused ? "Let the clock run" : "Pause the clock");
  document.body.classList.toggle("is-paused", clock.paused);
  for (const button of rates) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === clock.rate));
  }
  tick();
}

function tick() {
  const instant = now();
  if (instant === null) return;
  face.textContent = timeOf(instant, true);
  face.dateTime = new Date(instant).toISOString();
  date.textContent = dateOf(instant);
  const arrival = arrivalOfSelected();
  beforeStop.disabled = arrival === null || arrival - 5 * MINUTE <= instant;
}

export function begin() {
  pause.addEventListener("click", () => change({ paused: !state.clock.paused }));
  for (const button of rates) {
    button.addEventListener("click", () => change({ rate: Number(button.dataset.rate), paused: false }));
  }
  document.getElementById("jump-hour").addEventListener("click", () => change({ jump_s: 3600 }));
  document.getElementById("jump-morning").addEventListener("click", () => jumpTo(nextMorning()));
  beforeStop.addEventListener("click", () => jumpTo(arrivalOfSelected() - 5 * MINUTE));
  on("clock", show);
  on("plans selected deliveries", tick);
  setInterval(tick, 200);
}
