// Keys for everything that is done often. Alt types letters on some keyboards, so it is the place
// of the key that counts; all of them can be switched off.
import { choose, mode } from "./composer.js";

const OFF = "doorstep-keys-off";
const box = document.getElementById("keys-on");
box.checked = localStorage.getItem(OFF) === null;
box.addEventListener("change", () => {
  if (box.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
});

const press = (id) => document.getElementById(id)?.click();

const search = () => document.getElementById("search");

function go(step) {
  const links = [...document.querySelectorAll("#rows .row > a")];
  if (!links.length) return;
  const at = links.findIndex((each) => each.getAttribute("aria-current"));
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
  next.focus();
  next.click();
}

const ALT = {
  KeyJ: () => go(1),
  KeyK: () => go(-1),
  KeyT: () => press("take"),
  KeyB: () => press("open-hand-back"),
  KeyE: () => press("open-resolve"),
  KeyN: () => choose(mode() === "note" ? "reply" : "note"),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (!box.checked || document.querySelector("dialog[open]")) return;
  if (event.altKey && !event.ctrlKey && !event.metaKey && ALT[event.code]) {
    event.preventDefault();
    ALT[event.code]();
  } else if (event.key === "?" && !isTyping) {
    event.preventDefault();
    document.getElementById("keys").showModal();
  } else if (event.key === "/" && !isTyping && search()) {
    event.preventDefault();
    document.body.dataset.pane = "list";
    search().select();
  }
});
