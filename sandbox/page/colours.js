// One colour per route, the same everywhere on the page.

const COLOURS = ["#2f6db5", "#b5552f", "#7a4fb0", "#1f8a6d", "#a07c1c", "#b03a76", "#4a6a7a", "#6d7f22"];
const given = new Map();

export function routeColour(id) {
  if (!given.has(id)) given.set(id, COLOURS[given.size % COLOURS.length]);
  return given.get(id);
}
