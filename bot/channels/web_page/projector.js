"use strict";
// The projector: one slide at a time, moved by keys, a presenter's clicker, buttons, or the leader's window.
const byName = (id) => document.getElementById(id);
const stage = byName("stage");
const session = newSession();
const leader = window.opener; // the leader's window, where it has opened this one
let clubs = [];
let view = { kind: "start" };
let slides = [];
let index = 0;
let goal = view; // what was asked for last, while it is still being made
let turn = 0; // which call of `go` is the newest: an older one that ends later shows nothing
let timer = null;

async function go(wanted, at) {
  const mine = ++turn;
  goal = wanted;
  const made = await slidesOf(wanted, clubs, (action) => ask(session, { action }));
  if (mine !== turn) return;
  view = wanted;
  slides = made;
  index = Math.min(at || 0, slides.length - 1);
  draw();
}

async function speak(first, second) {
  clubs = await Promise.all([first, ...(second && second !== first ? [second] : [])].map(clubIn));
  document.documentElement.lang = first;
  relabel();
  await go(translated(goal), goal === view ? index : 0);
}

// The same view in other languages: an answer's actions name theirs.
function translated(shown) {
  if (shown.kind === "reply") return { kind: "start" }; // what was shown on purpose is not shown again by itself
  if (shown.kind !== "answer") return shown;
  return { kind: "answer", actions: clubs.map((club) => "r:" + idOf(shown.actions[0]) + ":" + club.language) };
}

function draw() {
  const slide = slides[index];
  const columns = slide.columns.map((column) => {
    const made = element("section", "column", "", column.language);
    made.append(...column.blocks.map((each) => element(each.kind === "title" ? "h2" : "p", each.kind, each.text)));
    return made;
  });
  const board = element("div", columns.length > 1 ? "board two" : "board", "");
  board.append(...columns.filter((column) => column.childNodes.length));
  stage.textContent = "";
  stage.append(board);
  if (slide.choices.length) stage.append(choiceList(slide.choices));
  byName("draft").hidden = !slide.draft;
  byName("place").textContent = index + 1 + " / " + slides.length;
  byName("back").disabled = index === 0 && view.kind === "start";
  byName("next").disabled = index === slides.length - 1;
  fit();
  stage.focus({ preventScroll: true });
  pace();
  tell();
}

function choiceList(choices) {
  const list = element("ol", "choices", "");
  choices.forEach((choice) => {
    const button = element("button", "", "");
    button.type = "button";
    choice.labels.forEach((each) => button.append(element("span", "", each.text, each.language)));
    button.addEventListener("click", () => go(choice.view));
    const item = element("li", "", "");
    item.append(button);
    list.append(item);
  });
  return list;
}

// As large as the slide allows, without scrolling; in small steps, since lines break anew at each size.
function fit() {
  for (let size = 1; size > 0.4; size -= 0.05) {
    stage.style.setProperty("--size", size);
    if (stage.scrollHeight <= stage.clientHeight && stage.scrollWidth <= stage.clientWidth) return;
  }
}

function next() {
  if (index < slides.length - 1) {
    index++;
    draw();
  }
}

function back() {
  if (index > 0) {
    index--;
    draw();
  } else if (view.kind !== "start") {
    go({ story: { kind: "stories" }, quiz: { kind: "quizzes" } }[view.kind] || { kind: "start" });
  }
}

function setBlack(on) {
  byName("black").hidden = !on;
  if (on) byName("black").focus();
  else stage.focus({ preventScroll: true });
  tell();
}

// Turns pages by itself, as slowly as a class reads aloud together: two seconds and an eighth of one for each letter.
function pace() {
  clearTimeout(timer);
  if (byName("pace").getAttribute("aria-pressed") !== "true" || index === slides.length - 1) return;
  const longest = Math.max(...slides[index].columns.map((column) => column.blocks.map((each) => each.text).join("").length));
  timer = setTimeout(next, 2000 + 125 * longest);
}

function relabel() {
  const labels = clubs[0].labels;
  byName("help").textContent = "🆘 " + labels.help_now;
  byName("start").textContent = "☰ " + labels.menu;
  byName("back").setAttribute("aria-label", labels.back);
  byName("next").setAttribute("aria-label", labels.next);
  for (const [id, name] of [["pace", "pace"], ["black-on", "black"], ["black", "black"]]) {
    byName(id).setAttribute("aria-label", labels[name]);
    byName(id).title = labels[name];
  }
  byName("first-label").textContent = labels.language;
  byName("second-label").textContent = labels.second_language;
  byName("country-label").textContent = labels.country;
  byName("keys").textContent = labels.keys;
  byName("draft").textContent = labels.draft;
  document.title = byName("title").textContent = labels.projector;
  fill(byName("first"), clubs[0].languages, clubs[0].language);
  fill(byName("second"), { "": "–", ...clubs[0].languages }, clubs[1] ? clubs[1].language : "");
  fill(byName("country"), { "": "–", ...clubs[0].countries }, byName("country").value);
}

async function choose(first, second, country) {
  if (country) await ask(session, { action: "C:::" + country });
  byName("country").value = country;
  await speak(first, second);
}

const KEYS = {
  ArrowRight: next, PageDown: next, ArrowLeft: back, PageUp: back, " ": next,
  b: () => setBlack(true), B: () => setBlack(true), ".": () => setBlack(true), Escape: () => go({ kind: "start" }),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "SELECT") return;
  if (!byName("black").hidden) {
    event.preventDefault();
    setBlack(false);
  } else if (/^[1-9]$/.test(event.key)) {
    const choice = slides[index].choices[Number(event.key) - 1];
    if (choice) go(choice.view);
  } else if (KEYS[event.key] && !(event.key === " " && event.target.tagName === "BUTTON")) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

byName("help").addEventListener("click", () => go({ kind: "help" }));
byName("start").addEventListener("click", () => go({ kind: "start" }));
byName("next").addEventListener("click", next);
byName("back").addEventListener("click", back);
byName("black-on").addEventListener("click", () => setBlack(true));
byName("black").addEventListener("click", () => setBlack(false));
byName("pace").addEventListener("click", () => {
  const on = byName("pace").getAttribute("aria-pressed") !== "true";
  byName("pace").setAttribute("aria-pressed", String(on));
  pace();
});
for (const id of ["first", "second", "country"]) {
  byName(id).addEventListener("change", () => choose(byName("first").value, byName("second").value, byName("country").value));
}
window.addEventListener("resize", () => slides.length && fit());

// The leader's window says what to show; it hears what is shown. Nobody else is listened to.
function tell() {
  if (!leader) return;
  leader.postMessage({ from: "projector", title: slides[index].title, at: byName("place").textContent, black: !byName("black").hidden }, "*");
}

let doing = Promise.resolve();

window.addEventListener("message", (event) => {
  if (!leader || event.source !== leader) return;
  doing = doing.then(() => obey(event.data)).catch(() => {}); // one after the other: languages first, then what to show
});

function obey(told) {
  if (told.to === "next") next();
  else if (told.to === "back") back();
  else if (told.to === "black") setBlack(byName("black").hidden);
  else if (told.to === "choose") return choose(told.first, told.second, told.country);
  else if (told.to === "show") return go(told.view.kind === "answer" ? translated(told.view) : told.view);
  return undefined;
}

speak((navigator.language || "en").split("-")[0]).catch(() => speak("en")).then(() => leader && leader.postMessage({ from: "projector", ready: true }, "*"));
