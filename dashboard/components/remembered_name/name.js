// Keeps the name in this browser, so that a reload does not lose it. Nothing else is stored, and
// the name is never drawn here: Python gets it back and shows it as it shows every text of people.
// A field whose name has arrived gives up the keyboard: the next key belongs to the page.
const KEY = "afektif.name";
let arrived = "";

function stored() {
  try {
    return window.localStorage.getItem(KEY) || "";
  } catch {
    return ""; // A browser that keeps nothing loses the name, as it did before.
  }
}

function keep(name) {
  try {
    if (name) window.localStorage.setItem(KEY, name);
    else window.localStorage.removeItem(KEY);
  } catch {
    // Nothing to do: the name lasts until the reload.
  }
}

function leaveField(name) {
  const field = document.activeElement;
  if (name !== arrived && field?.tagName === "INPUT" && field.value.trim() === name) field.blur();
  arrived = name;
}

export default function ({ data, setTriggerValue }) {
  const { name, forgotten } = data;
  leaveField(name);
  if (name || forgotten) keep(name);
  else if (stored()) setTriggerValue("kept", stored());
}
