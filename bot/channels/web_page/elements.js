"use strict";
// What all three pages build themselves from.
function element(name, className, text, language) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  if (language) made.lang = language;
  return made;
}

// The choices of a list: code → name.
function fill(list, names, chosen) {
  list.textContent = "";
  for (const code of Object.keys(names)) {
    const option = element("option", "", names[code]);
    option.value = code;
    list.append(option);
  }
  list.value = chosen;
}
