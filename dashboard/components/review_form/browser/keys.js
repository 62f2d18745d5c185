// Keys: one listener on the document. It is silent while somebody types, under an open dialog or
// menu, when a key is held, and for everything with Ctrl, Meta or Alt except Ctrl+Enter.

const OPEN_LAYERS = [
  "[role=dialog]",
  "[role=alertdialog]",
  "[role=menu]",
  "[role=listbox]",
  "[data-testid=stDialog]",
  "[data-testid=stPopoverBody]",
  "dialog[open]",
].join(",");
const TYPED_INPUTS = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;
const ARROW_OWNERS = "input,select,[role=slider],[role=spinbutton],[role=tab],[role=option]";

function onKeydown(desk, event) {
  if (event.isComposing || event.keyCode === 229 || isLayerOpen(desk)) return;
  const path = event.composedPath();
  const typing = path.find(isTyping);
  const isOurs = path.includes(desk.root);
  if (typing && !isOurs) return;
  const act = typing ? actWhileTyping(desk, event, typing) : actOf(desk, event, path, isOurs);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) act();
}

function isTyping(element) {
  if (!(element instanceof Element)) return false;
  if (element.isContentEditable || element.matches("textarea,select")) return true;
  return element.matches("input") && !TYPED_INPUTS.test(element.type);
}

function isLayerOpen(desk) {
  const isVisible = (element) => element.checkVisibility();
  return desk.help.open || [...document.querySelectorAll(OPEN_LAYERS)].some(isVisible);
}

function isCommit(event) {
  return event.key === "Enter" && event.ctrlKey && !event.metaKey && !event.altKey;
}

function actWhileTyping(desk, event, field) {
  if (event.key === "Escape") return () => leaveField(desk, field);
  if (desk.skipPanel.contains(field)) return event.key === "Enter" ? () => skipWithNote(desk) : null;
  return isCommit(event) ? () => submit(desk) : null;
}

function leaveField(desk, field) {
  if (desk.skipPanel.contains(field)) closeSkip(desk);
  else focusCard(desk);
}

function actOf(desk, event, path, isOurs) {
  if (isInConflict(desk)) return null;
  if (isCommit(event)) return desk.skipPanel.hidden ? () => submit(desk) : null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (!desk.skipPanel.hidden) return actInSkip(desk, event);
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") return sideways(desk, event, path);
  const ownsArrows = !isOurs && path.some((one) => one instanceof Element && one.matches(ARROW_OWNERS));
  if (event.key.startsWith("Arrow") && ownsArrows) return null;
  const act = desk.keys.get(event.key.toLowerCase());
  return act && (act.always || (editable(desk) && !desk.isUnseen)) ? act.run : null;
}

function actInSkip(desk, event) {
  const { form } = desk.data;
  const key = event.key.toLowerCase();
  if (key === "escape" || key === form.keys.skip.toLowerCase()) return () => closeSkip(desk);
  const reason = form.skip_reasons.find((one) => one.key && one.key.toLowerCase() === key);
  const note = desk.skipPanel.querySelector("input");
  return reason ? () => skip(desk, reason.value, note.value) : null;
}

// Left and Right choose inside the group of buttons that has the focus.
function sideways(desk, event, path) {
  const group = path.find((one) => one instanceof Element && one.matches("[role=radiogroup]"));
  if (!group || !desk.body.contains(group) || desk.isLocked) return null;
  const buttons = [...group.children];
  const at = buttons.indexOf(desk.root.activeElement);
  const step = event.key === "ArrowRight" ? 1 : -1;
  const next = buttons[(at + step + buttons.length) % buttons.length];
  return () => {
    next.click();
    next.focus();
  };
}

// The keys of this form, as the server names them: a letter → what it does, and whether always.
function keysOf(desk) {
  const { form } = desk.data;
  const keys = new Map();
  const bind = (key, run, always = false) => key && keys.set(key.toLowerCase(), { run, always });
  for (const one of form.decisions) bind(one.key, () => decide(desk, one.value));
  for (const one of form.flags) bind(one.key, () => toggleFlag(desk, one.value));
  for (const one of form.confidences) {
    bind(one.key, () =>
      change(desk, (answer) => {
        answer.confidence = one.value;
      }),
    );
  }
  if (form.scales.length) {
    for (const rating of [1, 2, 3, 4, 5]) bind(String(rating), () => rateRow(desk, rating));
    bind("ArrowUp", () => moveRow(desk, -1));
    bind("ArrowDown", () => moveRow(desk, 1));
  }
  bind(form.keys.submit, () => submit(desk));
  bind(form.keys.skip, () => openSkip(desk));
  bind(form.keys.back, () => move(desk, -1), true);
  bind(form.keys.next, () => move(desk, 1), true);
  bind(form.keys.undo, () => wish(desk, "undo"), true);
  bind(form.keys.find, () => wish(desk, "find"), true);
  bind(form.keys.guideline, () => wish(desk, "guideline"), true);
  bind(form.keys.help, () => desk.help.showModal(), true);
  return keys;
}
