// What a new plan changed: told in words, and shown on the map from the old place to the new.

import { nameOf, routesOf, select, shownDay, state, stopNumber } from "./store.js";
import { svg } from "./svg.js";

const list = document.getElementById("changes");
const MOST = 4;
const SHOWN_MS = 14000;
const MOVED_DEGREES = 0.0002;

function byStop(routes) {
  const found = new Map();
  for (const route of routes) {
    for (const stop of route.stops) {
      for (const id of stop.delivery_ids) found.set(id, { route, stop });
    }
  }
  return found;
}

// Positions move up by themselves when a stop before leaves: rank among those in both plans.
function ranks(places, shared) {
  const rank = new Map();
  const counts = new Map();
  const inOrder = [...places].filter(([id]) => shared.has(id));
  inOrder.sort(([, one], [, other]) => one.stop.position - other.stop.position);
  for (const [id, { route }] of inOrder) {
    counts.set(route.id, (counts.get(route.id) ?? 0) + 1);
    rank.set(id, counts.get(route.id));
  }
  return rank;
}

const numberOf = ({ route, stop }) => stopNumber(route, stop);

function words(before, after, jump) {
  if (!after) return "taken off the route";
  if (!before) return `added to ${after.route.vehicle_id} as stop ${numberOf(after)}`;
  if (after.stop.kind === "pickup_point" && before.stop.kind !== "pickup_point") return `now goes to ${after.stop.label}`;
  if (before.route.id !== after.route.id) return `moved from ${before.route.vehicle_id} to ${after.route.vehicle_id}`;
  if (jump) return `stop ${numberOf(before)} → ${numberOf(after)} on ${after.route.vehicle_id}`;
  return "delivered at another place";
}

function compare(before, after) {
  const shared = new Set([...after.keys()].filter((id) => before.has(id)));
  const oldRanks = ranks(before, shared);
  const newRanks = ranks(after, shared);
  const found = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(id), after.get(id)];
    if (!old || !now) {
      found.push({ id, old, now, weight: 99 });
      continue;
    }
    const isElsewhere = Math.hypot(old.stop.lat - now.stop.lat, old.stop.lon - now.stop.lon) > MOVED_DEGREES;
    const jump = old.route.id === now.route.id ? Math.abs(oldRanks.get(id) - newRanks.get(id)) : 99;
    if (isElsewhere || jump > 0) found.push({ id, old, now, jump, weight: isElsewhere ? 99 : jump });
  }
  // who merely made room for the one that moved is not news
  const most = Math.max(0, ...found.map((each) => each.weight));
  return found.filter((each) => each.weight === most || each.weight > 2);
}

function ghost(change, { ground, layer }) {
  if (!change.old || !change.now) return;
  const from = ground.project(change.old.stop.lat, change.old.stop.lon);
  const to = ground.project(change.now.stop.lat, change.now.stop.lon);
  if (Math.hypot(from.x - to.x, from.y - to.y) < 12) return;
  const path = svg("path", { class: "ghost", d: `M${from.x} ${from.y}L${to.x} ${to.y}` }, layer);
  setTimeout(() => path.remove(), 6000);
}

function flash(change, stops) {
  const element = change.now && stops.get(change.now.stop.id);
  if (!element) return;
  element.classList.remove("is-changed");
  requestAnimationFrame(() => element.classList.add("is-changed"));
  setTimeout(() => element.classList.remove("is-changed"), 6000);
}

function note(change) {
  const delivery = state.deliveries.find((each) => each.id === change.id);
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.testid = `change-${change.id}`;
  const name = document.createElement("b");
  name.textContent = delivery ? nameOf(delivery.phone) : (change.now ?? change.old).stop.label;
  button.append(name, ` ${words(change.old, change.now, change.jump)}`);
  if (delivery) button.addEventListener("click", () => select(delivery.phone));
  entry.append(button);
  list.prepend(entry);
  while (list.children.length > MOST) list.lastChild.remove();
  setTimeout(() => entry.remove(), SHOWN_MS);
}

export function showChanges(daysBefore, map) {
  const day = shownDay();
  const before = daysBefore[day]?.routes ?? [];
  if (before.length === 0) return;
  const changes = compare(byStop(before), byStop(routesOf(day)));
  for (const change of changes.slice(0, 6)) {
    note(change);
    ghost(change, map);
    // the stops are drawn anew a moment later
    setTimeout(() => flash(change, map.stops), 150);
  }
}
