// How one message looks on a phone.

import { timeOf } from "./clock.js";
import { state } from "./store.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  spoiler: "span",
};
const LINK = /https?:\/\/[^\s<>"]+|\bt\.me\/[^\s<>"]+/g;

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

// "t.me/<bot>?start=<payload>" of our bot gives the payload.
export function startPayload(url) {
  const found = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)(?:\?start=([A-Za-z0-9_-]*))?$/.exec(url);
  return found && found[1].toLowerCase() === state.bot_username.toLowerCase() ? found[2] ?? "" : null;
}

function link(url, label, actions) {
  const anchor = element("a", "", label);
  const address = url.startsWith("http") || url.startsWith("tg:") ? url : `https://${url}`;
  anchor.href = address;
  anchor.dataset.testid = "bubble-link";
  const payload = startPayload(url);
  if (payload === null) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  } else {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      actions.start(payload);
    });
  }
  return anchor;
}

function withLinks(parent, text, actions) {
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    const url = found[0].replace(/[.,;:!?)]+$/, "");
    parent.append(text.slice(at, found.index), link(url, url, actions));
    at = found.index + url.length;
  }
  parent.append(text.slice(at));
}

// Entities count UTF-16 units, as JavaScript's strings do. Nested ones become nested elements.
function formatted(parent, text, entities, actions, from = 0, to = text.length) {
  let at = from;
  const inside = entities.filter((each) => each.offset >= from && each.offset + each.length <= to);
  while (inside.length > 0) {
    const entity = inside.shift();
    if (entity.offset < at) continue;
    withLinks(parent, text.slice(at, entity.offset), actions);
    const end = entity.offset + entity.length;
    const tag = TAGS[entity.type];
    if (entity.type === "text_link") {
      parent.append(link(entity.url, text.slice(entity.offset, end), actions));
    } else if (tag) {
      const made = element(tag, `entity-${entity.type}`);
      formatted(made, text, inside.filter((each) => each.offset + each.length <= end), actions, entity.offset, end);
      parent.append(made);
    } else {
      withLinks(parent, text.slice(entity.offset, end), actions);
    }
    at = end;
  }
  withLinks(parent, text.slice(at, to), actions);
}

function buttons(message, actions) {
  const keyboard = element("div", "inline-keyboard");
  for (const row of message.content.reply_markup?.inline_keyboard ?? []) {
    const line = element("div", "inline-row");
    for (const button of row) {
      const made = element(button.url ? "a" : "button", "inline-button", button.text);
      made.dataset.testid = `inline-${button.callback_data ?? button.text}`;
      if (button.url) {
        made.href = button.url;
        made.target = "_blank";
        made.rel = "noopener noreferrer";
      } else {
        made.type = "button";
        made.addEventListener("click", () => actions.tap(message, button, made));
      }
      line.append(made);
    }
    keyboard.append(line);
  }
  return keyboard;
}

function place(content, actions) {
  const { latitude, longitude, live_period: live } = content.location;
  const card = element("button", "place");
  card.type = "button";
  card.dataset.testid = "bubble-place";
  const title = content.venue?.title ?? (live ? "Live location" : "Location");
  const detail = content.venue?.address ?? `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  card.append(element("span", "place-pin", "◉"), element("b", "", title), element("span", "", detail));
  card.append(element("em", "", "Show on the map"));
  card.addEventListener("click", () => actions.showPlace(latitude, longitude));
  return card;
}

function serviceText({ content }) {
  if (content.forum_topic_created) return `Topic “${content.forum_topic_created.name}” created`;
  return null;
}

function meta(message) {
  const parts = [timeOf(Date.parse(message.at))];
  if (message.channel === "whatsapp") parts.push("WhatsApp", message.state);
  else if (message.channel === "sms") {
    parts.push(`${message.segments} segment${message.segments === 1 ? "" : "s"} ${message.encoding}`);
    if (message.direction === "out") parts.push(message.error ? `${message.state} ${message.error}` : message.state);
  } else if (message.state === "edited") {
    parts.push("edited");
  }
  return element("small", "meta", parts.join(" · "));
}

export function bubble(message, actions) {
  const { content } = message;
  const row = element("div", `row ${message.direction === "in" ? "mine" : "theirs"}`);
  row.dataset.testid = `bubble-${message.id}`;
  row.dataset.state = message.state;
  const box = element("div", "bubble");
  const photo = content.photo?.at(-1);
  if (photo) {
    const image = element("img");
    image.src = `/telegram-files/${encodeURIComponent(photo.file_id)}`;
    image.alt = message.text || "Photo";
    box.append(image);
  }
  for (const url of content.media ?? []) {
    const image = element("img");
    image.src = url;
    image.alt = "Picture";
    box.append(image);
  }
  if (content.location) box.append(place(content, actions));
  if (content.contact) box.append(element("p", "contact", `☎ ${content.contact.first_name} +${content.contact.phone_number.replace("+", "")}`));
  const text = message.text || serviceText(message);
  if (text) {
    const paragraph = element("p");
    formatted(paragraph, text, content.entities ?? content.caption_entities ?? [], actions);
    box.append(paragraph);
  }
  box.append(meta(message));
  row.append(box);
  if (content.reply_markup) row.append(buttons(message, actions));
  return row;
}
