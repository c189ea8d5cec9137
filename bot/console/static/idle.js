// A session ends after half an hour without work. Who only reads is asked in time, in every tab.
const ASK_AFTER_MS = 27 * 60_000;
const LOOK_EVERY_MS = 10_000;
const channel = new BroadcastChannel("doorstep-console-work");
let workedAt = Date.now();

const sheet = () => document.getElementById("idle");

function note() {
  workedAt = Date.now();
  if (sheet()?.open) sheet().close();
}

// Called with every request that an agent causes, not with those that the page makes by itself.
export function worked() {
  note();
  channel.postMessage("worked");
}

channel.onmessage = note;
document.addEventListener("htmx:config:request", worked);
setInterval(() => {
  const isAsked = sheet().open || document.getElementById("ended").open;
  if (Date.now() - workedAt > ASK_AFTER_MS && !isAsked) sheet().showModal();
}, LOOK_EVERY_MS);
