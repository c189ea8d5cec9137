// Writing: two drafts a chat that the server keeps, canned replies behind a slash, and a key for
// each message so that it is sent once, however often it is submitted.
import { worked } from "./idle.js";
import { BY_ITSELF, openChat, read } from "./parts.js";

const home = document.body.dataset.home;
const DRAFT_MS = 350;
const TYPING_MS = 2_000;
const chosen = new Map();
let draftTimer = null;
let typedAt = 0;

const composer = () => document.getElementById("composer");
const field = (mode) => composer()?.querySelector(`[data-draft="${mode}"]`);
export const mode = () => composer()?.dataset.mode;

export function post(path, values, { more = {}, ...options } = {}) {
  if (more !== BY_ITSELF) worked();
  const headers = { "X-Requested-By": "console", "X-CSRF-Token": document.body.dataset.csrf, ...more };
  return fetch(home + path, { method: "POST", body: new URLSearchParams(values), headers, ...options });
}

// After every renewal: the server says what may be written, the agent what they were writing.
export function applyMode() {
  if (!composer()) return;
  const mayReply = !document.getElementById("mode-reply").disabled;
  const wanted = chosen.get(openChat()) ?? "reply";
  const now = wanted === "reply" && !mayReply ? "note" : wanted;
  composer().dataset.mode = now;
  for (const button of composer().querySelectorAll(".modes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === now));
  }
}

export function choose(wanted, { focus = true } = {}) {
  flush();
  chosen.set(openChat(), wanted);
  applyMode();
  if (focus) field(mode())?.focus();
}

export function look() {
  const chat = document.querySelector(".chat");
  if (!chat || document.visibilityState === "hidden") return;
  document.querySelector(`#row-${CSS.escape(chat.dataset.chat)} .unread`)?.remove();
  const types = Date.now() - typedAt < TYPING_MS ? "1" : "";
  // That a chat is open says nothing of its agent; that they type does.
  const more = types ? {} : BY_ITSELF;
  post(`chats/${chat.dataset.chat}/look`, { read_seq: chat.dataset.read, types }, { more }).catch(() => {});
}

export function flush() {
  if (draftTimer === null) return;
  clearTimeout(draftTimer);
  draftTimer = null;
  const [chat, which] = [openChat(), mode()];
  if (chat && field(which)) keep(chat, which, field(which).value, { keepalive: true });
}

async function keep(chat, which, text, options = {}) {
  try {
    const answer = await post(`chats/${chat}/draft`, { mode: which, text }, options);
    if (answer.ok && which === "reply" && openChat() === chat) {
      document.getElementById("counted").textContent = await answer.text();
    }
  } catch {
    // The next key keeps it.
  }
}

document.addEventListener("input", (event) => {
  const which = event.target.dataset?.draft;
  if (!which) return;
  const [chat, text] = [openChat(), event.target.value];
  clearTimeout(draftTimer);
  draftTimer = setTimeout(() => { draftTimer = null; keep(chat, which, text); }, DRAFT_MS);
  if (Date.now() - typedAt > TYPING_MS) { typedAt = Date.now(); look(); }
  if (which === "reply") suggest(text);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".modes button");
  if (button) choose(button.dataset.mode);
  const canned = event.target.closest("#canned li[data-text]");
  if (canned) insert(canned.dataset.text);
});

// Sent: the field is emptied, and the next message gets a key of its own.
for (const which of ["reply", "note"]) {
  document.addEventListener(`sent-${which}`, () => {
    clearTimeout(draftTimer);
    draftTimer = null;
    const typed = field(which);
    if (!typed) return;
    typed.value = "";
    const key = typed.form.elements.key;
    if (key) key.value = crypto.randomUUID?.() ?? String(Math.random());
    if (which === "reply") document.getElementById("counted").textContent = "0 SMS";
    typed.focus();
  });
}

// A form that is on its way is not sent a second time.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  clearTimeout(draftTimer);
  draftTimer = null;
}, true);
document.addEventListener("htmx:before:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (form?.matches?.("form")) form.dataset.busy = "yes";
});
document.addEventListener("htmx:finally:request", (event) => {
  delete event.detail.ctx.sourceElement?.dataset?.busy;
});

// Canned replies

const list = () => document.getElementById("canned");

async function suggest(text) {
  const shown = list();
  if (!/^\/[\p{L}\d-]*$/u.test(text)) { close(); return; }
  const html = await read(`chats/${openChat()}/canned?${new URLSearchParams({ q: text.slice(1) })}`, { headers: {} });
  if (html === null || field("reply")?.value !== text) return;
  shown.innerHTML = html;
  shown.hidden = false;
  mark(shown.querySelector("li[data-text]"));
}

function mark(item) {
  for (const each of list().children) each.setAttribute("aria-selected", String(each === item));
  item?.scrollIntoView({ block: "nearest" });
  if (item) field("reply").setAttribute("aria-activedescendant", item.id);
}

function close() {
  if (!list()) return;
  list().hidden = true;
  field("reply")?.removeAttribute("aria-activedescendant");
}

export function insert(text) {
  const typed = field("reply");
  typed.value = text;
  close();
  typed.focus();
  const gap = text.search(/\{[a-z_]+\}/);
  if (gap >= 0) typed.setSelectionRange(gap, text.indexOf("}", gap) + 1);
  typed.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (!list() || list().hidden || event.target !== field("reply")) return;
  const items = [...list().querySelectorAll("li[data-text]")];
  const at = items.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && items.length) mark(items[(at + step + items.length) % items.length]);
  else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) insert(items[at].dataset.text);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("visibilitychange", () => (document.hidden ? flush() : look()));
window.addEventListener("pagehide", flush);
setInterval(look, 15_000);
