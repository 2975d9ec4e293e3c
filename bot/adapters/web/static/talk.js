// The talk: posts arrive and change as the house tells.
import { begin, say } from "/static/composer.js";
import { below, follow } from "/static/follow.js";
import { relabel } from "/static/language.js";
import { hush, wake } from "/static/player.js";

const posts = document.getElementById("posts");
const busy = document.getElementById("busy");
const news = document.getElementById("news");
let resting = 0;

// What the reader opened, typed or plays stays as it is while the post around it changes.
const keeping = {
  ignoreActiveValue: true,
  callbacks: {
    beforeNodeMorphed: (old) => !(old.nodeType === 1 && (old.matches(".player[data-awake]") || old.matches("output"))),
    beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
  },
};

function show(html) {
  const draft = document.createElement("template");
  draft.innerHTML = html;
  const post = draft.content.firstElementChild;
  const old = document.getElementById(post.id);
  const mine = post.classList.contains("mine");
  if (old) {
    window.Idiomorph.morph(old, post, keeping);
    htmx.process(old);
    wake(old);
  } else {
    post.classList.add("new");
    posts.append(post);
    htmx.process(post);
    wake(post);
    if (!mine) announce(post);
  }
  if (!mine) rest();
  follow({ always: mine });
  if (!old) below();
}

// A screen reader hears each new post once; progress is in the post for whoever looks.
function announce(post) {
  const said = document.createElement("p");
  said.lang = post.lang;
  said.textContent = [...post.querySelectorAll("h3, .words p:not(.progress)")].map((p) => p.textContent).join(" ").slice(0, 400);
  news.replaceChildren(said);
  if (document.hidden) {
    const song = post.querySelector(".about-song h3")?.textContent;
    if (song || !document.title.startsWith("♪")) document.title = song ? `♪ ${song}` : `• ${document.body.dataset.title}`;
  }
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = document.body.dataset.title;
});

function rest() {
  clearTimeout(resting);
  busy.hidden = true;
}
function work() {
  clearTimeout(resting);
  busy.hidden = false;
  follow();
  resting = setTimeout(rest, 6000);
}

let stream;
function listen() {
  stream = new EventSource(`/events?after=${document.body.dataset.after}`);
  stream.addEventListener("post", (event) => {
    document.body.dataset.after = event.lastEventId;
    show(event.data);
  });
  stream.addEventListener("gone", (event) => {
    const post = document.getElementById(`post-${event.data}`);
    if (post) hush(post);
    post?.remove();
  });
  stream.addEventListener("busy", work);
  stream.addEventListener("language", relabel);
  stream.addEventListener("open", () => say("", document.body.dataset.lost));
  stream.addEventListener("error", () => {
    say(document.body.dataset.lost);
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 4000);
  });
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const link = copier.parentElement.querySelector("input");
    link.select();
    await navigator.clipboard?.writeText(link.value).catch(() => document.execCommand("copy"));
    copier.textContent = document.body.dataset.copied;
  }
});
document.addEventListener("click", (event) => {
  if (event.target.tagName === "DIALOG") event.target.close();
});
// Every request carries its own name, so that one sent twice is one message.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb === "post") event.detail.parameters.id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.replace(".", "-");
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = event.detail;
  if (!successful) {
    rest();
    const said = xhr.status && (xhr.getResponseHeader("content-type") || "").startsWith("text/plain") ? xhr.responseText : "";
    say(said || (xhr.status ? document.body.dataset.fault : document.body.dataset.lost));
    return;
  }
  say("");
  if (elt.matches("[data-press]")) {
    const ask = elt.closest("details.ask");
    elt.reset();
    if (ask) ask.open = false;
    ask?.querySelector("summary").focus();
    work();
  }
  if (elt.matches("[data-closes]")) elt.closest("dialog").close();
});

// What asks for words is brought into sight, and its box is ready to type in.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details.ask") || !target.open) return;
  target.querySelector("input[name=text]").focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("keydown", (event) => {
  const ask = event.key === "Escape" && event.target.closest?.("details.ask[open]");
  if (!ask) return;
  ask.open = false;
  ask.querySelector("summary").focus();
});

// The switch of the page: the stream is asked for anew, in that language.
document.body.addEventListener("language", async () => {
  await relabel();
  stream.close();
  listen();
});
begin(work);
wake(document);
if (posts.children.length) follow({ instant: true });
listen();
