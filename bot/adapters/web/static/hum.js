// Records a hummed tune, and shows how loud it comes in.
const LONGEST_MS = 60_000;

// `done(file)` gets the recording; `refused()` is called where there is no microphone to use.
export function recorder(button, sign, done, refused) {
  let running = null;
  button.addEventListener("click", async () => {
    if (running) {
      running.stop();
      return;
    }
    try {
      running = await record(sign, (hummed) => {
        running = null;
        button.setAttribute("aria-pressed", "false");
        button.setAttribute("aria-label", button.dataset.hum);
        done(hummed);
      });
      button.setAttribute("aria-pressed", "true");
      button.setAttribute("aria-label", button.dataset.stop);
    } catch {
      refused();
    }
  });
}

async function record(sign, done) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  });
  const type = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg"].find((kind) => MediaRecorder.isTypeSupported(kind));
  const taken = new MediaRecorder(stream, { mimeType: type });
  const parts = [];
  const silence = meter(stream, sign);
  taken.addEventListener("dataavailable", (event) => parts.push(event.data));
  taken.addEventListener("stop", () => {
    silence();
    stream.getTracks().forEach((track) => track.stop());
    const kind = taken.mimeType.split(";")[0];
    const ending = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" }[kind] ?? "webm";
    done(new File(parts, `hum.${ending}`, { type: kind }));
  });
  taken.start();
  setTimeout(() => taken.state === "recording" && taken.stop(), LONGEST_MS);
  return taken;
}

// Draw the level until the returned function is called.
function meter(stream, sign) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const canvas = sign.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const began = performance.now();
  const levels = new Array(30).fill(0);
  let frame = 0;
  const draw = () => {
    analyser.getFloatTimeDomainData(samples);
    levels.push(Math.min(1, 3 * Math.hypot(...samples) / Math.sqrt(samples.length)));
    levels.shift();
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = getComputedStyle(sign.querySelector(".red")).backgroundColor;
    levels.forEach((level, i) => pen.fillRect(i * 4, 12 - 11 * level, 2.5, 1 + 22 * level));
    const seconds = Math.floor((performance.now() - began) / 1000);
    sign.querySelector("b").textContent = `0:${String(seconds).padStart(2, "0")}`;
    frame = requestAnimationFrame(draw);
  };
  sign.hidden = false;
  draw();
  return () => {
    cancelAnimationFrame(frame);
    sign.hidden = true;
    context.close();
  };
}
