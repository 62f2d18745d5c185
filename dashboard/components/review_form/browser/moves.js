// Moves: what a person does. Each changes the entry first, then the view; posting comes last.

const QUIET = 700;
const LONGEST = 1_500;

function editable(desk) {
  const entry = currentEntry(desk);
  return entry && !desk.isLocked ? entry : null;
}

function change(desk, edit) {
  const entry = editable(desk);
  if (!entry) return;
  edit(entry.answer);
  const now = Date.now();
  if (!entry.changed) entry.firstChange = now;
  Object.assign(entry, { changed: true, touched: true, lastChange: now });
  say(desk, "");
  refresh(desk);
}

// Post the changes of the current card now.
function flush(desk) {
  const entry = currentEntry(desk);
  if (!entry || !entry.changed || entry.conflict) return;
  entry.changed = false;
  post(desk, "draft", entry.id, { answer: copyOf(entry.answer), since: entry.firstChange });
  showMarks(desk);
}

function flushIfDue(desk) {
  const entry = currentEntry(desk);
  if (!entry || !entry.changed) return;
  const now = Date.now();
  if (now - entry.lastChange >= QUIET || now - entry.firstChange >= LONGEST) flush(desk);
}

function retry(desk) {
  for (const entry of desk.cards.values()) {
    const due = entry.refused !== null && Date.now() >= entry.retryAt;
    if (!due || entry.changed || pendingOf(desk, entry.id).length) continue;
    post(desk, "draft", entry.id, { answer: copyOf(entry.answer) });
  }
}

function decide(desk, value) {
  const entry = editable(desk);
  if (!entry) return;
  if (entry.answer.decision !== value) {
    change(desk, (answer) => {
      answer.decision = value;
    });
  }
  if (value === desk.data.form.rules.edit) openEdit(desk, entry);
}

function rate(desk, at, rating) {
  const scale = desk.data.form.scales[at];
  if (!scale) return;
  change(desk, (answer) => {
    answer.ratings[scale.value] = rating;
  });
}

// A digit rates the current row and goes to the next one; focus follows if it is on a row.
function rateRow(desk, rating) {
  rate(desk, desk.row, rating);
  setRow(desk, Math.min(desk.row + 1, desk.data.form.scales.length - 1));
  followRow(desk);
}

function moveRow(desk, step) {
  const last = desk.data.form.scales.length - 1;
  setRow(desk, Math.max(0, Math.min(desk.row + step, last)));
  followRow(desk);
}

function setRow(desk, at) {
  if (desk.row === at) return;
  desk.row = at;
  refresh(desk);
}

function followRow(desk) {
  const row = desk.body.querySelectorAll(".scale")[desk.row];
  if (!row) return;
  const active = desk.root.activeElement;
  if (active && active.closest(".scale")) row.querySelector("[tabindex='0']").focus();
  row.scrollIntoView({ block: "nearest" });
}

function toggleFlag(desk, value) {
  change(desk, (answer) => {
    const has = answer.flags.includes(value);
    answer.flags = has ? answer.flags.filter((one) => one !== value) : [...answer.flags, value];
  });
}

function submit(desk) {
  const entry = editable(desk);
  if (!entry) return;
  const { form, words } = desk.data;
  const missing = missingIn(entry.answer, entry.card, form, words);
  if (missing) {
    say(desk, missing.sentence);
    focusField(desk, missing.field);
    return;
  }
  leave(desk, entry, "submit", { answer: submitted(entry.answer, form.rules), since: Date.now() });
}

function skip(desk, reason, note) {
  const entry = editable(desk);
  if (!entry) return;
  flush(desk);
  leave(desk, entry, "skip", { reason, note: note.trim() });
}

// The card is answered: the next one shows at once while the event travels.
function leave(desk, entry, kind, more) {
  Object.assign(entry, { changed: false, touched: true, state: "answered", refused: null });
  if (more.answer) entry.answer = copyOf(more.answer);
  desk.current = nextOpen(desk);
  post(desk, kind, entry.id, more);
  say(desk, "");
  closeSkip(desk);
  update(desk);
}

function focusField(desk, field) {
  if (field.startsWith("scale:")) {
    setRow(desk, desk.data.form.scales.findIndex((one) => field === `scale:${one.value}`));
  }
  const part = [...desk.body.querySelectorAll("[data-field]")].find((one) => one.dataset.field === field);
  const target = part && part.querySelector("textarea, [tabindex='0'], button");
  if (!target) return;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

// Next and back along the cards of this mount; beyond its ends the server is asked.
function move(desk, step) {
  if (saveState(desk).kind === "late") {
    say(desk, desk.data.words.blocked);
    return;
  }
  flush(desk);
  const at = desk.order.indexOf(desk.current);
  const from = at < 0 ? desk.order.length : at;
  const rest = step > 0 ? desk.order.slice(from + 1) : desk.order.slice(0, from).reverse();
  const id = rest.find((one) => desk.cards.get(one).card);
  if (id) {
    desk.current = id;
    say(desk, "");
    update(desk);
    return;
  }
  say(desk, step > 0 ? desk.data.words.no_more : "");
  wish(desk, "open", step > 0 ? "next" : "previous");
}

function wish(desk, kind, reason = "") {
  flush(desk);
  post(desk, kind, desk.current || "", { reason });
}

function reopenCard(desk, entry) {
  if (!pendingOf(desk, entry.id).some((one) => one.kind === "reopen")) post(desk, "reopen", entry.id);
  showMarks(desk);
}

function showUnsaved(desk) {
  const entry = troubled(desk)[0];
  if (!entry) return;
  flush(desk);
  if (entry.card) desk.current = entry.id;
  else post(desk, "open", entry.id);
  update(desk);
}
