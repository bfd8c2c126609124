"use strict";
// How the pages get replies and texts where no programme runs: out of scripts in the same folder, one for each language.
const canType = false;
const known = {}; // language → its data
const loading = {};
const notes = {}; // by session: language and country, until the page is closed

function newSession() {
  return String(Math.random()).slice(2);
}

// Called by each script with data.
function know(language, data) {
  known[language] = data;
}

function load(language) {
  if (!loading[language]) {
    loading[language] = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "data-" + language + ".js";
      script.onload = () => (known[language] ? resolve(known[language]) : reject(new Error(language)));
      script.onerror = () => reject(new Error(language));
      document.head.append(script);
    });
  }
  return loading[language];
}

async function clubIn(language) {
  return (await load(language)).club;
}

const LIKE = { a: "r", y: "r" }; // an answer is read: nobody has written anything that it could be checked against
const FALLBACK = "m:";

async function ask(session, what) {
  const [kind, value, language, country] = (what.action || "m").split(":").concat(["", "", ""]);
  const note = notes[session] || (notes[session] = { language: "", country: "" });
  if (kind === "L" && language) note.language = language;
  if (kind === "C" && country) note.country = country;
  const data = await firstOf([language, note.language, what.hint ? what.hint.split("-")[0] : "", "en"]);
  const again = kind === "L" || kind === "C";
  const replies = data.replies[note.country] || data.replies[""];
  const wanted = again && value === "help_danger_now" ? "h:" : again && value ? "r:" + value : (LIKE[kind] || kind) + ":" + (again || kind === "m" ? "" : value);
  const [lines, rows, flags] = replies[wanted] || replies[(LIKE[kind] || kind) + ":"] || replies[FALLBACK];
  if (flags & 4) delete notes[session];
  return {
    text: lines.map((i) => data.lines[i]).join("\n"),
    language: data.club.language,
    urgent: Boolean(flags & 1),
    replaces: Boolean(flags & 2) || again || value === "here",
    erases: Boolean(flags & 4),
    buttons: rows.map((row) => row.map((i) => data.buttons[i])),
  };
}

// The data of the first of these languages that there is.
async function firstOf(languages) {
  for (const language of languages) {
    if (!language) continue;
    try {
      return await load(language);
    } catch {
      continue;
    }
  }
  throw new Error("no language");
}
