// The outbox: numbered events, sent until a receipt covers them. One parcel travels at a time, so
// that fast typing does not interrupt the server again and again; what comes meanwhile waits.

const RESEND = 3_000;
const LATE = 4_000;
const FLEETING = 10_000;
const WORK = ["draft", "submit", "skip", "reopen", "undo"];
const SENT_KEPT = 12;

function newOutbox() {
  const session = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  return { session, number: 0, events: [], traveling: 0, sentAt: 0, attempt: 0 };
}

// Put an event in; a newer draft or a submission of a card replaces its earlier drafts.
function post(desk, kind, card, more = {}) {
  const { outbox } = desk;
  outbox.number += 1;
  const since = more.since || Date.now();
  const event = { id: `${outbox.session}.${outbox.number}`, ...more, kind, card, since };
  event.number = outbox.number;
  if (event.answer) {
    const dropped = (one) => one.kind === "draft" && one.card === card;
    event.since = Math.min(since, ...outbox.events.filter(dropped).map((one) => one.since));
    outbox.events = outbox.events.filter((one) => !dropped(one));
  }
  outbox.events.push(event);
  keep(desk);
  send(desk);
  return event;
}

function send(desk) {
  const { outbox } = desk;
  dropFleeting(outbox);
  const now = Date.now();
  if (!outbox.events.length || (outbox.traveling && now - outbox.sentAt < RESEND)) return;
  outbox.traveling = outbox.number;
  outbox.sentAt = now;
  outbox.attempt += 1;
  const events = outbox.events.map((event) => parcel(desk, event));
  const { session, attempt } = outbox;
  desk.component.setStateValue("outbox", { session, attempt, expert: desk.expert, events });
}

// A wish to look at something is dropped when it could not be delivered for a while.
function dropFleeting(outbox) {
  const now = Date.now();
  const stays = (one) => WORK.includes(one.kind) || now - one.since < FLEETING;
  outbox.events = outbox.events.filter(stays);
}

function parcel(desk, event) {
  const entry = desk.cards.get(event.card);
  if (entry && event.answer) remember(entry, event.answer);
  const { number, id, kind, card, answer = null, reason = "", note = "" } = event;
  return { number, id, kind, card, answer, reason, note, seen_version: entry ? entry.version : 0 };
}

// What has been sent: if the server shows it as somebody else's, it is our own after all.
function remember(entry, answer) {
  if (entry.sent.some((one) => sameAnswer(one, answer))) return;
  entry.sent = [...entry.sent, copyOf(answer)].slice(-SENT_KEPT);
}

function acknowledge(outbox, receipt) {
  outbox.events = outbox.events.filter((event) => event.number > receipt.number);
  if (receipt.number >= outbox.traveling) outbox.traveling = 0;
}

function pendingOf(desk, card) {
  return desk.outbox.events.filter((event) => event.card === card && WORK.includes(event.kind));
}

// Since when something has been waiting for its receipt; Infinity if nothing is.
function waitingSince(events) {
  return Math.min(Infinity, ...events.map((event) => event.since));
}

// Mirror in the browser's storage: events of work, and answers that could not be saved so far.
function keep(desk) {
  const work = desk.outbox.events.filter((event) => WORK.includes(event.kind));
  const posted = new Set(work.map((event) => event.card));
  const rest = [...desk.cards.values()]
    .filter((entry) => isUnsaved(entry) && !posted.has(entry.id))
    .map((entry) => ({ kind: "draft", card: entry.id, answer: entry.answer }));
  const events = [...work, ...rest].map((event) => {
    const entry = desk.cards.get(event.card);
    return { ...event, seen: entry ? entry.version : 0, sent: entry ? entry.sent : [] };
  });
  keepSlip(desk.expert, desk.outbox.session, { events, closed: desk.isAway });
}

// Take over what an earlier mount of the same person left unsent. A slip about a card on which
// somebody works here waits for the next mount.
function adopt(desk) {
  for (const [name, slip] of leftSlips(desk.expert, desk.outbox.session)) {
    const isTouched = (event) => desk.cards.has(event.card) && desk.cards.get(event.card).touched;
    if (slip.events.some(isTouched)) continue;
    for (const event of slip.events) adoptEvent(desk, event);
    dropSlip(name);
  }
}

function adoptEvent(desk, event) {
  const entry = event.card ? entryOf(desk, event.card) : null;
  if (entry && event.answer) {
    const { answer, seen: version } = event;
    Object.assign(entry, { answer: copyOf(answer), version, touched: true, redraw: true });
    entry.sent = [...event.sent];
    entry.state = event.kind === "draft" ? "open" : "answered";
  } else if (entry && event.kind === "skip") Object.assign(entry, { state: "answered", touched: true });
  const { id, answer, reason, note } = event;
  post(desk, event.kind, event.card, { ...(id ? { id } : {}), answer, reason, note });
}
