// One message as elements. Text is always put in as text, never as markup.

const BOLD = /([\ue000\ue001])/;
const LIVE = /(https?:\/\/[^\s\ue000\ue001<>"]+[^\s\ue000\ue001<>".,;:!?)])|(?<![\p{L}\p{N}/])(\/[a-z]{3,20})(?![\p{L}\p{N}/])/gu;

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// The bubble with its day line above; `acts` has choose(choice) and write(line), `words` the page's words.
export function messageItem(message, words, acts) {
  const item = element("div", `item ${message.bot ? "bot" : "own"}`);
  const day = element("p", "day");
  day.append(element("span", "", message.day));
  const bubble = element("div", "bubble");
  bubble.append(element("span", "sr", `${message.bot ? words.bot : words.you}:`));
  for (const media of message.media) bubble.append(mediaPart(media, words));
  if (message.text) bubble.append(message.bot ? botText(message.text, acts) : element("p", "text", message.text));
  bubble.append(foot(message, words));
  item.append(day, bubble);
  if (message.choices.length) item.append(choiceRow(message.choices, acts));
  return item;
}

// A message of the person that the program has not confirmed yet.
export function waitingItem(text, files) {
  const item = element("div", "item own waiting");
  const bubble = element("div", "bubble");
  for (const file of files) bubble.append(element("p", "file", file.name));
  if (text) bubble.append(element("p", "text", text));
  item.append(bubble);
  return item;
}

export function typingItem(words) {
  const item = element("div", "item bot typing");
  const bubble = element("div", "bubble");
  bubble.append(element("span", "sr", words.typing), element("i"), element("i"), element("i"));
  item.append(bubble);
  return item;
}

function foot(message, words) {
  const line = element("p", "foot");
  if (message.doubtful) line.append(element("span", "doubtful", words.doubtful));
  if (message.failed) line.append(element("span", "doubtful", words.failed));
  line.append(element("time", "", message.time));
  return line;
}

function choiceRow(choices, acts) {
  const row = element("div", "choices");
  for (const choice of choices) {
    const button = element("button", choice.numbered ? "choice" : "choice plain", choice.label);
    button.type = "button";
    button.addEventListener("click", () => acts.choose(choice));
    row.append(button);
  }
  return row;
}

function mediaPart(media, words) {
  if (!media.url) return element("p", "file", media.name || words.file);
  const link = element("a", media.picture ? "picture" : "file");
  link.href = media.url;
  link.target = "_blank";
  link.rel = "noopener";
  if (!media.picture) {
    link.textContent = media.name || words.file;
    return link;
  }
  const image = element("img");
  image.src = media.url;
  image.alt = media.name || words.photo;
  link.append(image);
  return link;
}

function botText(text, acts) {
  const paragraph = element("p", "text");
  let into = paragraph;
  for (const part of text.split(BOLD)) {
    if (part === "\ue000") {
      into = paragraph.appendChild(element("strong"));
    } else if (part === "\ue001") {
      into = paragraph;
    } else {
      appendLive(into, part, acts);
    }
  }
  return paragraph;
}

// Addresses can be opened, and commands such as /tiendo tapped.
function appendLive(into, text, acts) {
  let end = 0;
  for (const found of text.matchAll(LIVE)) {
    into.append(text.slice(end, found.index), found[1] ? addressLink(found[1]) : commandButton(found[2], acts));
    end = found.index + found[0].length;
  }
  into.append(text.slice(end));
}

function addressLink(address) {
  const link = element("a", "", address);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function commandButton(command, acts) {
  const button = element("button", "command", command);
  button.type = "button";
  button.addEventListener("click", () => acts.write(command));
  return button;
}
