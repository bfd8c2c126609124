"use strict";
// The leader's own window: notes, stories and a quiz to put on the projector, and a chat that nobody else sees.
// Nothing that is typed here, and no reply to it, reaches the projector unless a button says so.
const byName = (id) => document.getElementById(id);
const chosen = { first: "en", second: "", country: "" };
let club = null;
let projector = null; // the projector's window, once it is open
let waitingToShow = null; // what was asked for before that window was ready

async function speak(language) {
  club = await clubIn(language);
  document.documentElement.lang = language;
  relabelClub();
  const opened = [...document.querySelectorAll("#sections details[open]")].map((each) => each.id);
  byName("sections").textContent = "";
  byName("sections").append(...club.sections.map(section), adults(), storyList(), topicList(), quizList(), form());
  opened.forEach((id) => byName(id) && (byName(id).open = true));
  byName("contents").textContent = "";
  for (const part of byName("sections").children) {
    if (!part.hidden) byName("contents").append(link(part));
  }
}

function link(part) {
  const made = element("a", "", part.querySelector("h2").textContent);
  made.href = "#" + part.id;
  return made;
}

function relabelClub() {
  const labels = club.labels;
  document.title = byName("title").textContent = labels.leaders;
  byName("try").textContent = labels.try;
  byName("first-label").textContent = "🌐 " + labels.language;
  byName("second-label").textContent = labels.second_language;
  byName("country-label").textContent = "📍 " + labels.country;
  byName("open").textContent = "📽 " + labels.open_projector;
  byName("back").textContent = "◀ " + labels.back;
  byName("next").textContent = "▶ " + labels.next;
  byName("black").textContent = "⬛ " + labels.black;
  if (canType) {
    field.setAttribute("aria-label", labels.message);
    byName("send").setAttribute("aria-label", labels.send);
  }
  for (const button of document.querySelectorAll(".show")) button.textContent = "📽 " + labels.show;
  fill(byName("first"), club.languages, chosen.first);
  fill(byName("second"), { "": "–", ...club.languages }, chosen.second);
  fill(byName("country"), { "": "–", ...club.countries }, chosen.country);
}

function part(id, title, ...inside) {
  const made = element("section", "part");
  made.id = id;
  made.append(element("h2", "", title), ...inside);
  return made;
}

function section(each, i) {
  const parts = each.parts.map((below) => {
    const made = element("div");
    made.lang = below.language;
    made.append(element("h3", "", below.title), list(below.lines, below.language));
    return made;
  });
  return part("section-" + i, each.title, ...untranslated(each.parts), ...parts);
}

function untranslated(pieces) {
  return pieces.some((piece) => piece.language !== club.language) ? [element("p", "hint", club.labels.not_translated)] : [];
}

function list(lines, language) {
  const made = element("ul");
  made.lang = language;
  made.append(...lines.map((text) => element("li", "", text)));
  return made;
}

function adults() {
  const made = part("adults", club.labels.adults, ...club.adults.map(({ country, text }) => element("p", "contact", [club.countries[country], text].filter(Boolean).join("\n"))));
  made.hidden = club.adults.length === 0;
  return made;
}

function storyList() {
  return part("stories", club.labels.stories, ...untranslated(club.stories), ...club.stories.map(story));
}

function story(each) {
  const steps = element("ol");
  for (const step of each.steps) {
    const item = element("li", "", step.tell);
    if (step.says) item.append(element("p", "says", "💬 " + step.says));
    if (step.group) item.append(element("p", "group", "🙋 " + step.group));
    steps.append(item);
  }
  return fold("story-" + each.id, each.title, each.language, element("p", "", each.about), showButton(() => ({ kind: "story", id: each.id })), steps);
}

function fold(id, title, language, ...inside) {
  const made = element("details");
  made.id = id;
  made.lang = language;
  made.append(element("summary", "", title), ...inside);
  return made;
}

function topicList() {
  return part("topics", club.labels.topics, ...untranslated(Object.values(club.topics)), ...club.modules.map(topic));
}

function topic(module) {
  const notes = club.topics[module.id];
  const inside = notes
    ? [element("h3", "", club.labels.notes), list(notes.notes, notes.language), element("h3", "", club.labels.group), list(notes.group, notes.language)]
    : [];
  const answers = element("ul", "answers");
  for (const question of module.questions) {
    const item = element("li", "", question.ask + " ");
    item.append(showButton(() => ({ kind: "answer", actions: [question.action] }), question.ask));
    answers.append(item);
  }
  return fold("topic-" + module.id, module.title, club.language, ...inside, answers);
}

function quizList() {
  return part("quiz", club.labels.quiz, ...untranslated(club.quiz), ...club.quiz.map((each) => {
    const choices = element("ol", "letters");
    choices.append(...each.choices.map((text, i) => element("li", i === each.right ? "right" : "", i === each.right ? text + " ✔" : text)));
    return fold("quiz-" + each.id, each.question, each.language, showButton(() => ({ kind: "quiz", id: each.id })), choices, element("p", "", each.why));
  }));
}

// A form to print, for questions only: it has no room for names or stories.
function form() {
  if (!club.form) return part("form", club.labels.print);
  const table = element("table");
  const head = table.createTHead().insertRow();
  for (const column of club.form.columns) {
    const cell = element("th", "", column);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (let i = 0; i < 8; i++) {
    const row = body.insertRow();
    club.form.columns.forEach(() => row.insertCell());
  }
  const button = element("button", "", "🖨 " + club.labels.print);
  button.type = "button";
  button.addEventListener("click", () => window.print());
  const made = part("form", club.form.title, element("p", "", club.form.intro), button, table);
  made.lang = club.form.language;
  return made;
}

function showButton(view, about) {
  const button = element("button", "show", "📽 " + club.labels.show);
  button.type = "button";
  if (about) button.setAttribute("aria-label", club.labels.show + ": " + about);
  button.addEventListener("click", () => putOnProjector(view()));
  return button;
}

// Opens the projector's window with the first thing that is shown, and keeps what comes before it is ready.
function putOnProjector(view) {
  if (!projector || projector.closed) {
    waitingToShow = view;
    openProjector();
  } else {
    projector.postMessage({ to: "show", view }, "*");
  }
}

function openProjector() {
  projector = window.open("projector.html", "projector");
}

function tellProjector(told) {
  if (projector && !projector.closed) projector.postMessage(told, "*");
}

function tellChoices() {
  tellProjector({ to: "choose", ...chosen });
}

window.addEventListener("message", (event) => {
  if (!projector || event.source !== projector || event.data.from !== "projector") return;
  if (event.data.ready) {
    tellChoices();
    if (waitingToShow) tellProjector({ to: "show", view: waitingToShow });
    waitingToShow = null;
  } else {
    const { title, at, black } = event.data;
    byName("shown").textContent = club.labels.on_projector + " " + (black ? "⬛" : title + " (" + at + ")");
  }
});

// Under each reply of the private chat stands the way to the projector. An urgent one is asked about once more.
document.addEventListener("reply", (event) => {
  const { reply, shown } = event.detail;
  const button = element("button", "show", "📽 " + (club ? club.labels.show : ""));
  button.type = "button";
  button.addEventListener("click", () => {
    if (reply.urgent && button.dataset.sure !== "yes") {
      button.dataset.sure = "yes";
      button.textContent = "⚠️ " + club.labels.show_urgent;
      return;
    }
    delete button.dataset.sure;
    button.textContent = "📽 " + club.labels.show;
    putOnProjector({ kind: "reply", reply: { text: reply.text, language: reply.language } });
  });
  const row = element("div", "row");
  row.append(button);
  shown.append(row);
});

for (const id of ["first", "second", "country"]) {
  byName(id).addEventListener("change", async () => {
    chosen[id] = byName(id).value;
    if (id === "first") await speak(chosen.first);
    if (id !== "second") send({ action: id === "first" ? "L::" + chosen.first : "C::" + chosen.first + ":" + chosen.country }, null);
    tellChoices();
  });
}
byName("open").addEventListener("click", openProjector);
byName("next").addEventListener("click", () => tellProjector({ to: "next" }));
byName("back").addEventListener("click", () => tellProjector({ to: "back" }));
byName("black").addEventListener("click", () => tellProjector({ to: "black" }));
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "b" || event.key === ".") tellProjector({ to: "black" });
  if (event.key === "p") openProjector();
  if (event.key === "PageDown") tellProjector({ to: "next" });
  if (event.key === "PageUp") tellProjector({ to: "back" });
});

chosen.first = (navigator.language || "en").split("-")[0];
speak(chosen.first).catch(() => speak((chosen.first = "en")));
