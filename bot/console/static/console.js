// Puts the parts together: what is heard renews what is shown.
import { applyMode, choose, flush, insert, look } from "./composer.js";
import "./keys.js";
import { follow } from "./live.js";
import { openChat, read, renewChat, renewList, renewRow, renewViewers, watchTyping, whenEnded } from "./parts.js";
import { count } from "./timers.js";

const body = document.body;
const WORDS = { live: "Live", lost: "Reconnecting", connecting: "Connecting" };
const AT_END_PX = 60;

// The connection

let wasLost = false;

function showLink(state) {
  const link = document.getElementById("link");
  if (link.dataset.state === state) return;
  link.dataset.state = state;
  link.querySelector(".words").textContent = WORDS[state];
  if (state === "live" && wasLost) renewAll();
  wasLost = state === "lost";
}

function renewAll() {
  renewList();
  if (openChat()) renewChat(openChat());
}

function hear(told) {
  if (told.kind === "reset") return renewAll();
  if (told.kind === "chat") renewRow(told.chat);
  if (told.chat !== openChat()) return;
  if (told.kind === "chat") renewChat(told.chat);
  else renewViewers(told.chat);
}

function ended() {
  document.getElementById("idle").close();
  const sheet = document.getElementById("ended");
  const link = document.getElementById("sign-in-again");
  link.href = `${link.href.split("?")[0]}?${new URLSearchParams({ next: location.pathname })}`;
  if (!sheet.open) sheet.showModal();
}

whenEnded(ended);
document.getElementById("idle").addEventListener("submit", () => read("rows?ids=", { headers: {} }).catch(() => {}));
follow(body.dataset.home, Number(body.dataset.seq), { hear, show: showLink, ended });
setInterval(renewAll, 60_000);

// What is swapped in

let atEnd = true;
let shownChat = openChat();
let lastLine = null;

const thread = () => document.getElementById("thread");
const isAtEnd = (log) => log.scrollTop + log.clientHeight >= log.scrollHeight - AT_END_PX;

function toEnd() {
  const log = thread();
  if (log) log.scrollTop = log.scrollHeight;
  document.getElementById("newer")?.setAttribute("hidden", "");
}

document.addEventListener("htmx:before:swap", () => {
  flush();
  if (thread()) atEnd = isAtEnd(thread());
});

document.addEventListener("htmx:after:swap", settle);

function settle() {
  const chat = openChat();
  const newest = thread()?.lastElementChild?.id ?? null;
  const isOther = chat !== shownChat;
  applyMode();
  count();
  watchTyping();
  if (isOther || atEnd) toEnd();
  else if (newest !== lastLine) document.getElementById("newer")?.removeAttribute("hidden");
  if (isOther) arrive(chat);
  else if (newest !== lastLine) look();
  [shownChat, lastLine] = [chat, newest];
  rescue();
}

function arrive(chat) {
  if (chat) body.dataset.pane = "chat";
  for (const row of document.querySelectorAll("#rows .row")) {
    const isCurrent = row.id === `row-${chat}`;
    row.classList.toggle("is-current", isCurrent);
    if (isCurrent) row.firstElementChild.setAttribute("aria-current", "page");
    else row.firstElementChild.removeAttribute("aria-current");
  }
  const name = document.querySelector(".chat h1")?.textContent;
  document.title = `${name ? `${name} - ` : ""}Chats - Doorstep`;
  look();
  const back = document.getElementById("back");
  if (back?.offsetParent) back.focus({ preventScroll: true });
}

// Somebody whose button went away goes on where the next thing is done. What is heard meanwhile
// may take the button away before the answer does.
function rescue() {
  if (!pressed || document.querySelector("dialog[open]")) return;
  if (document.activeElement !== body && pressed.form !== "take-form") return;
  const next = document.querySelector(".composer[data-mode='reply'] fieldset:enabled [data-draft='reply']");
  (next ?? document.getElementById("take") ?? document.getElementById("thread"))?.focus();
}

let pressed = null;

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-Requested-By"] = "console";
});
document.addEventListener("htmx:before:request", (event) => {
  // What is done in the panel stays there.
  const { ctx } = event.detail;
  pressed = ctx.sourceElement?.matches?.(".chat form") ? { ctx, form: ctx.sourceElement.id } : null;
});

document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx === pressed?.ctx) pressed = null;
});

document.addEventListener("htmx:after:request", (event) => {
  const { response: { status, raw }, sourceElement } = event.detail.ctx;
  if (status === 401) ended();
  else if (status === 403 || status >= 500) warn(raw.status === 403 ? "Not allowed. Reload the page." : "That failed. Please try again.");
  // The sheet that was filled in, not one that was opened while a reply was on its way.
  else if (status < 400) sourceElement?.closest?.("dialog.sheet")?.close();
});

document.addEventListener("htmx:error", () => warn("Not sent: there is no connection. What you typed is kept."));

let toastTimer = null;

function warn(words) {
  const toast = document.getElementById("toast");
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 8_000);
}

// Panes and sheets

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target.closest("#show-facts")) { body.dataset.pane = "facts"; document.getElementById("hide-facts").focus(); }
  if (event.target.closest("#hide-facts")) { body.dataset.pane = "chat"; document.getElementById("show-facts").focus(); }
  const said = event.target.closest("[data-insert]");
  if (said) { body.dataset.pane = body.dataset.pane === "facts" ? "chat" : body.dataset.pane; choose("reply"); insert(said.dataset.insert); }
  if (event.target.closest("#newer")) toEnd();
});
document.addEventListener("scroll", (event) => {
  if (event.target === thread() && isAtEnd(thread())) document.getElementById("newer")?.setAttribute("hidden", "");
}, true);

applyMode();
count();
watchTyping();
toEnd();
lastLine = thread()?.lastElementChild?.id ?? null;
look();
