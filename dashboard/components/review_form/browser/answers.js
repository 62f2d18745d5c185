// Answers: their shape, when two say the same, and what a submission still lacks.

function blankAnswer() {
  return { decision: "", ratings: {}, flags: [], confidence: "", reason: "", message: "" };
}

function copyOf(answer) {
  return { ...answer, ratings: { ...answer.ratings }, flags: [...answer.flags] };
}

function sameAnswer(one, other) {
  const plain = (answer) => [
    answer.decision,
    answer.confidence,
    // The database keeps texts without the spaces around them.
    answer.reason.trim(),
    answer.message.trim(),
    [...answer.flags].sort(),
    Object.entries(answer.ratings).sort(),
  ];
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

// What is sent on submission: a corrected message belongs to the decision to edit only.
function submitted(answer, rules) {
  const message = answer.decision === rules.edit ? answer.message : "";
  return { ...copyOf(answer), message };
}

// The first thing that is missing, as { field, sentence }, or null.
function missingIn(answer, card, form, words) {
  return (
    missingDecision(answer, words) ||
    missingMessage(answer, card, form.rules, words) ||
    missingRating(answer, form, words) ||
    missingFlag(answer, form, words) ||
    missingReason(answer, form.rules, words)
  );
}

function missingDecision(answer, words) {
  return answer.decision ? null : { field: "decision", sentence: words.missing_decision };
}

function missingMessage(answer, card, rules, words) {
  if (answer.decision !== rules.edit) return null;
  const count = wordsOf(answer.message).length;
  const field = "message";
  if (!count) return { field, sentence: words.missing_message };
  if (answer.message.trim() === card.message.trim()) return { field, sentence: words.missing_same };
  if (!rules.max_words || count <= rules.max_words) return null;
  return { field, sentence: filled(words.missing_short, { count, max: rules.max_words }) };
}

function missingRating(answer, form, words) {
  if (!form.rules.ratings_for.includes(answer.decision)) return null;
  const scale = form.scales.find((one) => !answer.ratings[one.value]);
  if (!scale) return null;
  const sentence = filled(words.missing_rating, { what: scale.label });
  return { field: `scale:${scale.value}`, sentence };
}

function missingFlag(answer, form, words) {
  const rating = answer.ratings[form.rules.safety];
  if (!rating || rating > form.rules.flag_at || answer.flags.length) return null;
  const scale = form.scales.find((one) => one.value === form.rules.safety);
  return { field: "flags", sentence: filled(words.missing_flag, { what: scale.label }) };
}

function missingReason(answer, rules, words) {
  if (!rules.reason_for.includes(answer.decision) || answer.reason.trim()) return null;
  return { field: "reason", sentence: words.missing_reason };
}
