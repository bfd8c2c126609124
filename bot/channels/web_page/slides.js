"use strict";
// Slides for the projector, made of the bot's own replies and the club's texts. A slide has one column for each language:
// { title, columns: [{ language, blocks: [{ kind, text }] }], choices: [{ labels, view }] }
const LINES = 4; // of an answer on one slide: more cannot be read from the back of a room
const CHOICES = 7; // on one slide, each with its digit

// `clubs`: the club's texts of each language that is shown. `replies(action)`: the bot's reply, in its language.
async function slidesOf(view, clubs, replies) {
  const make = { start, topic, stories, quizzes, answer, story, quiz, reply, help }[view.kind];
  const made = await make(view, clubs, replies);
  return made.length ? made : start(view, clubs);
}

function start(_view, clubs) {
  const choices = clubs[0].modules.map((module, i) => ({
    labels: clubs.map((club) => label(club, club.modules[i].title)),
    view: { kind: "topic", index: i },
  }));
  if (clubs[0].stories.length) choices.push({ labels: clubs.map((c) => label(c, "📖 " + c.labels.stories)), view: { kind: "stories" } });
  if (clubs[0].quiz.length) choices.push({ labels: clubs.map((c) => label(c, "❓ " + c.labels.quiz)), view: { kind: "quizzes" } });
  return choiceSlides(clubs.map(() => ""), clubs, choices);
}

function topic(view, clubs) {
  const choices = clubs[0].modules[view.index].questions.map((question) => ({
    labels: clubs.map((club) => label(club, sameQuestion(club.modules[view.index], question).ask)),
    view: { kind: "answer", actions: clubs.map((club) => sameQuestion(club.modules[view.index], question).action) },
  }));
  return choiceSlides(clubs.map((club) => club.modules[view.index].title), clubs, choices);
}

// The question with the same id in another language: the action begins alike, "r:help_hurt:".
function sameQuestion(module, question) {
  return module.questions.find((other) => idOf(other.action) === idOf(question.action)) || question;
}

function idOf(action) {
  return action.split(":")[1];
}

function stories(_view, clubs) {
  const choices = clubs[0].stories.map((each) => ({
    labels: clubs.map((club) => label(byId(club.stories, each.id), byId(club.stories, each.id).title)),
    view: { kind: "story", id: each.id },
  }));
  return choiceSlides(clubs.map((club) => club.labels.stories), clubs, choices);
}

function quizzes(_view, clubs) {
  const choices = clubs[0].quiz.map((each) => ({
    labels: clubs.map((club) => label(byId(club.quiz, each.id), byId(club.quiz, each.id).question)),
    view: { kind: "quiz", id: each.id },
  }));
  return choiceSlides(clubs.map((club) => club.labels.quiz), clubs, choices);
}

function byId(pieces, id) {
  return pieces.find((piece) => piece.id === id);
}

function label(piece, text) {
  return { language: piece.language, text };
}

function choiceSlides(titles, clubs, choices) {
  const slides = [];
  for (let i = 0; i < choices.length; i += CHOICES) {
    const columns = clubs.map((club, c) => ({ language: club.language, blocks: block("title", titles[c]) }));
    slides.push({ title: titles[0], columns, choices: choices.slice(i, i + CHOICES) });
  }
  return slides;
}

function block(kind, text) {
  return text ? [{ kind, text }] : [];
}

async function answer(view, clubs, replies) {
  return replySlides(await Promise.all(view.actions.map(replies)), clubs);
}

async function help(_view, clubs, replies) {
  return replySlides(await Promise.all(clubs.map((club) => replies("h::" + club.language))), clubs);
}

function reply(view, clubs) {
  return replySlides([view.reply], clubs);
}

// A reply's paragraphs, cut so that each column of a slide holds a few lines; both languages have the same paragraphs.
// That it is a draft stands below each slide. `brief`: of the contacts only the first, as much as a story needs.
function replySlides(answers, clubs, brief) {
  const marks = clubs.map((club) => club.labels.draft);
  const all = answers.map((reply) => reply.text.split("\n\n"));
  const draft = all.some((paragraphs) => marks.includes(paragraphs[paragraphs.length - 1]));
  const texts = all.map((paragraphs) => paragraphs.filter((each) => !marks.includes(each)).map(items).map(brief ? firstContact : same));
  const slides = [];
  for (let p = 0; p < Math.max(...texts.map((paragraphs) => paragraphs.length)); p++) {
    const columns = texts.map((paragraphs) => paragraphs[p] || []);
    const longest = Math.max(...columns.map((lines) => lines.length));
    for (const [from, to] of cuts(columns.find((lines) => lines.length === longest))) {
      slides.push({
        title: answers[0].text.split("\n")[0],
        columns: columns.map((lines, i) => ({ language: answers[i].language, blocks: part(lines, from, to, longest) })),
        choices: [],
        draft,
      });
    }
  }
  return joined(slides);
}

function same(lines) {
  return lines;
}

function firstContact(lines) {
  return lines.some((line) => /^(📞|🔗)/u.test(line)) ? [...lines.slice(0, 2), lines[lines.length - 1]] : lines;
}

// The lines of a paragraph; details, which begin with a space, stay with the line above them.
function items(paragraph) {
  const found = [];
  for (const line of paragraph.split("\n")) {
    if (line.startsWith(" ") && found.length) found[found.length - 1] += "\n" + line.trim();
    else if (line.trim()) found.push(line.trim());
  }
  return found;
}

// Where to cut: [from, to] pairs, at most LINES lines between them, however few items that are.
function cuts(lines) {
  const found = [];
  for (let from = 0; from < lines.length; ) {
    let to = from + 1;
    while (to < lines.length && lines.slice(from, to + 1).join("\n").split("\n").length <= LINES) to++;
    found.push([from, to]);
    from = to;
  }
  return found;
}

// The share of a column that goes with items `from` to `to` of the longest one.
function part(lines, from, to, longest) {
  const place = (i) => (lines.length === longest ? i : Math.round((i * lines.length) / longest));
  return lines.slice(place(from), place(to)).map((text) => ({ kind: "line", text }));
}

// A first line that stands alone, as all answers have one, goes with what follows.
function joined(slides) {
  if (slides.length < 2 || slides[0].columns.some((column) => column.blocks.length > 1)) return slides;
  slides[1].columns.forEach((column, i) => {
    column.blocks = slides[0].columns[i].blocks.map((b) => ({ kind: "title", text: b.text })).concat(column.blocks);
  });
  return slides.slice(1);
}

async function story(view, clubs, replies) {
  const told = clubs.map((club) => byId(club.stories, view.id));
  const slides = [storySlide(told, clubs, (each, club) => [
    ...block("title", each.title), ...block("line", each.about), ...block("note", club.labels.story_note),
  ])];
  for (let i = 0; i < told[0].steps.length; i++) {
    slides.push(storySlide(told, clubs, (each) => [...block("line", each.steps[i].tell), ...block("says", each.steps[i].says)]));
    if (told[0].steps[i].action) slides.push(...replySlides(await Promise.all(told.map((each) => replies(each.steps[i].action))), clubs, true));
    if (told[0].steps[i].group) slides.push(storySlide(told, clubs, (each) => block("group", each.steps[i].group)));
  }
  return slides.map((slide) => ({ ...slide, title: told[0].title }));
}

function storySlide(told, clubs, blocks) {
  const columns = told.map((each, i) => ({ language: each.language, blocks: blocks(each, clubs[i]) }));
  return { title: told[0].title, columns, choices: [], draft: clubs.some((club) => !club.reviewed) };
}

function quiz(view, clubs) {
  const asked = clubs.map((club) => byId(club.quiz, view.id));
  const slide = (blocks) => ({
    title: asked[0].question,
    columns: asked.map((each, i) => ({ language: each.language, blocks: blocks(each, clubs[i]) })),
    choices: [],
    draft: clubs.some((club) => !club.reviewed),
  });
  const letters = "ABC";
  return [
    slide((each) => [...block("title", each.question), ...each.choices.map((text, i) => ({ kind: "line", text: letters[i] + ". " + text }))]),
    slide((each, club) => [
      ...block("title", each.question),
      ...block("right", "✔ " + club.labels.right + " " + letters[each.right] + ". " + each.choices[each.right]),
      ...block("line", each.why),
    ]),
  ];
}
