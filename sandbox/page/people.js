// The list of recipients.

import { timeOf } from "./clock.js";
import { changed, messagesOf, on, recipients, select, state, stopNumber, unread } from "./store.js";

const list = document.getElementById("people");
const search = document.getElementById("people-search");

const STATES = { planned: "planned", arrived: "at the door", done: "handed over", failed: "failed" };

function fits(row, wanted) {
  const words = [row.name, row.phone, ...row.deliveries.flatMap((each) => [each.tracking_number, each.reference])];
  return words.join(" ").toLowerCase().includes(wanted);
}

function summary(row) {
  if (row.place) {
    const { route, stop } = row.place;
    const at = stop.arrival_at ? ` · ${timeOf(Date.parse(stop.arrival_at))}` : "";
    return `${route.vehicle_id} · stop ${stopNumber(route, stop)}${at}`;
  }
  return row.deliveries[0]?.status?.replaceAll("_", " ") ?? "no parcel";
}

function lastText(phone) {
  const all = [...messagesOf(phone, "sms"), ...messagesOf(phone, "telegram")];
  all.sort((one, other) => one.at.localeCompare(other.at));
  const last = all.at(-1);
  if (!last) return "";
  return last.text || (last.content.photo ? "(photo)" : last.content.location ? "(location)" : "(contact)");
}

function item(row) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "person";
  button.dataset.testid = `person-${row.phone}`;
  button.dataset.state = row.place?.stop.state ?? row.deliveries[0]?.status ?? "none";
  button.setAttribute("aria-pressed", String(row.phone === state.selected));
  const waiting = unread(row.phone, "sms") + unread(row.phone, "telegram");
  button.append(
    line("person-name", row.name),
    line("person-stop", summary(row)),
    line("person-text", lastText(row.phone)),
  );
  if (row.place) button.title = STATES[row.place.stop.state] ?? row.place.stop.state;
  if (waiting > 0) {
    const badge = line("badge", String(waiting));
    badge.setAttribute("aria-label", `${waiting} unread`);
    button.append(badge);
  }
  button.addEventListener("click", () => select(row.phone));
  const entry = document.createElement("li");
  entry.append(button);
  return entry;
}

function line(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

function show() {
  const rows = recipients();
  if (!state.selected && rows.length > 0) {
    const reached = rows.find((row) => messagesOf(row.phone, "sms").length > 0);
    state.selected = (reached ?? rows[0]).phone;
    changed("chosen");
  }
  const focused = document.activeElement?.dataset?.testid;
  const wanted = search.value.trim().toLowerCase();
  list.replaceChildren(...rows.filter((row) => fits(row, wanted)).map(item));
  if (focused?.startsWith("person-")) {
    list.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }
}

export function begin() {
  search.addEventListener("input", show);
  on("people deliveries plans messages selected read", show);
}
