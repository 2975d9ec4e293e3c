// The talk: posts arrive and change as the house tells, wherever the reader is.
import { begin, say } from "/static/composer.js";
import { hush, wake } from "/static/player.js";

const posts = document.getElementById("posts");
const busy = document.getElementById("busy");
const news = document.getElementById("news");
const quiet = { behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" };
let resting = 0;

let following = true;

const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 160;
const toEnd = (how = quiet) => window.scrollTo({ top: document.documentElement.scrollHeight, ...how });

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
  following ||= post.classList.contains("mine");
  if (old) {
    window.Idiomorph.morph(old, post, keeping);
    htmx.process(old);
    wake(old);
  } else {
    post.classList.add("new");
    posts.append(post);
    htmx.process(post);
    wake(post);
    if (!post.classList.contains("mine")) announce(post);
  }
  if (!post.classList.contains("mine")) rest();
  if (following) toEnd();
}

// A screen reader hears each new post once; progress is in the post for whoever looks.
function announce(post) {
  const said = document.createElement("p");
  said.lang = post.lang;
  said.textContent = [...post.querySelectorAll("h3, .words p:not(.progress)")].map((p) => p.textContent).join(" ").slice(0, 400);
  news.replaceChildren(said);
  if (document.hidden) document.title = `♪ ${document.body.dataset.name}`;
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = document.title.replace("♪ ", "");
});

function rest() {
  clearTimeout(resting);
  busy.hidden = true;
}
function work() {
  clearTimeout(resting);
  busy.hidden = false;
  if (following) toEnd();
  resting = setTimeout(rest, 6000);
}

function listen() {
  const stream = new EventSource(`/events?after=${document.body.dataset.after}`);
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
  stream.addEventListener("open", () => say(""));
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

// Whoever scrolled up to read is left there; whoever is at the end stays at the end.
window.addEventListener("scroll", () => { following = atEnd(); }, { passive: true });
document.addEventListener("grown", () => { if (following) toEnd(); });
begin(work);
wake(document);
if (posts.children.length) toEnd({ behavior: "instant" });
listen();
