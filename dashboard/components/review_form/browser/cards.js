// The cards of one mount: the order in which they lie, what was answered, what is saved.
//
// An entry is `open` or `answered` (submitted or skipped here). It is `touched` once something was
// entered here: then the server's copy no longer overwrites it, except when nothing is pending and
// the server has a newer version. `changed` means: not yet posted to the outbox.

const RETRY_FIRST = 5_000;
const RETRY_LAST = 60_000;

function entryOf(desk, id) {
  if (!desk.cards.has(id)) {
    desk.cards.set(id, {
      id,
      card: null,
      answer: blankAnswer(),
      state: "open",
      locked: false,
      touched: false,
      seen: false,
      redraw: false,
      changed: false,
      firstChange: 0,
      lastChange: 0,
      version: 0,
      at: "",
      resultNumber: 0,
      refused: null,
      retryAt: 0,
      retryAfter: RETRY_FIRST,
      conflict: null,
      sent: [],
    });
  }
  return desk.cards.get(id);
}

function isUnsaved(entry) {
  return entry.state === "open" && (entry.changed || entry.refused !== null || !!entry.conflict);
}

function isPending(desk, entry) {
  return isUnsaved(entry) || pendingOf(desk, entry.id).length > 0;
}

// Take the server's stack in: new cards below the known ones, gone and unseen ones out.
function stackUp(desk, cards) {
  const listed = new Set(cards.map((card) => card.id));
  for (const card of cards) takeIn(desk, card);
  desk.order = desk.order.filter((id) => {
    const entry = desk.cards.get(id);
    return listed.has(id) || entry.touched || entry.seen || id === desk.current;
  });
}

function takeIn(desk, card) {
  const entry = entryOf(desk, card.id);
  const fresh = entry.card === null;
  entry.card = card;
  if (!desk.order.includes(card.id)) desk.order.push(card.id);
  if (isPending(desk, entry)) return;
  // A late server state may still list a card that was answered here: only a newer version counts.
  if (fresh || !entry.touched || card.version > entry.version) fromServer(entry, card);
}

function fromServer(entry, card) {
  const { version, locked, saved_at: at } = card;
  const answer = card.draft ? copyOf(card.draft) : blankAnswer();
  entry.redraw = entry.redraw || !sameAnswer(answer, entry.answer) || locked !== entry.locked;
  Object.assign(entry, { answer, version, locked, at, state: "open" });
}

// Read the receipt: what was saved, refused or met another tab's answer.
function readReceipt(desk, receipt) {
  if (receipt.session !== desk.outbox.session) return;
  acknowledge(desk.outbox, receipt);
  for (const [id, result] of Object.entries(receipt.results)) {
    const entry = desk.cards.get(id);
    if (entry && result.number > entry.resultNumber) readResult(desk, entry, result);
  }
  if (receipt.show && receipt.show_number > desk.shown) {
    desk.shown = receipt.show_number;
    desk.wanted = receipt.show;
  }
}

function readResult(desk, entry, result) {
  entry.resultNumber = result.number;
  if (result.refused) refusedBy(entry, result);
  else if (result.theirs) conflicted(desk, entry, result);
  else confirmed(entry, result);
}

function confirmed(entry, result) {
  if (result.version) entry.version = result.version;
  if (result.at) entry.at = result.at;
  Object.assign(entry, { refused: null, retryAfter: RETRY_FIRST });
}

// Not saved: the text stays, the card opens again, and the draft is tried again later.
function refusedBy(entry, result) {
  const retryAt = result.kind === "reopen" ? Infinity : Date.now() + entry.retryAfter;
  const retryAfter = Math.min(entry.retryAfter * 2, RETRY_LAST);
  Object.assign(entry, { refused: result.refused, retryAt, retryAfter, state: "open" });
}

function conflicted(desk, entry, result) {
  if (entry.sent.some((one) => sameAnswer(one, result.theirs))) {
    entry.version = result.version;
    if (sameAnswer(entry.answer, result.theirs) && result.kind === "draft") confirmed(entry, result);
    else post(desk, result.kind, entry.id, { answer: answerFor(desk, entry, result.kind) });
    return;
  }
  const { theirs, version } = result;
  Object.assign(entry, { conflict: { theirs, version }, state: "open", refused: null });
}

function answerFor(desk, entry, kind) {
  return kind === "submit" ? submitted(entry.answer, desk.data.form.rules) : copyOf(entry.answer);
}

// Bring the card that the server wants on top, as the server has it.
function showWanted(desk) {
  const entry = desk.wanted ? desk.cards.get(desk.wanted) : null;
  const listed = entry && desk.data.cards.find((card) => card.id === entry.id);
  if (!listed) return;
  desk.wanted = "";
  say(desk, "");
  if (!isPending(desk, entry)) fromServer(entry, listed);
  if (entry.id === desk.current) return;
  const rest = desk.order.filter((id) => id !== entry.id);
  const at = rest.indexOf(desk.current);
  rest.splice(at < 0 ? rest.length : at, 0, entry.id);
  desk.order = rest;
  desk.current = entry.id;
}

function currentEntry(desk) {
  const entry = desk.current ? desk.cards.get(desk.current) : null;
  return entry && entry.card ? entry : null;
}

function isOpen(entry) {
  return entry.state === "open" && !entry.locked;
}

// The next card to judge: below the current one, else the first one above it.
function nextOpen(desk) {
  const at = desk.order.indexOf(desk.current);
  const turned = [...desk.order.slice(at + 1), ...desk.order.slice(0, Math.max(at, 0))];
  return turned.find((id) => isOpen(desk.cards.get(id)) && desk.cards.get(id).card) || null;
}

// Cards that are not on top and could not be saved.
function troubled(desk) {
  const isTrouble = (entry) => entry.id !== desk.current && (entry.refused || entry.conflict);
  return [...desk.cards.values()].filter(isTrouble);
}
