// What the member says: words, files, a hummed tune.
import { recorder } from "/static/hum.js";
import { slashes } from "/static/slash.js";

const MOST_BYTES = 20 * 1024 * 1024;
const words = document.body.dataset;
const form = document.getElementById("composer");
const text = document.getElementById("text");
const file = form.elements.file;
const trouble = document.getElementById("trouble");
const chip = { attached: document.getElementById("attached"), answering: document.getElementById("answering") };

// Show one sentence above the composer, or take it away; with `only`, take away no other than that.
export function say(sentence, only = trouble.textContent) {
  if (only !== trouble.textContent) return;
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}

function attach(list, verb = "") {
  const [chosen] = list;
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) {
    say(words.big);
    file.value = "";
    return;
  }
  const held = new DataTransfer();
  held.items.add(chosen);
  file.files = held.files;
  form.elements.verb.value = verb;
  chip.attached.querySelector("b").textContent = chosen.name;
  const sound = chip.attached.querySelector("audio");
  sound.hidden = !verb;
  if (verb) sound.src = URL.createObjectURL(chosen);
  chip.attached.hidden = false;
  say("");
  text.focus();
}

function detach() {
  const sound = chip.attached.querySelector("audio");
  if (sound.src) URL.revokeObjectURL(sound.src);
  sound.removeAttribute("src");
  file.value = "";
  form.elements.verb.value = "";
  chip.attached.hidden = true;
}

// The next message answers this post; null for none.
function answer(post) {
  form.elements.replied.value = post?.dataset.post ?? "";
  chip.answering.querySelector("b").textContent =
    (post?.querySelector("h3, .words p")?.textContent ?? "").trim().slice(0, 60);
  chip.answering.hidden = !post;
  if (post) text.focus();
}

function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
}

export function begin(work) {
  slashes();
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") answer(null);
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (!text.value.trim() && !file.files.length) {
      event.preventDefault();
      say(words.empty);
      text.focus();
    } else if (form.dataset.sending) {
      event.preventDefault();
    } else {
      form.dataset.sending = "yes";
    }
  });
  // The words leave the box as they are sent, and come back if they did not arrive.
  let sent = "";
  form.addEventListener("htmx:beforeSend", () => {
    sent = text.value;
    text.value = "";
    fit();
    work();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    delete form.dataset.sending;
    if (event.detail.successful) {
      detach();
      answer(null);
    } else if (!text.value) {
      text.value = sent;
      fit();
    }
  });
  file.addEventListener("change", () => attach(file.files));
  chip.attached.querySelector("button").addEventListener("click", () => { detach(); text.focus(); });
  chip.answering.querySelector("button").addEventListener("click", () => { answer(null); text.focus(); });
  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-try]");
    if (example) {
      text.value = example.textContent.trim();
      fit();
      form.requestSubmit();
    }
    const command = event.target.closest("[data-command]");
    if (command) {
      command.closest("dialog").close();
      text.value = command.dataset.command;
      if (command.dataset.takes === "nothing") form.requestSubmit();
      else text.focus();
    }
    const answered = event.target.closest("[data-answer]");
    if (answered) answer(answered.closest(".post"));
  });
  drops();
  recorder(document.getElementById("hum"), document.getElementById("recording"), (hummed) => attach([hummed], "hum"), () => say(words.microphone));
}

function drops() {
  const veil = document.getElementById("drop");
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  window.addEventListener("dragenter", (event) => { if (carries(event)) veil.hidden = false; });
  window.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) veil.hidden = true; });
  window.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!carries(event)) return;
    event.preventDefault();
    attach(event.dataTransfer.files);
  });
}
