// The player of a song: outline, playhead, and words that follow it.
const players = new Set();
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
const colours = (root) => {
  const style = getComputedStyle(root);
  const probe = (name) => {
    const mark = document.createElement("i");
    mark.style.color = `var(${name})`;
    root.append(mark);
    const colour = getComputedStyle(mark).color;
    mark.remove();
    return colour;
  };
  return style && { waveColor: probe("--wave"), progressColor: probe("--leaf"), cursorColor: probe("--amber") };
};

// Give every player in `within` its sound, once it comes near the screen.
export function wake(within) {
  for (const root of within.querySelectorAll("[data-player]")) {
    if (!root.dataset.awake) {
      root.dataset.awake = "waiting";
      near.observe(root);
    }
  }
}
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (isIntersecting && target.dataset.awake === "waiting") {
      near.unobserve(target);
      start(target);
    }
  }
}, { rootMargin: "400px" });

async function start(root) {
  root.dataset.awake = "yes";
  const answer = await fetch(root.dataset.player);
  if (!answer.ok) return;
  const song = await answer.json();
  const slider = root.querySelector(".wave");
  const wave = WaveSurfer.create({
    container: slider, url: root.dataset.audio, peaks: [song.peaks], duration: song.duration, height: 48,
    barWidth: 2, barGap: 2, barRadius: 2, cursorWidth: 2, dragToSeek: true, hideScrollbar: true,
    cspNonce: document.body.dataset.nonce, ...colours(root),
  });
  players.add(wave);
  root.wave = wave;
  const button = root.querySelector(".play");
  button.addEventListener("click", () => wave.playPause());
  const shown = (playing) => {
    root.classList.toggle("on", playing);
    button.setAttribute("aria-label", document.body.dataset[playing ? "pause" : "play"]);
    if (playing) for (const other of players) if (other !== wave) other.pause();
  };
  document.addEventListener("language", () => shown(wave.isPlaying()));
  wave.on("play", () => shown(true));
  wave.on("pause", () => shown(false));
  root.querySelector(".all").textContent = clock(Math.round(song.duration));
  slider.setAttribute("aria-valuemax", song.duration.toFixed(1));
  const sing = karaoke(root.querySelector(".karaoke"), song.lines, (time) => wave.setTime(time), () => wave.isPlaying());
  wave.on("timeupdate", (time) => {
    root.querySelector(".now").textContent = clock(time);
    slider.setAttribute("aria-valuenow", time.toFixed(1));
    slider.setAttribute("aria-valuetext", clock(time));
    sing(time);
  });
  // A jump asked for while another is under way would be lost: it waits for the other to land.
  const media = wave.getMediaElement();
  let aim = 0;
  const jump = () => media.seeking ? media.addEventListener("seeked", jump, { once: true }) : wave.setTime(aim);
  slider.addEventListener("keydown", (event) => {
    const now = media.seeking ? aim : wave.getCurrentTime();
    const to = { ArrowRight: now + 5, ArrowUp: now + 5, ArrowLeft: now - 5, ArrowDown: now - 5,
      PageUp: now + 15, PageDown: now - 15, Home: 0, End: song.duration - 0.1 }[event.key];
    if (to !== undefined) {
      aim = Math.min(song.duration, Math.max(0, to));
      jump();
    } else if (event.key === " " || event.key === "Enter") wave.playPause();
    else return;
    event.preventDefault();
  });
  document.addEventListener("theme", () => wave.setOptions(colours(root)));
  root.dataset.awake = "ready";
  root.dispatchEvent(new CustomEvent("grown", { bubbles: true }));
}

// Draw the lines; returns what marks the line and the words of a moment.
function karaoke(box, lines, seek, playing) {
  if (!lines.length) return () => {};
  box.hidden = false;
  const rows = lines.map((line) => {
    if (line.section) {
      const heading = box.appendChild(document.createElement("p"));
      heading.className = "heading";
      heading.textContent = line.section;
    }
    const row = box.appendChild(document.createElement("p"));
    row.dir = "auto";
    row.addEventListener("click", () => seek(line.start_s));
    const words = line.words.map(([at, text], i) => {
      if (i && line.spaced) row.append(" ");
      const word = row.appendChild(document.createElement("span"));
      word.textContent = text;
      return { at, word };
    });
    return { ...line, row, words };
  });
  const centre = (row, behavior) => {
    box.scrollTo({ top: row.offsetTop - (box.clientHeight - row.offsetHeight) / 2, behavior });
  };
  centre(rows[0].row, "instant");
  let current = null;
  return (time) => {
    const row = rows.findLast((line) => line.start_s - 0.15 <= time && time < line.end_s + 2.5) || null;
    if (row !== current) {
      current?.row.classList.remove("sung");
      current = row;
      current?.row.classList.add("sung");
      if (current && (playing() || time > 0)) {
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        centre(current.row, calm ? "instant" : "smooth");
      }
    }
    current?.words.forEach(({ at, word }) => word.classList.toggle("said", at <= time));
  };
}

// A player that left the page is silent.
export function hush(within) {
  for (const root of within.querySelectorAll("[data-player]")) {
    if (root.wave) {
      players.delete(root.wave);
      root.wave.destroy();
    }
  }
}
