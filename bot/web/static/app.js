// The page: clock, tabs and phones, kept up to date with what the program tells.

import { element } from "./bubble.js";
import { fetchState, listen, moveClock } from "./link.js";
import { Phone } from "./phone.js";

const NOTICE_MS = 7000;
const LOOK_AGAIN_MS = 600;

const settings = JSON.parse(document.getElementById("settings").textContent);
const words = settings.words;
const phones = new Map();
const tabs = new Map();
const title = document.title;
const notices = document.getElementById("notice");
const clockBar = document.getElementById("clock");
let noticeEnd = 0;
let offline = false;
let looking = null;
let lookAgain = false;

const page = { words, settings, notice, refresh, touched, counted };

function notice(sentence, lasting = false) {
  clearTimeout(noticeEnd);
  notices.textContent = sentence;
  notices.hidden = !sentence;
  if (sentence && !lasting) noticeEnd = setTimeout(() => notice(""), NOTICE_MS);
}

// Ask for the state; while one question is under way, those who come later share the next one.
function refresh() {
  if (looking) {
    lookAgain = true;
    return looking;
  }
  looking = look().finally(() => {
    looking = null;
  });
  return looking;
}

async function look() {
  do {
    lookAgain = false;
    try {
      show(await fetchState([...phones.values()].map((phone) => [phone.chat, phone.askAfter])));
    } catch (trouble) {
      if (trouble.status === undefined) throw trouble;
      offline = true;
      notice(trouble.sentence || words.offline, true);
    }
  } while (lookAgain);
}

function show(state) {
  if (offline) notice("");
  offline = false;
  showClock(state.clock);
  for (const data of state.phones) phoneOf(data).update(data);
  const there = new Set(state.phones.map((data) => data.chat));
  for (const chat of phones.keys()) if (!there.has(chat)) drop(chat);
  for (const data of state.phones) nameTab(tabs.get(data.chat), data);
}

function showClock(clock) {
  clockBar.hidden = !clock;
  if (clock) document.getElementById("clock-now").textContent = clock.text;
}

function phoneOf(data) {
  if (!phones.has(data.chat)) add(data);
  return phones.get(data.chat);
}

function add(data) {
  const phone = new Phone(data, page);
  phone.root.id = `phone-${phones.size + 1}`;
  phones.set(data.chat, phone);
  document.getElementById("phones").append(phone.root);
  const tab = element("button", "tab");
  tab.type = "button";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", phone.root.id);
  tab.append(element("span", "tab-name"), element("span", "tab-unit"), element("span", "badge"));
  tab.lastChild.hidden = true;
  tab.addEventListener("click", () => touched(phone));
  tab.addEventListener("keydown", (event) => stepTab(event, data.chat));
  tabs.set(data.chat, tab);
  document.getElementById("tabs").append(tab);
  if (phones.size === 1) touched(phone);
}

function nameTab(tab, data) {
  tab.children[0].textContent = data.joined ? data.title.trim().split(/\s+/).at(-1) : data.title;
  tab.children[1].textContent = data.subtitle;
}

function drop(chat) {
  phones.get(chat).root.remove();
  tabs.get(chat).remove();
  phones.delete(chat);
  tabs.delete(chat);
}

// The phone that a person uses: its messages count as read, and on a small screen it is the one shown.
function touched(used) {
  for (const phone of phones.values()) {
    if (phone.active !== (phone === used) || phone.unread) phone.setActive(phone === used);
  }
  for (const [chat, tab] of tabs) {
    tab.setAttribute("aria-selected", String(chat === used.chat));
    tab.tabIndex = chat === used.chat ? 0 : -1;
  }
}

function stepTab(event, chat) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const chats = [...tabs.keys()];
  const next = chats[(chats.indexOf(chat) + step + chats.length) % chats.length];
  touched(phones.get(next));
  tabs.get(next).focus();
}

function counted() {
  let sum = 0;
  for (const [chat, tab] of tabs) {
    const { unread } = phones.get(chat);
    tab.lastChild.hidden = !unread;
    tab.lastChild.textContent = unread || "";
    sum += unread;
  }
  document.title = sum ? `(${sum}) ${title}` : title;
}

async function step(kind) {
  const buttons = clockBar.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  clockBar.setAttribute("aria-busy", "true");
  notice(words.moving, true);
  try {
    const { said, clock } = await moveClock(kind);
    showClock(clock);
    notice(said);
  } catch (trouble) {
    notice(trouble.sentence || words.offline);
  }
  for (const button of buttons) button.disabled = false;
  clockBar.removeAttribute("aria-busy");
  refresh();
}

notices.addEventListener("click", () => notice(""));
for (const button of clockBar.querySelectorAll("button")) {
  button.addEventListener("click", () => step(button.dataset.step));
}

// The program rings when it hands a message over and notes it on disk a moment later: look twice.
let second = 0;
listen(() => {
  refresh();
  clearTimeout(second);
  second = setTimeout(refresh, LOOK_AGAIN_MS);
});
refresh();
