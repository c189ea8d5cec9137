// One browser holds one connection, however many tabs it has: the tab with the lock listens and
// tells the others. Each tab remembers the last event, so that whoever leads next misses nothing.
import { BY_ITSELF } from "./parts.js";

const SILENT_TOO_LONG_MS = 40_000;
const TRY_AGAIN_MS = 1_500;

export function follow(home, since, { hear, show, ended }) {
  const channel = new BroadcastChannel("doorstep-console");
  let last = since;
  let source = null;
  let heardAt = Date.now();

  const take = (told) => {
    if (told.seq) last = Math.max(last, told.seq);
    if (told.kind === "link") show(told.state);
    else if (told.kind === "ended") ended();
    else hear(told);
  };
  const tell = (told) => { channel.postMessage(told); take(told); };
  channel.onmessage = (event) => take(event.data);

  function connect() {
    source?.close();
    heardAt = Date.now();
    source = new EventSource(`${home}live?since=${last}`);
    for (const kind of ["hello", "chat", "viewers", "reset", "beat", "ended"]) {
      source.addEventListener(kind, (event) => {
        heardAt = Date.now();
        if (kind === "hello" || kind === "beat") return tell({ kind: "link", state: "live" });
        if (kind === "ended") source.close();
        tell({ kind, seq: Number(event.lastEventId) || 0, ...JSON.parse(event.data || "{}") });
      });
    }
    source.onerror = () => {
      tell({ kind: "link", state: "lost" });
      // The browser tries again by itself unless the answer was no stream at all.
      if (source.readyState === EventSource.CLOSED) setTimeout(find_out, TRY_AGAIN_MS);
    };
  }

  async function find_out() {
    try {
      const answer = await fetch(`${home}rows?ids=`, { headers: { "X-Requested-By": "console", ...BY_ITSELF } });
      if (answer.status === 401) return tell({ kind: "ended" });
    } catch {
      // Still no connection: the next round tries again.
    }
    connect();
  }

  function lead() {
    connect();
    setInterval(() => {
      if (Date.now() - heardAt > SILENT_TOO_LONG_MS) {
        tell({ kind: "link", state: "lost" });
        find_out();
      }
    }, 5_000);
    // A stream on a dead line is only silent; the browser often knows at once.
    window.addEventListener("offline", () => {
      source?.close();
      tell({ kind: "link", state: "lost" });
    });
    window.addEventListener("online", find_out);
    channel.addEventListener("message", (event) => {
      if (event.data.kind === "asks" && source?.readyState === EventSource.OPEN) {
        channel.postMessage({ kind: "link", state: "live" });
      }
    });
    return new Promise(() => {});
  }

  if (navigator.locks) {
    navigator.locks.request("doorstep-console-live", lead);
    channel.postMessage({ kind: "asks" });
  } else {
    lead();
  }
}
