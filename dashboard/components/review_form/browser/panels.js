// Panels: the reasons to skip, two answers in conflict, the list of keys.

function skipPart(desk) {
  const { words, form } = desk.data;
  const note = el("input", { type: "text", maxlength: 500, "aria-label": words.skip_note, placeholder: words.skip_note });
  const reasons = form.skip_reasons.map((one) =>
    button(one.label, one.key, () => skip(desk, one.value, note.value), { title: one.hint || null }),
  );
  const close = button(words.close, "Esc", () => closeSkip(desk), { class: "quiet" });
  const free = el("div", { class: "note" }, note, button(words.skip_send, "", () => skipWithNote(desk)), close);
  return el(
    "div",
    { class: "skip-panel", role: "group", "aria-label": words.skip_title, hidden: true },
    el("strong", {}, words.skip_title),
    el("div", { class: "reasons" }, ...reasons),
    free,
  );
}

function skipWithNote(desk) {
  const note = desk.skipPanel.querySelector("input");
  if (note.value.trim()) skip(desk, "", note.value);
  else note.focus();
}

function openSkip(desk) {
  desk.skipPanel.hidden = false;
  (desk.skipPanel.querySelector("button") || desk.skipPanel.querySelector("input")).focus();
}

function closeSkip(desk) {
  if (desk.skipPanel.hidden) return;
  desk.skipPanel.hidden = true;
  desk.skipPanel.querySelector("input").value = "";
  focusCard(desk);
}

function isInConflict(desk) {
  const entry = currentEntry(desk);
  return !!entry && !!entry.conflict;
}

// Mine and theirs side by side; nothing is chosen for the person and nothing is thrown away.
function conflictPart(desk, entry) {
  const { words } = desk.data;
  const sides = [
    answerSide(desk, words.mine, entry.answer, words.keep_mine, () => keepMine(desk, entry)),
    answerSide(desk, words.theirs, entry.conflict.theirs, words.take_theirs, () => takeTheirs(desk, entry)),
  ];
  return el(
    "section",
    { class: "conflict", role: "group", "aria-label": words.conflict, tabindex: -1 },
    el("strong", { role: "alert" }, words.conflict),
    el("div", { class: "sides" }, ...sides),
  );
}

function answerSide(desk, title, answer, choice, act) {
  const lines = answerLines(desk.data, answer).map(([label, text]) =>
    el("div", {}, el("dt", {}, label), el("dd", {}, text)),
  );
  return el("div", { class: "side" }, el("h4", {}, title), el("dl", {}, ...lines), button(choice, "", act));
}

function answerLines({ form, words }, answer) {
  const label = (list, value) => (list.find((one) => one.value === value) || { label: value }).label;
  const rated = form.scales.filter((one) => answer.ratings[one.value]);
  return [
    [words.decision, label(form.decisions, answer.decision)],
    [words.corrected, answer.message],
    [words.reason, answer.reason],
    [words.rubric, rated.map((one) => `${one.label} ${answer.ratings[one.value]}`).join(" · ")],
    [words.flags, answer.flags.map((value) => label(form.flags, value)).join(" · ")],
    [words.confidence, label(form.confidences, answer.confidence)],
  ].filter(([, text]) => text);
}

function keepMine(desk, entry) {
  Object.assign(entry, { version: entry.conflict.version, conflict: null });
  post(desk, "draft", entry.id, { answer: copyOf(entry.answer) });
  update(desk);
  focusCard(desk);
}

function takeTheirs(desk, entry) {
  const { theirs, version } = entry.conflict;
  const answer = copyOf(theirs);
  Object.assign(entry, { answer, version, conflict: null, changed: false, touched: false, at: "" });
  desk.outbox.events = desk.outbox.events.filter((one) => one.card !== entry.id || !one.answer);
  const listed = desk.data.cards.find((card) => card.id === entry.id);
  if (listed && listed.version >= version) fromServer(entry, listed);
  keep(desk);
  update(desk);
  focusCard(desk);
}

function helpPart(desk) {
  const { words, form } = desk.data;
  const rows = helpRows(form, words).map(([key, text]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, text)));
  const title = newId("help");
  const dialog = el(
    "dialog",
    { class: "help", "aria-labelledby": title },
    el("h3", { id: title }, words.help_title),
    el("table", {}, ...rows),
    button(words.close, "Esc", () => dialog.close(), { class: "main" }),
  );
  return dialog;
}

function helpRows(form, words) {
  const chosen = (list) => list.filter((one) => one.key).map((one) => [one.key, one.label]);
  const actions = ["submit", "skip", "next", "back", "undo", "find", "guideline", "help"];
  return [
    ...chosen(form.decisions),
    ["↑ ↓", words.help_rows],
    ["1 – 5", words.help_rate],
    ...chosen(form.flags),
    ...chosen(form.confidences),
    ...actions.map((name) => [form.keys[name], words[name]]),
    ["Ctrl+Enter", words.help_submit_typing],
    ["Esc", words.help_leave],
  ].filter(([key]) => key);
}
