"use strict";
// The page's whole behaviour. What it knows stands in these variables only: closing the page forgets it.
const messages = document.getElementById("messages");
const waiting = document.getElementById("waiting");
const field = document.getElementById("text");
const always = document.querySelectorAll(".always");
const inClub = document.documentElement.classList.contains("club"); // the leader's window has a chat of its own
let session = newSession();
let pending = 0;
let last = Promise.resolve();

// One after the other, in the order in which the child wrote and pressed. `from` is the message that `what` comes from:
// the child's own, or the one whose button was pressed.
function send(what, from) {
  showPending(+1);
  last = last.then(() => exchange(what, from)).finally(() => showPending(-1));
}

function showPending(change) {
  pending += change;
  waiting.hidden = pending === 0;
  messages.setAttribute("aria-busy", String(pending > 0));
}

async function exchange(what, from) {
  let reply;
  try {
    reply = await ask(session, { hint: navigator.language, ...what });
  } catch {
    showAgain(what, from); // most likely the programme on this computer was closed
    return;
  }
  if (reply.text) show(reply, what, from);
}

function show(reply, what, from) {
  if (reply.erases) erase();
  const shown = bubble(reply);
  const sameAnswer = /^[CL]:/.test(what.action); // in another country or language
  const inPlace = reply.replaces && from && from.isConnected && (sameAnswer || !number(from)); // no number goes away unasked
  if (inPlace) {
    from.replaceWith(shown);
  } else {
    messages.append(shown);
  }
  if (!inClub) document.documentElement.lang = reply.language;
  relabel(reply);
  document.dispatchEvent(new CustomEvent("reply", { detail: { reply, what, shown } }));
  if (what.text) {
    from.lang = reply.language;
    from.scrollIntoView({ block: "start" });
    return;
  }
  const goal = inPlace && number(shown);
  (goal || shown).scrollIntoView({ block: goal ? "center" : "start" });
  if (what.action !== "s") shown.focus({ preventScroll: true }); // the pressed button may be gone: the keyboard goes on here
}

function erase() {
  messages.textContent = "";
  if (field) field.value = "";
  session = newSession();
}

// No words, since no connection means no translation either: a sign that tries the same again.
function showAgain(what, from) {
  if (what.action && what.action.startsWith("E")) erase(); // nothing is kept anywhere else
  const sign = element("article", "message");
  const again = element("button", "", "🔄");
  again.type = "button";
  again.addEventListener("click", () => {
    sign.remove();
    send(what, from);
  });
  sign.append(again);
  messages.append(sign);
  sign.scrollIntoView({ block: "nearest" });
}

// Help now and Menu, the last row of every reply, stand above the chat too, in the language of the last reply.
function relabel(reply) {
  const row = reply.buttons[reply.buttons.length - 1] || [];
  always.forEach((button, i) => {
    if (!row[i] || !row[i].action) return;
    button.textContent = row[i].label;
    button.dataset.action = row[i].action;
    button.lang = reply.language;
  });
}

function bubble(reply) {
  const box = element("article", reply.urgent ? "message urgent" : "message");
  box.lang = reply.language;
  box.tabIndex = -1;
  const text = element("div", "bubble");
  text.append(...reply.text.split("\n").map(line));
  box.append(text);
  for (const row of reply.buttons) {
    const made = element("div", "row");
    made.append(...row.map((button) => control(button, box)));
    box.append(made);
  }
  return box;
}

// One line of a reply. Numbers after 📞 can be tapped.
function line(text) {
  const kind = /^(•|📞|🔗|▪)/u.test(text) ? "item" : /^ /.test(text) ? "detail" : "";
  const made = element("div", kind);
  if (!text.startsWith("📞")) {
    made.textContent = text.trim();
    return made;
  }
  text.split(/(\+?\d[\d -]+\d)/).forEach((part, i) => {
    if (i % 2 === 0) {
      made.append(part);
      return;
    }
    const call = element("a", "", part);
    call.href = "tel:" + part.replace(/[ -]/g, "");
    made.append(call);
  });
  return made;
}

function number(box) {
  return box.querySelector("a[href^='tel:']");
}

function control(button, box) {
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
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "✓ " + text;
  } catch {
    button.textContent = text; // not allowed here: the number stays to be read
  }
}

for (const button of always) button.addEventListener("click", () => send({ action: button.dataset.action }, null));

if (field) document.getElementById("writing").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value;
  if (!text.trim()) return;
  field.value = "";
  const mine = element("article", "message mine");
  mine.append(element("div", "bubble", text));
  messages.append(mine);
  mine.scrollIntoView({ block: "end" });
  send({ text }, mine);
});

function noTyping(text) {
  const hint = element("p", "no-typing", text);
  const form = document.getElementById("writing");
  if (form) form.replaceWith(hint);
  else document.querySelector(".no-typing").textContent = text;
}

if (!canType) {
  noTyping("");
  document.addEventListener("reply", async ({ detail }) => noTyping((await clubIn(detail.reply.language)).labels.no_typing));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "F2" && !inClub) location.href = "projector.html";
});

send({ action: "s" }, null);
