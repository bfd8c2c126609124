"use strict";
// The page's whole behaviour. The session's name lives in this variable only: closing the page forgets it.
const session = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const messages = document.getElementById("messages");
const field = document.getElementById("text");
let waiting = Promise.resolve();

function send(what, pressed) {
  waiting = waiting.then(() => exchange(what, pressed));
  return waiting;
}

async function exchange(what, pressed) {
  let reply;
  try {
    const answer = await fetch("/api/message", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session, hint: navigator.language, ...what }),
    });
    reply = await answer.json();
  } catch (problem) {
    return; // the programme on this computer was closed; the page keeps showing the numbers it has
  }
  if (!reply.text) return;
  if (reply.erases) messages.replaceChildren();
  const shown = bubble(reply);
  if (reply.replaces && pressed && pressed.isConnected) {
    pressed.replaceWith(shown);
  } else {
    messages.append(shown);
  }
  document.documentElement.lang = reply.language;
  shown.scrollIntoView({ block: "start" });
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function bubble(reply) {
  const box = element("article", reply.urgent ? "message urgent" : "message");
  box.lang = reply.language;
  box.append(element("div", "bubble", reply.text));
  const rows = element("div", "rows");
  for (const row of reply.buttons) {
    const line = element("div", "row");
    for (const button of row) line.append(control(button, box));
    rows.append(line);
  }
  box.append(rows);
  return box;
}

function control(button, box) {
  if (button.link) {
    const link = element("a", "", button.label);
    link.href = button.link;
    link.rel = "noreferrer";
    return link;
  }
  const made = element("button", "", button.label);
  made.type = "button";
  made.addEventListener("click", () => {
    if (button.copy) {
      copy(button.copy, made);
    } else {
      send({ action: button.action }, box);
    }
  });
  return made;
}

async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  button.textContent = "✓ " + text;
}

document.getElementById("writing").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value;
  if (!text.trim()) return;
  field.value = "";
  const mine = element("article", "message mine");
  mine.append(element("div", "bubble", text));
  messages.append(mine);
  send({ text });
});

send({ action: "s" });
