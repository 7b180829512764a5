// One phone: its head, its conversation and the box to write in.

import { element, messageItem, typingItem, waitingItem } from "./bubble.js";
import { newId, postMessage } from "./link.js";

const NEAR_END_PX = 60;
const TYPING_MS = 6000;
const ASKED_AGAIN = 40;

export class Phone {
  // `page` offers words, settings, notice(sentence), refresh(), and touched(phone) when a person uses it.
  constructor(data, page) {
    this.chat = data.chat;
    this.page = page;
    this.items = new Map(); // cursor -> {item, text of the data it was made from, message}
    this.files = [];
    this.unread = 0;
    this.active = false;
    this.loaded = false;
    this.following = true;
    this.lastTop = 0;
    this.root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    for (const name of ["phone-title", "phone-subtitle", "face", "badge", "log", "newest", "samples", "samples-row",
      "writer", "attached", "line"]) {
      this[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = this.root.querySelector(`.${name}`);
    }
    this.placeholder = this.line.placeholder;
    this.picker = this.root.querySelector("input[type=file]");
    this.acts = { choose: (choice) => this.choose(choice), write: (line) => this.post(line) };
    this.listenToPerson();
  }

  // The cursor from which on the page asks again: the last ones may still change or gain a neighbour.
  get askAfter() {
    const cursors = this.sorted();
    return cursors.length > ASKED_AGAIN ? cursors[cursors.length - ASKED_AGAIN - 1] : 0;
  }

  sorted() {
    return [...this.items.keys()].sort((one, other) => one - other);
  }

  update(data) {
    this.showHead(data);
    const fresh = data.messages.filter((message) => this.put(message));
    if (fresh.length) this.arrange();
    const fromBot = fresh.filter((message) => message.bot).length;
    if (fromBot) this.stopTyping();
    if (!this.loaded || (this.following && fresh.length) || fresh.some((message) => !message.bot)) this.toEnd();
    else if (fromBot) this.newest.hidden = false;
    if (this.loaded && fromBot && !this.active) this.setUnread(this.unread + fromBot);
    this.loaded = true;
  }

  showHead(data) {
    const text = JSON.stringify([data.title, data.subtitle, data.joined, data.kind, data.samples]);
    if (text === this.headText) return;
    this.headText = text;
    this.title = data.title;
    this.root.dataset.kind = data.joined ? data.kind : "stranger";
    this.root.setAttribute("aria-label", [data.title, data.subtitle].filter(Boolean).join(", "));
    this.phoneTitle.textContent = data.title;
    this.phoneSubtitle.textContent = data.subtitle;
    this.face.textContent = data.joined ? data.title.trim().split(/\s+/).at(-1).slice(0, 1) : "?";
    this.line.placeholder = data.joined ? this.placeholder : this.page.words.codePlaceholder;
    this.samplesRow.replaceChildren(...data.samples.map((line) => this.sample(line)));
  }

  sample(line) {
    const button = element("button", "sample", line);
    button.type = "button";
    button.title = this.samplesRow.dataset.title;
    button.addEventListener("click", () => {
      this.line.value = line;
      this.fitLine();
      this.line.focus();
    });
    return button;
  }

  // Take one message in; true when it was not there before.
  put(message) {
    const text = JSON.stringify(message);
    const known = this.items.get(message.cursor);
    if (known?.text === text) return false;
    const item = messageItem(message, this.page.words, this.acts);
    for (const image of item.querySelectorAll("img")) image.addEventListener("load", () => this.followGrowth());
    this.items.set(message.cursor, { item, text, message });
    if (known) known.item.replaceWith(item);
    if (known) this.arrange();
    return !known;
  }

  // Put every item in its place, show the day where it changes, and dim the buttons of earlier questions.
  arrange() {
    let before = null;
    let day = "";
    let latest = null;
    for (const cursor of this.sorted()) {
      const { item, message } = this.items.get(cursor);
      const place = before ? before.nextSibling : this.log.firstChild;
      if (item !== place) this.log.insertBefore(item, place);
      item.querySelector(".day").hidden = message.day === day;
      item.classList.toggle("earlier", message.choices.length > 0);
      if (message.bot && message.choices.length) latest = item;
      day = message.day;
      before = item;
    }
    latest?.classList.remove("earlier");
  }

  choose(choice) {
    this.send({ text: choice.label, action: choice.action, files: [] });
  }

  post(text) {
    this.send({ text, action: "", files: [] });
  }

  submit() {
    const text = this.line.value.trim();
    if (!text && !this.files.length) return;
    this.send({ text, action: "", files: this.files });
    this.line.value = "";
    this.setFiles([]);
    this.fitLine();
  }

  send(content) {
    this.page.touched(this);
    const waiting = waitingItem(content.text, content.files);
    this.stopTyping();
    this.log.append(waiting);
    this.toEnd();
    this.deliver({ id: newId(), chat: this.chat, ...content }, waiting);
  }

  async deliver(message, waiting) {
    const heard = this.lastFromBot();
    try {
      await postMessage(message);
    } catch (trouble) {
      this.sayNotSent(message, waiting, trouble);
      return;
    }
    // A quick answer may be here already.
    if (heard === this.lastFromBot()) this.startTyping();
    await this.page.refresh();
    waiting.remove();
  }

  lastFromBot() {
    return Math.max(0, ...[...this.items.values()].map(({ message }) => (message.bot ? message.cursor : 0)));
  }

  sayNotSent(message, waiting, trouble) {
    if (trouble.passing) {
      const again = element("button", "again", this.page.words.again);
      again.type = "button";
      const line = element("p", "not-sent", `${this.page.words.notSent} `);
      line.append(again);
      again.addEventListener("click", () => {
        line.remove();
        this.deliver(message, waiting);
      });
      waiting.append(line);
      this.toEnd();
    } else {
      waiting.remove();
      if (!this.line.value && !message.action) this.line.value = message.text;
      this.fitLine();
    }
    if (trouble.sentence) this.page.notice(trouble.sentence);
  }

  startTyping() {
    this.stopTyping();
    this.typing = typingItem(this.page.words);
    this.log.append(this.typing);
    this.typingEnd = setTimeout(() => this.stopTyping(), TYPING_MS);
    this.toEnd();
  }

  stopTyping() {
    clearTimeout(this.typingEnd);
    this.typing?.remove();
    this.typing = null;
  }

  setActive(active) {
    this.active = active;
    this.root.classList.toggle("active", active);
    if (active) this.setUnread(0);
  }

  setUnread(count) {
    this.unread = count;
    this.badge.hidden = !count;
    this.badge.textContent = count || "";
    this.badge.title = count ? `${count} ${this.page.words.unread}` : "";
    this.root.classList.toggle("unread", count > 0);
    this.page.counted();
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.lastTop = this.log.scrollTop;
    this.newest.hidden = true;
    this.following = true;
  }

  // Only a person scrolls up: what grows or shrinks around the conversation leaves its top where it is.
  noteScroll() {
    if (this.log.scrollTop < this.lastTop - 2) this.following = false;
    if (this.isAtEnd()) {
      this.following = true;
      this.newest.hidden = true;
    }
    this.lastTop = this.log.scrollTop;
  }

  // Pictures load, columns change their width: who read at the end still does.
  followGrowth() {
    if (this.following) this.toEnd();
  }

  setFiles(files) {
    this.files = files;
    this.attached.hidden = !files.length;
    this.attached.replaceChildren(...files.map((file) => this.fileChip(file)));
  }

  fileChip(file) {
    const chip = element("li", "", file.name);
    const remove = element("button", "", "×");
    remove.type = "button";
    remove.setAttribute("aria-label", `${this.page.words.remove}: ${file.name}`);
    remove.addEventListener("click", () => this.setFiles(this.files.filter((other) => other !== file)));
    chip.append(remove);
    return chip;
  }

  addFiles(list) {
    const files = [...this.files, ...list];
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const { maxFiles, maxBytes, tooMany, tooLarge } = this.page.settings;
    if (files.length > maxFiles) this.page.notice(tooMany);
    else if (total > maxBytes) this.page.notice(tooLarge);
    else this.setFiles(files);
  }

  fitLine() {
    this.line.style.height = "auto";
    // A long hint in an empty box must not make it taller than one line.
    if (this.line.value) this.line.style.height = `${Math.min(this.line.scrollHeight, 120)}px`;
  }

  listenToPerson() {
    this.writer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.line.addEventListener("keydown", (event) => {
      // Vietnamese input methods end a syllable with Enter too: that Enter is theirs.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    this.line.addEventListener("input", () => this.fitLine());
    this.line.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) this.addFiles(event.clipboardData.files);
    });
    this.picker.addEventListener("change", () => {
      this.addFiles(this.picker.files);
      this.picker.value = "";
      this.line.focus();
    });
    this.newest.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => this.noteScroll());
    new ResizeObserver(() => this.followGrowth()).observe(this.log);
    for (const kind of ["pointerdown", "focusin"]) {
      this.root.addEventListener(kind, () => this.page.touched(this));
    }
  }
}
