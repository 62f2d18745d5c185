// The corrected message: beside the original, with what changed word by word.

function editPart(desk, entry) {
  const { words, form } = desk.data;
  const { label, field } = textField(desk, words.corrected, 4, () => entry.answer.message, (text) =>
    change(desk, (answer) => {
      answer.message = text;
    }),
  );
  field.setAttribute("lang", form.language);
  const counts = el("p", { class: "counts" });
  const diff = el("p", { class: "diff", "aria-label": words.changes });
  const reset = button(words.reset, "", () => resetMessage(desk, entry, field), {
    class: "quiet",
    disabled: desk.isLocked,
  });
  const foot = el("div", { class: "edit-foot" }, counts, reset);
  const part = el("section", { class: "block edit", "data-field": "message" }, label, field, foot, diff);
  desk.refreshers.push(() => {
    part.hidden = entry.answer.decision !== form.rules.edit;
    if (!part.hidden) showChanges(desk, entry, counts, diff);
  });
  desk.messageField = field;
  return part;
}

function showChanges(desk, entry, counts, diff) {
  const { words, form } = desk.data;
  const max = form.rules.max_words;
  const count = wordsOf(entry.answer.message).length;
  const values = { count, max, distance: distance(entry.card.message, entry.answer.message) };
  counts.textContent = filled(max ? words.counted : words.counted_free, values);
  counts.classList.toggle("wrong", !!max && count > max);
  diff.replaceChildren(...diffNodes(entry.card.message, entry.answer.message));
}

function diffNodes(before, after) {
  const tags = { same: "span", gone: "del", new: "ins" };
  return wordDiff(before, after).flatMap(([kind, text]) => [el(tags[kind], {}, text), " "]);
}

function resetMessage(desk, entry, field) {
  change(desk, (answer) => {
    answer.message = entry.card.message;
  });
  field.value = entry.answer.message;
  field.focus();
}

// Open the corrected message, filled with the original the first time.
function openEdit(desk, entry) {
  if (!entry.answer.message) {
    change(desk, (answer) => {
      answer.message = entry.card.message;
    });
  }
  const field = desk.messageField;
  field.value = entry.answer.message;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollIntoView({ block: "nearest" });
}
