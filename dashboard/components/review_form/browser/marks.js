// The marks: what the form says about being saved, and what it asks of a person.

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
