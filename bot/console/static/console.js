// Renews the list and the thread without touching what is being typed; every reply gets its own key,
// so that a double click sends once.
"use strict";

for (const field of document.querySelectorAll("[data-fresh-key]")) {
  field.value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
}

async function renew(part) {
  try {
    const answer = await fetch(part.dataset.renew, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const html = await answer.text();
    if (html === part.dataset.shown) return;
    const isAtEnd = part.scrollTop + part.clientHeight >= part.scrollHeight - 40;
    part.innerHTML = html;
    part.dataset.shown = html;
    if (isAtEnd) part.scrollTop = part.scrollHeight;
  } catch {
    // The next round tries again.
  }
}

for (const part of document.querySelectorAll("[data-renew]")) {
  part.scrollTop = part.scrollHeight;
  setInterval(() => renew(part), 1500);
}
