// Texts: filling places, counting words, distance and word diff. Nothing here touches the page.

function filled(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
}

function wordsOf(text) {
  return text.split(/\s+/).filter(Boolean);
}

// Levenshtein distance in characters; one row of the table at a time.
function distance(one, other) {
  const [a, b] = [[...one], [...other]];
  let row = b.map((_, at) => at + 1);
  a.forEach((letter, down) => {
    let [left, diagonal] = [down + 1, down];
    row = row.map((up, at) => {
      left = Math.min(up + 1, left + 1, diagonal + (letter === b[at] ? 0 : 1));
      diagonal = up;
      return left;
    });
  });
  return row.length ? row[row.length - 1] : a.length;
}

// Lengths of the longest common subsequences of all tails of two word lists.
function commonTails(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i][j] =
        a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

// Pieces [kind, words] that lead from one text to the other; kind is same, gone or new.
function wordDiff(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const table = commonTails(a, b);
  const pieces = [];
  const add = (kind, word) => {
    const last = pieces[pieces.length - 1];
    if (last && last[0] === kind) last[1] += ` ${word}`;
    else pieces.push([kind, word]);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) {
      add("gone", a[i]);
      i += 1;
    } else {
      add("new", b[j]);
      j += 1;
    }
  }
  return pieces;
}
