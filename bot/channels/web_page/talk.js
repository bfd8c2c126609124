"use strict";
// How the pages get replies and texts: from the programme on this computer.
const canType = true;

function newSession() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The reply to `what` (a text or an action); throws when the programme does not answer.
async function ask(session, what) {
  const answer = await fetch("/api/message", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ session, ...what }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// What the leader's window and the projector show in a language.
async function clubIn(language) {
  const answer = await fetch(`/api/club/${language}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
