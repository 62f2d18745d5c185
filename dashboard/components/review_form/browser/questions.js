// The questions: decision, rubric, flags, reason and confidence; read-only on a locked card.

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
