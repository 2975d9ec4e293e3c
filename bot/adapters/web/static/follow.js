// Where the reader is: whoever follows the talk is brought to what is new, whoever reads further up is left there.
const posts = document.getElementById("posts");
const newest = document.getElementById("newest");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const ROOM = 16;
let following = true;
let last = window.scrollY;

// The end of the talk, but never past the head of the newest post: a song is read from its title on.
function aim() {
  const end = document.documentElement.scrollHeight - window.innerHeight;
  const post = posts.lastElementChild;
  if (!post) return 0;
  const bar = document.querySelector(".bar").offsetHeight;
  return Math.max(0, Math.min(end, window.scrollY + post.getBoundingClientRect().top - bar - ROOM));
}

export function follow({ always = false, instant = false } = {}) {
  if (always) following = true;
  if (following && posts.children.length) window.scrollTo({ top: aim(), behavior: instant || calm.matches ? "instant" : "smooth" });
}

// Something new stands below: said to whoever does not see it.
export function below() {
  newest.hidden = following;
}

window.addEventListener("scroll", () => {
  if (window.scrollY >= aim() - 120) following = true;
  else if (window.scrollY < last - 2) following = false;
  last = window.scrollY;
  if (following) newest.hidden = true;
}, { passive: true });
newest.addEventListener("click", () => follow({ always: true }));
// A post that unfolds, and a composer that grows, must not hide what was in sight.
document.addEventListener("grown", () => follow());
new ResizeObserver(() => follow({ instant: true })).observe(document.querySelector(".compose"));
