// Everything that goes over the wire. Answers that are not good become a Trouble with the server's sentence.

export class Trouble extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
    this.sentence = sentence;
  }

  // Trying the same again may help: nobody answered, or the program could not store it just now.
  get passing() {
    return this.status === 0 || this.status >= 500;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Trouble(0, "");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Trouble(response.status, answer.message || "");
  return answer;
}

const asJson = (value) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(value),
});

// `after` maps a chat to the cursor from which on messages are asked for again.
export function fetchState(after) {
  const query = new URLSearchParams();
  for (const [chat, cursor] of after) query.append("after", `${cursor}@${chat}`);
  return ask(`/local/api/state?${query}`);
}

export function moveClock(step) {
  return ask("/local/api/clock", asJson({ step }));
}

export function postMessage({ id, chat, text, action, files }) {
  if (!files.length) return ask("/local/api/messages", asJson({ id, chat, text, action }));
  const form = new FormData();
  for (const [name, value] of Object.entries({ id, chat, text, action })) form.append(name, value);
  for (const file of files) form.append("files", file, file.name);
  return ask("/local/api/messages", { method: "POST", body: form });
}

// The same id goes with every try of one message, so that the program takes it once.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Calls `look` whenever something may have changed: told by the server, else every few seconds.
export function listen(look) {
  const source = new EventSource("/local/events");
  source.addEventListener("open", look);
  source.addEventListener("changed", look);
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(look), 3000);
  });
  const poll = () => {
    const told = source.readyState === EventSource.OPEN;
    if (!document.hidden) look();
    if (source.readyState !== EventSource.CLOSED) setTimeout(poll, told ? 15000 : 3000);
  };
  setTimeout(poll, 3000);
}
