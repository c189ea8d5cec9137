// Renews parts of the page without touching what somebody types: the list row by row, the chat by
// morphing. Of many changes at once, one request is made.
import { worked } from "./idle.js";
import { count } from "./timers.js";

const home = document.body.dataset.home;
const TOGETHER_MS = 60;
const busy = new Map();
let onEnded = () => {};

export const openChat = () => document.querySelector(".chat")?.dataset.chat ?? null;
export const whenEnded = (tell) => { onEnded = tell; };

// What the page asks for by itself keeps no session alive: whoever is away is signed out in time.
export const BY_ITSELF = { "X-Background": "1" };

export async function read(path, { headers = BY_ITSELF } = {}) {
  if (headers !== BY_ITSELF) worked();
  const answer = await fetch(home + path, { headers: { "X-Requested-By": "console", ...headers } });
  if (answer.status === 401) onEnded();
  return answer.ok ? answer.text() : null;
}

// Runs soon, never twice at once, and once more if asked meanwhile.
function soon(name, work) {
  const known = busy.get(name);
  if (known) { known.again = true; return; }
  const mine = { again: false };
  busy.set(name, mine);
  setTimeout(async () => {
    mine.again = false;
    try { await work(); } catch { /* The next event, or the next minute, tries again. */ }
    busy.delete(name);
    if (mine.again) soon(name, work);
  }, TOGETHER_MS);
}

// A click on a row that is replaced between press and release is lost: the list waits for it.
let released = Promise.resolve();
document.addEventListener("pointerdown", () => {
  released = new Promise((go) => {
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(go), { once: true });
  });
}, true);

const moved = new Set();

export function renewRow(id) {
  moved.add(id);
  soon("rows", async () => {
    const ids = [...moved].slice(0, 50);
    ids.forEach((each) => moved.delete(each));
    const list = document.getElementById("rows");
    const query = new URLSearchParams({ ids, show: list.dataset.show, current: openChat() ?? "" });
    const html = await read(`rows?${query}`);
    await released;
    if (html !== null) putRows(list, html);
    if (moved.size) renewRow([...moved][0]);
  });
}

function putRows(list, html) {
  const fresh = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
  for (const row of fresh.querySelectorAll("li")) {
    if (row.dataset.count) {
      const shown = document.getElementById(`count-${row.dataset.count}`);
      if (shown) shown.textContent = row.textContent;
      continue;
    }
    const known = document.getElementById(row.id);
    if ("gone" in row.dataset) { known?.remove(); continue; }
    // A search's list shows what was found, and nothing that only moves meanwhile.
    if (!known && list.dataset.show === "found") continue;
    const had = known?.contains(document.activeElement);
    known?.remove();
    const next = [...list.children].find((each) => each.dataset.order > row.dataset.order);
    const placed = list.insertBefore(document.importNode(row, true), next ?? null);
    htmx.process(placed);
    if (had) placed.querySelector("a").focus({ preventScroll: true });
  }
  count();
}

export function renewList() {
  const list = document.getElementById("rows");
  if (list.dataset.show === "found") {
    for (const row of list.children) renewRow(row.id.replace("row-", ""));
    return;
  }
  soon("list", async () => {
    const list = document.getElementById("list");
    const show = document.getElementById("rows").dataset.show;
    const html = await read(`list?${new URLSearchParams({ show, current: openChat() ?? "" })}`);
    await released;
    if (html !== null) await morph(list, html);
    count();
  });
}

export function renewChat(id) {
  soon("chat", async () => {
    const html = await read(`chats/${id}/part`);
    if (html !== null && openChat() === id) await morph(document.getElementById("desk"), html);
    watchTyping();
  });
}

export function renewViewers(id) {
  soon("viewers", async () => {
    const html = await read(`chats/${id}/viewers`);
    const strip = document.getElementById("viewers");
    if (html !== null && strip && openChat() === id) await morph(strip, html);
    watchTyping();
  });
}

// Nobody says that somebody stopped typing: the strip is looked at again when they should have.
let typingTimer = null;

export function watchTyping() {
  for (const each of document.querySelectorAll("#viewers [data-types-ms]")) {
    const left = Number(each.dataset.typesMs) + 50;
    each.removeAttribute("data-types-ms");
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => { if (openChat()) renewViewers(openChat()); }, left);
  }
}

// What is open stays open: somebody is choosing in it while the chat goes on.
const keepOpen = (text) => [...document.querySelectorAll("dialog[open]")].reduce(
  (kept, { id }) => kept.replace(`<dialog id="${id}"`, `<dialog id="${id}" open`), text);

async function morph(target, html) {
  const text = keepOpen(html);
  await htmx.swap({ target, text, swap: "innerMorph", sourceElement: document.body });
}
