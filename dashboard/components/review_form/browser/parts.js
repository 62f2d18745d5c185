// Parts of the page. Whatever comes from people or the server becomes text nodes, never markup.
// A part that shows something that changes adds a function to `desk.refreshers`.

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function kbd(key) {
  return key ? el("kbd", { "aria-hidden": "true" }, key) : null;
}

function button(label, key, act, more = {}) {
  const shortcuts = key ? { "aria-keyshortcuts": key } : {};
  const attributes = { type: "button", ...shortcuts, ...more, onclick: act };
  return el("button", attributes, el("span", {}, label), kbd(key));
}

let partCount = 0;

function newId(name) {
  partCount += 1;
  return `${name}-${partCount}`;
}

// A titled block of the form; `field` is how a missing answer finds it.
function block(name, title, field, ...children) {
  const id = newId(name);
  const heading = el("h4", { id }, title);
  return el("section", { class: `block ${name}`, "aria-labelledby": id, "data-field": field }, heading, ...children);
}

// Buttons of which one is chosen: one tab stop, Left and Right move inside (see keys.js).
function radios(desk, { label, className, list, chosen, choose, describe = () => ({}) }) {
  const buttons = list.map((one) =>
    button(one.label, one.key, () => choose(one.value), {
      role: "radio",
      disabled: desk.isLocked,
      title: one.hint || null,
      "data-value": one.value,
      ...describe(one),
    }),
  );
  desk.refreshers.push(() => markChosen(buttons, chosen()));
  return el("div", { role: "radiogroup", "aria-label": label, class: className }, ...buttons);
}

function markChosen(buttons, value) {
  const some = buttons.some((one) => one.dataset.value === String(value));
  buttons.forEach((one, at) => {
    const isChosen = one.dataset.value === String(value);
    one.setAttribute("aria-checked", String(isChosen));
    one.tabIndex = isChosen || (!some && at === 0) ? 0 : -1;
  });
}

function textField(desk, label, rows, read, write) {
  const id = newId("text");
  const field = el("textarea", { id, rows, maxlength: 5000, readonly: desk.isLocked });
  field.value = read();
  field.addEventListener("input", () => write(field.value));
  field.addEventListener("blur", () => flush(desk));
  return { label: el("label", { for: id }, label), field };
}
