// Makes SVG elements.

const NAMESPACE = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, parent = null) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}
