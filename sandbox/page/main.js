// Starts the page: every part shows its share of the state.

import * as clock from "./clock.js";
import * as log from "./log.js";
import * as map from "./map.js";
import * as people from "./people.js";
import * as phone from "./phone.js";
import { connect, on, state } from "./store.js";

const gateway = document.getElementById("gateway-state");
const consoleLink = document.getElementById("console-link");

function showGateway() {
  const { trouble, url } = state.gateway;
  gateway.classList.toggle("is-down", Boolean(trouble));
  gateway.textContent = trouble ? "Gateway: not reachable" : "Gateway: connected";
  gateway.title = trouble ?? url;
  consoleLink.href = `${url}/console`;
}

export function showView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".views [data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
}

on("gateway", showGateway);
on("selected", () => showView("phone"));
for (const button of document.querySelectorAll(".views [data-view]")) {
  button.addEventListener("click", () => showView(button.dataset.view));
}
showView("phone");
for (const part of [clock, map, people, phone, log]) part.begin();
connect();
