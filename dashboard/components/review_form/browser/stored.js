// The browser's storage: what a form has not had a receipt for, kept past F5 and a closed tab.
// One slip per mount of the form. A slip is taken over once its owner has closed or fallen silent;
// the slip of a living tab is left alone. Where storage is forbidden, nothing is kept.

const SLIPS = "afektif.review";
const SILENT = 90_000;

function slipsOf(expert) {
  return `${SLIPS}:${encodeURIComponent(expert)}:`;
}

function keepSlip(expert, session, slip) {
  try {
    const name = slipsOf(expert) + session;
    const worth = slip.events.length > 0;
    if (worth) localStorage.setItem(name, JSON.stringify({ ...slip, beat: Date.now() }));
    else localStorage.removeItem(name);
  } catch {
    // Full or forbidden: the text is still on the page, and the mark does not say "saved".
  }
}

// The slips of this person that nobody holds any more, as [name, slip], oldest first.
function leftSlips(expert, own) {
  try {
    const start = slipsOf(expert);
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(start) && name !== start + own)
      .map((name) => [name, readSlip(name)])
      .filter(([, slip]) => slip && (slip.closed || Date.now() - slip.beat > SILENT))
      .sort(([, one], [, other]) => one.beat - other.beat);
  } catch {
    return [];
  }
}

function dropSlip(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // As in keepSlip.
  }
}

function readSlip(name) {
  try {
    const slip = JSON.parse(localStorage.getItem(name));
    return slip && Array.isArray(slip.events) ? slip : null;
  } catch {
    return null;
  }
}
