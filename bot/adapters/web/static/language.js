// The page speaks the member's language as soon as it changes; what is playing, typed or unfolded stays as it is.
const STAYS = new Set(["open", "hidden", "value", "class", "style", "data-awake", "data-after", "data-nonce",
  "aria-pressed", "aria-valuenow", "aria-valuetext", "aria-valuemax", "aria-activedescendant", "inert"]);
const OWN = ".wave, .karaoke, .now, .all, output, .chip b, input[type=hidden], #trouble, #news, #slash";

function label(from, to) {
  for (const { name, value } of from.attributes) if (!STAYS.has(name)) to.setAttribute(name, value);
}

export async function relabel() {
  const answer = await fetch("/");
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  label(page.body, document.body);
  const keeping = {
    callbacks: {
      beforeNodeMorphed: (old, now) => {
        if (old.nodeType !== 1) return true;
        if (!old.matches(OWN) && old.id !== "text") return true;
        if (now.nodeType === 1) label(now, old);
        return false;
      },
      beforeAttributeUpdated: (name) => !STAYS.has(name),
    },
  };
  for (const part of [".skip", ".bar", "main", ".compose", "#newest", "#drop", "#help", "#person"]) {
    const old = document.querySelector(part);
    window.Idiomorph.morph(old, page.querySelector(part).outerHTML, keeping);
    htmx.process(document.querySelector(part));
  }
  document.dispatchEvent(new CustomEvent("language"));
}
