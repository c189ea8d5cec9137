// The map: stops, vans and routes on a plain scaled ground. It needs no tiles and no network.

import { showChanges } from "./changes.js";
import { Ground } from "./ground.js";
import { timeOf } from "./clock.js";
import { changed, deliveriesOf, nameOf, on, placeInPlan, routesOf, select, shownDay, state, stopNumber } from "./store.js";
import { routeColour } from "./colours.js";
import { svg } from "./svg.js";

const root = document.getElementById("map");
const empty = document.getElementById("map-empty");
const pickHint = document.getElementById("pick-hint");
const days = { today: document.getElementById("day-today"), tomorrow: document.getElementById("day-tomorrow") };

const ground = new Ground(root);
const layers = Object.fromEntries(
  ["routes", "ghosts", "points", "stops", "vans", "pins"].map((name) => [name, svg("g", { class: `layer-${name}` }, root)]),
);
const drawn = { routes: new Map(), points: new Map(), stops: new Map(), vans: new Map() };

const MARKS = { done: "✓", failed: "×" };
const MANY = 60;
let picking = null;

function routes() {
  return routesOf(shownDay()).filter((route) => route.stops.length > 0);
}

function selectedRoute() {
  return deliveriesOf(state.selected).map(placeInPlan).find(Boolean)?.route.id ?? null;
}

// Many stops are drawn smaller, until the ground is near enough to tell them apart.
function sizeMarks() {
  const count = routes().reduce((sum, route) => sum + route.stops.length, 0);
  const near = Math.sqrt(ground.fitted / ground.metresPerPixel);
  const size = count > MANY ? Math.min(1, 0.62 * near) : 1;
  root.style.setProperty("--size", size.toFixed(2));
  root.classList.toggle("is-dense", size < 0.9);
}

export function home(phone) {
  const delivery = deliveriesOf(phone)[0];
  return delivery ? { lat: delivery.lat, lon: delivery.lon } : null;
}

function sync(kind, items, make, update) {
  const known = drawn[kind];
  const kept = new Set(items.map((item) => item.id));
  for (const [id, element] of known) {
    if (kept.has(id)) continue;
    element.remove();
    known.delete(id);
  }
  for (const item of items) {
    if (!known.has(item.id)) known.set(item.id, layers[kind].appendChild(make(item)));
    update(known.get(item.id), item);
  }
}

function place(element, item) {
  const { x, y } = ground.project(item.lat, item.lon);
  element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
}

function line(points) {
  return points.map(({ lat, lon }) => ground.project(lat, lon)).map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

function drawRoutes() {
  const chosen = selectedRoute();
  const shown = routes().map((route) => ({ ...route, colour: routeColour(route.id) }));
  sync("routes", shown, (route) => {
    const group = svg("g", { "data-testid": `route-${route.id}` });
    svg("path", { class: "route-ahead" }, group);
    svg("path", { class: "route-behind" }, group);
    svg("rect", { class: "depot", width: 18, height: 18, x: -9, y: -9, rx: 3 }, group);
    svg("text", { class: "depot-text", dy: 19 }, group).textContent = "Depot";
    return group;
  }, (group, route) => {
    const finished = route.stops.filter((stop) => stop.state === "done" || stop.state === "failed");
    const open = route.stops.filter((stop) => stop.state !== "done" && stop.state !== "failed");
    const behind = [route.depot, ...finished];
    group.classList.toggle("is-aside", chosen !== null && chosen !== route.id);
    const [ahead, done, depot, label] = group.children;
    ahead.setAttribute("d", line([behind.at(-1), ...open, route.depot]));
    done.setAttribute("d", finished.length ? line(behind) : "");
    ahead.setAttribute("stroke", route.colour);
    done.setAttribute("stroke", route.colour);
    place(depot, route.depot);
    place(label, route.depot);
  });
  empty.hidden = shown.length > 0;
}

function stopItems() {
  return routes().flatMap((route) =>
    route.stops.map((stop) => {
      const delivery = state.deliveries.find((each) => stop.delivery_ids.includes(each.id));
      return { ...stop, number: stopNumber(route, stop), route, phone: delivery?.phone ?? null, colour: routeColour(route.id) };
    }),
  );
}

function drawStops() {
  sync("stops", stopItems(), makeStop, updateStop);
}

function makeStop(item) {
  const group = svg("g", { class: "stop", role: "button", tabindex: -1, "data-testid": `stop-${item.id}` });
  const inner = svg("g", { class: "stop-inner" }, group);
  svg("circle", { class: "halo", r: 21 }, inner);
  svg("rect", { class: "mark", x: -11, y: -11, width: 22, height: 22, rx: 11 }, inner);
  svg("text", { class: "stop-number" }, inner);
  svg("text", { class: "stop-name", y: -19 }, inner);
  group.addEventListener("click", () => choose(group));
  group.addEventListener("keydown", (event) => moveFocus(event, group));
  return group;
}

function updateStop(group, item) {
  place(group, item);
  group.item = item;
  const isSelected = item.phone !== null && item.phone === state.selected;
  group.dataset.state = item.state;
  group.dataset.kind = item.kind;
  group.classList.toggle("is-selected", isSelected);
  group.setAttribute("tabindex", isSelected ? 0 : -1);
  const inner = group.firstChild;
  inner.style.setProperty("--route", item.colour);
  const [, mark, number, name] = inner.children;
  mark.setAttribute("rx", item.kind === "pickup_point" ? 4 : 11);
  number.textContent = MARKS[item.state] ?? item.number;
  name.textContent = item.phone ? nameOf(item.phone) : item.label;
  const at = item.arrival_at ? `, about ${timeOf(Date.parse(item.arrival_at))}` : "";
  group.setAttribute("aria-label", `Stop ${item.number} of ${item.route.vehicle_id}: ${name.textContent}, ${item.state}${at}`);
  if (isSelected) layers.stops.append(group);
}

function choose(group) {
  if (group.item.phone) select(group.item.phone);
}

function moveFocus(event, group) {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(group);
    return;
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const along = [...drawn.stops.values()].filter((each) => each.item.route.id === group.item.route.id);
  along.sort((one, other) => one.item.position - other.item.position);
  along[(along.indexOf(group) + step + along.length) % along.length].focus();
}

function drawPoints() {
  sync("points", state.pickup_points, (point) => {
    const group = svg("g", { class: `point ${point.kind}`, "data-testid": `point-${point.id}` });
    svg("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3 }, group);
    svg("text", { class: "point-letter" }, group).textContent = point.kind === "locker" ? "L" : "S";
    svg("text", { class: "point-name", y: 21 }, group).textContent = point.name;
    svg("title", {}, group).textContent = `${point.name} (${point.kind}), ${point.address}, ${point.opening_hours ?? ""}`;
    return group;
  }, place);
}

function drawVans() {
  const shownRoutes = new Set(routes().map((route) => route.id));
  const vans = state.vans.filter((van) => shownRoutes.has(van.route_id)).map((van) => ({ ...van, id: van.route_id }));
  sync("vans", vans, (van) => {
    const group = svg("g", { class: "van", "data-testid": `van-${van.route_id}` });
    svg("path", { d: "M-15 -8h17q3 0 5 3l4 5q1 1 1 3v4h-27q-2 0-2-2v-11q0-2 2-2z" }, group);
    svg("path", { class: "van-window", d: "M3 -5h2.5q1 0 2 1.5l2.5 3.5h-7z" }, group);
    svg("circle", { cx: -8, cy: 8, r: 3.4 }, group);
    svg("circle", { cx: 7, cy: 8, r: 3.4 }, group);
    svg("text", { class: "van-name", y: 24 }, group).textContent = van.vehicle_id;
    return group;
  }, (group, van) => {
    place(group, van);
    group.firstChild.setAttribute("fill", routeColour(van.route_id));
    group.dataset.phase = van.phase;
  });
}

function drawFleet() {
  const phases = { waiting: "loading", driving: "driving", serving: "at a stop", returning: "returning", finished: "back" };
  document.getElementById("fleet").replaceChildren(
    ...routes().map((route) => {
      const van = state.vans.find((each) => each.route_id === route.id);
      const item = document.createElement("li");
      item.style.setProperty("--route", routeColour(route.id));
      const finished = route.stops.filter((stop) => stop.state === "done").length;
      const name = document.createElement("b");
      name.textContent = route.vehicle_id;
      item.append(name, ` ${finished}/${route.stops.length} ${phases[van?.phase] ?? "planned"}`);
      item.title = route.driver ?? "";
      return item;
    }),
  );
}

function drawDays() {
  const [today, tomorrow] = Object.keys(state.days).sort();
  days.today.setAttribute("aria-pressed", String(shownDay() === today));
  days.tomorrow.setAttribute("aria-pressed", String(shownDay() === tomorrow));
}

function draw() {
  const places = [...routes().flatMap((route) => [route.depot, ...route.stops]), ...state.pickup_points];
  ground.cover(places, `${shownDay()}:${routes().length > 0}`);
  sizeMarks();
  drawRoutes();
  drawPoints();
  drawStops();
  drawVans();
  drawFleet();
  drawDays();
}

export function showPlace(lat, lon) {
  ground.center(lat, lon);
  layers.pins.replaceChildren();
  const pin = svg("g", { class: "pin", "data-testid": "map-pin" }, layers.pins);
  svg("circle", { r: 16 }, pin);
  svg("circle", { r: 4 }, pin);
  pin.at = { lat, lon };
  place(pin, pin.at);
}

// Let the person at the page choose a place; null if they change their mind.
export function pickPlace(door) {
  picking?.(null);
  document.body.classList.add("is-picking");
  pickHint.hidden = false;
  document.getElementById("pick-door").disabled = door === null;
  document.getElementById("pick-door").focus();
  if (matchMedia("(max-width: 900px)").matches) document.body.dataset.view = "map";
  return new Promise((resolve) => {
    picking = (found) => {
      picking = null;
      document.body.classList.remove("is-picking");
      pickHint.hidden = true;
      document.body.dataset.view = "phone";
      resolve(found);
    };
    document.getElementById("pick-door").onclick = () => picking?.(door);
    document.getElementById("pick-cancel").onclick = () => picking?.(null);
  });
}

function beginPicking() {
  ground.onClick = (found) => picking?.(found);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") picking?.(null);
  });
}

export function begin() {
  beginPicking();
  ground.onMove = () => {
    draw();
    for (const pin of layers.pins.children) place(pin, pin.at);
  };
  document.getElementById("zoom-in").addEventListener("click", () => ground.zoom(1 / 1.5));
  document.getElementById("zoom-out").addEventListener("click", () => ground.zoom(1.5));
  document.getElementById("zoom-fit").addEventListener("click", () => ground.fit());
  for (const [name, button] of Object.entries(days)) {
    button.addEventListener("click", () => {
      state.day = Object.keys(state.days).sort()[name === "today" ? 0 : 1] ?? null;
      changed("plans");
    });
  }
  on("plans deliveries pickup_points selected chosen people", draw);
  on("vans", () => {
    drawVans();
    drawFleet();
  });
  on("replan", (before) => showChanges(before, { ground, layer: layers.ghosts, stops: drawn.stops }));
  on("selected", () => {
    const at = deliveriesOf(state.selected).map(placeInPlan).find(Boolean);
    if (at && at.day !== shownDay()) {
      state.day = at.day;
      changed("plans");
    }
  });
}
