// The view: a frame that stays (tools, marks, buttons) and a body that is drawn for each card.

function drawFrame(desk) {
  const { words } = desk.data;
  desk.body = el("div", { class: "body" });
  desk.tick = el("span", { class: "tick" });
  desk.alarm = el("span", { class: "alarm", role: "alert" });
  desk.notice = el("span", { class: "notice", role: "alert" });
  desk.live = el("div", { class: "unseen", role: "status" });
  desk.skipPanel = skipPart(desk);
  desk.help = helpPart(desk);
  desk.unsaved = button("", "", () => showUnsaved(desk), { class: "quiet unsaved", hidden: true });
  desk.host.replaceChildren(toolsPart(desk), desk.body, footPart(desk), desk.live, desk.help);
  desk.host.setAttribute("aria-label", words.form);
  desk.drawn = "";
}

function toolsPart(desk) {
  const { words, form } = desk.data;
  const tool = (name, act) => button(words[name], form.keys[name], act, { class: "quiet", "data-act": name });
  return el(
    "div",
    { class: "tools" },
    tool("back", () => move(desk, -1)),
    tool("next", () => move(desk, 1)),
    tool("undo", () => wish(desk, "undo")),
    el("span", { class: "gap" }),
    tool("find", () => wish(desk, "find")),
    tool("guideline", () => wish(desk, "guideline")),
    tool("help", () => desk.help.showModal()),
  );
}

function footPart(desk) {
  const { words, form } = desk.data;
  desk.skipButton = button(words.skip, form.keys.skip, () => openSkip(desk), { "data-act": "skip" });
  desk.submitButton = button(words.submit, form.keys.submit, () => submit(desk), {
    class: "main",
    "data-act": "submit",
    "aria-keyshortcuts": `${form.keys.submit} Control+Enter`,
  });
  const marks = el("div", { class: "marks" }, desk.tick, desk.alarm, desk.notice, desk.unsaved);
  const row = el("div", { class: "foot-row" }, marks, desk.skipButton, desk.submitButton);
  return el("div", { class: "foot" }, desk.skipPanel, row);
}

function drawBody(desk) {
  const entry = currentEntry(desk);
  desk.refreshers = [];
  desk.messageField = null;
  desk.isLocked = entry ? !isOpen(entry) || !!entry.conflict : true;
  desk.body.replaceChildren(...(entry ? cardParts(desk, entry) : [waitingPart(desk)]));
  desk.host.dataset.card = entry ? entry.id : "";
  const idle = !entry || desk.isLocked;
  desk.skipButton.hidden = idle;
  desk.submitButton.hidden = idle;
  if (entry) Object.assign(entry, { seen: true, redraw: false });
}

function waitingPart(desk) {
  const { words, done } = desk.data;
  const isOver = done && !desk.outbox.events.length;
  return el("p", { class: "waiting" }, isOver ? words.done : words.loading);
}

function cardParts(desk, entry) {
  const left = el("div", { class: "column left" }, cardPart(desk, entry), editPart(desk, entry));
  if (entry.conflict) return [left, conflictPart(desk, entry)];
  return [left, questionsPart(desk, entry), lastPart(desk, entry)];
}

function cardPart(desk, entry) {
  const { words } = desk.data;
  const { card } = entry;
  const title = newId("title");
  const chips = card.chips.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value)));
  return el(
    "article",
    { class: "card", tabindex: -1, "aria-labelledby": title },
    el("h3", { id: title }, card.title),
    el("p", { class: "message", lang: desk.data.form.language, "aria-label": words.message }, card.message),
    chips.length ? el("dl", { class: "chips" }, ...chips) : null,
    card.facts.length ? el("ul", { class: "facts" }, ...card.facts.map((fact) => factPart(words, fact))) : null,
  );
}

function factPart(words, [kind, text]) {
  const marks = { ok: "✓", hint: "•", error: "!" };
  const mark = el("span", { class: "mark", "aria-hidden": "true" }, marks[kind] || "•");
  return el("li", { class: kind }, mark, el("span", { class: "unseen" }, `${words[`fact_${kind}`]}: `), text);
}

function focusCard(desk) {
  const card = desk.body.querySelector(".card, .waiting");
  if (!card || !isOurFocus(desk)) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

// Focus is taken only from nobody or from ourselves, never from another field of the page.
function isOurFocus(desk) {
  const active = document.activeElement;
  return !active || active === document.body || active === desk.root.host || active.contains(desk.root.host);
}
