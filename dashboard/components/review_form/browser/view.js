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

function questionsPart(desk, entry) {
  return el(
    "div",
    { class: "column main-column" },
    desk.isLocked ? lockedPart(desk, entry) : null,
    decisionPart(desk, entry),
    desk.data.form.scales.length ? rubricPart(desk, entry) : null,
    desk.data.form.flags.length ? flagsPart(desk, entry) : null,
  );
}

function lockedPart(desk, entry) {
  const { words } = desk.data;
  const reopen = button(words.reopen, "", () => reopenCard(desk, entry), { "data-act": "reopen" });
  return el("div", { class: "locked" }, el("span", {}, words.locked), reopen);
}

function decisionPart(desk, entry) {
  const { words, form } = desk.data;
  const group = radios(desk, {
    label: words.decision,
    className: "decisions",
    list: form.decisions,
    chosen: () => entry.answer.decision,
    choose: (value) => decide(desk, value),
  });
  return block("decision", words.decision, "decision", group);
}

function rubricPart(desk, entry) {
  const { words, form } = desk.data;
  const anchors = el("p", { class: "anchors" });
  const rows = form.scales.map((scale, at) => scalePart(desk, entry, scale, at));
  desk.refreshers.push(() => {
    rows.forEach((row, at) => row.classList.toggle("now", at === desk.row && !desk.isLocked));
    const scale = form.scales[desk.row];
    anchors.replaceChildren(el("b", {}, "1"), ` ${scale.low} `, el("b", {}, "5"), ` ${scale.high}`);
  });
  return block("rubric", words.rubric, "rubric", el("div", { class: "scales" }, ...rows), anchors);
}

function scalePart(desk, entry, scale, at) {
  const { words } = desk.data;
  const list = [1, 2, 3, 4, 5].map((rating) => ({ value: rating, label: String(rating), key: "" }));
  const group = radios(desk, {
    label: scale.label,
    className: "ratings",
    list,
    chosen: () => entry.answer.ratings[scale.value] || "",
    choose: (rating) => rate(desk, at, rating),
    describe: (one) => ({ "aria-label": filled(words.rate, { value: one.value, what: scale.label }) }),
  });
  const here = () => setRow(desk, at);
  const title = `1 = ${scale.low}; 5 = ${scale.high}`;
  const attributes = { class: "scale", "data-field": `scale:${scale.value}`, title, onfocusin: here };
  return el("div", attributes, el("span", { class: "scale-label", onclick: here }, scale.label), group);
}

function flagsPart(desk, entry) {
  const { words, form } = desk.data;
  const hint = el("p", { class: "flag-hint" }, words.flags_hint);
  const show = (text) => () => {
    hint.textContent = text || words.flags_hint;
  };
  const toggles = form.flags.map((flag) =>
    button(flag.label, flag.key, () => toggleFlag(desk, flag.value), {
      class: "flag",
      disabled: desk.isLocked,
      title: flag.hint || null,
      "data-value": flag.value,
      onfocus: show(flag.hint),
      onblur: show(""),
      onmouseenter: show(flag.hint),
      onmouseleave: show(""),
    }),
  );
  desk.refreshers.push(() =>
    toggles.forEach((one) => one.setAttribute("aria-pressed", String(entry.answer.flags.includes(one.dataset.value)))),
  );
  return block("flags", words.flags, "flags", hint, el("div", { class: "flag-list" }, ...toggles));
}

function lastPart(desk, entry) {
  const { words, form } = desk.data;
  const { label, field } = textField(desk, words.reason, 2, () => entry.answer.reason, (text) =>
    change(desk, (answer) => {
      answer.reason = text;
    }),
  );
  desk.reasonField = field;
  const reason = el("section", { class: "block reason", "data-field": "reason" }, label, field);
  if (!form.confidences.length) return el("div", { class: "column last" }, reason);
  const group = radios(desk, {
    label: words.confidence,
    className: "confidences",
    list: form.confidences,
    chosen: () => entry.answer.confidence,
    choose: (value) =>
      change(desk, (answer) => {
        answer.confidence = value;
      }),
  });
  return el("div", { class: "column last" }, reason, block("confidence", words.confidence, "confidence", group));
}

// What the current card says about being saved: "", saving, saved, or late with a sentence.
function saveState(desk) {
  const entry = currentEntry(desk);
  const now = Date.now();
  if (entry && entry.conflict) return { kind: "late" };
  if (entry && entry.refused !== null) return { kind: "late", why: entry.refused };
  const pending = entry ? pendingOf(desk, entry.id) : [];
  const since = Math.min(waitingSince(pending), entry && entry.changed ? entry.firstChange : Infinity);
  if (now - since > LATE) return { kind: "late", why: "" };
  if (since < Infinity) return { kind: "saving" };
  return { kind: entry && entry.at ? "saved" : "", at: entry ? entry.at : "" };
}

function showMarks(desk) {
  const { words } = desk.data;
  const state = saveState(desk);
  const tick = { saving: words.saving, saved: filled(words.saved, { at: state.at }) }[state.kind] || "";
  setText(desk.tick, tick);
  desk.tick.dataset.kind = state.kind;
  const late = state.why ? filled(words.not_saved_why, { why: state.why }) : words.not_saved;
  const waiting = lateElsewhere(desk);
  const parts = [state.kind === "late" ? late : "", waiting ? filled(words.waiting_to_send, { count: waiting }) : ""];
  setText(desk.alarm, parts.filter(Boolean).join(" "));
  if (state.kind !== "late" && desk.notice.textContent === words.blocked) say(desk, "");
  const count = troubled(desk).length;
  desk.unsaved.hidden = !count;
  setText(desk.unsaved.firstChild, count ? `${filled(words.unsaved_elsewhere, { count })} ${words.show_unsaved}` : "");
}

// How many answers of other cards have waited too long for their receipt.
function lateElsewhere(desk) {
  const isLate = (one) => one.card !== desk.current && Date.now() - one.since > LATE;
  const late = desk.outbox.events.filter((one) => WORK.includes(one.kind) && isLate(one));
  return new Set(late.map((one) => one.card)).size;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function say(desk, sentence) {
  setText(desk.notice, sentence);
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
