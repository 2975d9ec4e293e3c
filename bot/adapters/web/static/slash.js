// A slash at the beginning offers the commands: arrows choose, Enter or Tab takes, Escape puts away.
const text = document.getElementById("text");
const box = document.getElementById("slash");
let chosen = -1;

const offered = () => [...box.children].filter((row) => !row.hidden);

function mark(at) {
  const rows = offered();
  chosen = rows.length ? (at + rows.length) % rows.length : -1;
  for (const row of box.children) row.setAttribute("aria-selected", "false");
  const row = rows[chosen];
  row?.setAttribute("aria-selected", "true");
  row?.scrollIntoView({ block: "nearest" });
  if (row) text.setAttribute("aria-activedescendant", row.id);
  else text.removeAttribute("aria-activedescendant");
}

function close() {
  box.hidden = true;
  mark(-1);
  text.removeAttribute("aria-activedescendant");
}

function offer() {
  const typed = /^\/([^\s/]*)$/.exec(text.value)?.[1].toLowerCase();
  if (typed === undefined) return close();
  for (const row of box.children) row.hidden = !row.dataset.names.split(" ").some((name) => name.startsWith(typed));
  box.hidden = !offered().length;
  mark(0);
}

function take(row) {
  text.value = row.dataset.command;
  close();
  if (row.dataset.takes === "nothing") text.form.requestSubmit();
  else text.focus();
}

// Register before whatever else listens to the keys of the box: what is taken here goes no further.
export function slashes() {
  text.addEventListener("input", offer);
  text.addEventListener("blur", () => setTimeout(close, 150));
  text.addEventListener("keydown", (event) => {
    if (box.hidden || event.isComposing) return;
    const row = offered()[chosen];
    const whole = row.dataset.names.split(" ").includes(text.value.slice(1).toLowerCase());
    if (event.key === "Enter" && whole && row.dataset.takes !== "words") return close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(chosen + step);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take(row);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  box.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-command]");
    event.preventDefault();
    if (row) take(row);
  });
}
