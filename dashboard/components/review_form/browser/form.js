// The life of one mount: opened once, told of every new server state, closed once.

const BEAT = 200;
const SLIP_BEAT = 10_000;
const desks = new WeakMap();

export default function reviewForm(component) {
  const root = component.parentElement;
  let desk = desks.get(root);
  if (desk && desk.expert !== component.data.expert) {
    closeDesk(desk);
    desk = null;
  }
  if (!desk) {
    desk = openDesk(root, component);
    desks.set(root, desk);
  }
  receive(desk, component);
  return () => closeDesk(desk);
}

function openDesk(root, component) {
  const host = el("section", { class: "review-form" });
  root.append(host);
  const desk = {
    root,
    host,
    component,
    data: component.data,
    expert: component.data.expert,
    outbox: newOutbox(),
    cards: new Map(),
    order: [],
    current: null,
    row: 0,
    wanted: "",
    shown: 0,
    dressed: "",
    drawn: "",
    refreshers: [],
    isLocked: true,
    isUnseen: false,
    isAway: false,
    kept: Date.now(),
    isClosed: false,
  };
  adopt(desk);
  listen(desk);
  return desk;
}

function listen(desk) {
  desk.silence = new AbortController();
  const { signal } = desk.silence;
  document.addEventListener("keydown", (event) => onKeydown(desk, event), { capture: true, signal });
  document.addEventListener("visibilitychange", () => document.hidden && flush(desk), { signal });
  window.addEventListener("pagehide", () => putAway(desk), { signal });
  window.addEventListener("pageshow", () => comeBack(desk), { signal });
  desk.timer = setInterval(() => beat(desk), BEAT);
}

function beat(desk) {
  flushIfDue(desk);
  retry(desk);
  send(desk);
  showMarks(desk);
  if (Date.now() - desk.kept < SLIP_BEAT) return;
  desk.kept = Date.now();
  keep(desk);
  adopt(desk);
  update(desk);
}

// Everything typed so far goes into the storage, free to be taken over by the next mount; a late
// receipt does not take it back.
function putAway(desk) {
  desk.isAway = true;
  flush(desk);
  keep(desk);
}

function comeBack(desk) {
  desk.isAway = false;
  keep(desk);
}

function closeDesk(desk) {
  if (desk.isClosed) return;
  desk.isClosed = true;
  putAway(desk);
  clearInterval(desk.timer);
  desk.silence.abort();
  desk.host.remove();
  desks.delete(desk.root);
}

function receive(desk, component) {
  const before = desk.current;
  desk.component = component;
  desk.data = component.data;
  readReceipt(desk, desk.data.receipt);
  stackUp(desk, desk.data.cards);
  dress(desk);
  showWanted(desk);
  if (!currentEntry(desk)) desk.current = nextOpen(desk);
  update(desk);
  if (desk.current !== before) awaitSight(desk);
  keep(desk);
  send(desk);
}

// A card that came by itself takes no judgment until it has been on the screen: a key that was
// pressed a moment before was not meant for it.
function awaitSight(desk) {
  desk.isUnseen = true;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      desk.isUnseen = false;
    }),
  );
}

// New words or a new form: draw the frame anew.
function dress(desk) {
  const clothes = JSON.stringify([desk.data.words, desk.data.form]);
  if (clothes === desk.dressed) return;
  desk.dressed = clothes;
  desk.keys = keysOf(desk);
  drawFrame(desk);
}

// Draw the body if it must show something else than before; then bring all marks up to date.
function update(desk) {
  const entry = currentEntry(desk);
  const sign = entry ? `${entry.id}|${isOpen(entry)}|${!!entry.conflict}` : `|${desk.data.done}`;
  if (sign !== desk.drawn || (entry && entry.redraw) || !entry) {
    const isOther = (desk.drawn.split("|")[0] || "") !== (entry ? entry.id : "");
    desk.drawn = sign;
    if (isOther) startCard(desk, entry);
    const field = isOther ? "" : typedField(desk);
    drawBody(desk);
    refresh(desk);
    if (field) focusField(desk, field);
    else focusCard(desk);
  } else refresh(desk);
}

// The question in whose text somebody is typing: it keeps the focus when the card is drawn anew.
function typedField(desk) {
  const active = desk.root.activeElement;
  const part = active && isTyping(active) && active.closest("[data-field]");
  return part ? part.dataset.field : "";
}

function startCard(desk, entry) {
  const first = entry ? desk.data.form.scales.findIndex((one) => !entry.answer.ratings[one.value]) : 0;
  desk.row = Math.max(first, 0);
  if (entry) desk.live.textContent = entry.card.title;
}

function refresh(desk) {
  for (const run of desk.refreshers) run();
  showMarks(desk);
}
