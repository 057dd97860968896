// Shows rewards and checkpoint decisions live, and sends documents.
import { $, element, percent, points, post, signIn, svg, tell } from "./dom.js";

const HISTORY = 5000; // rewards a page keeps: enough for hundreds of groups, little enough to draw
const ROWS = 60; // rows of the table of latest rewards
const DOTS_PER_VERSION = 400; // more dots would hide each other

const rewards = new Map(); // by self-edit, so a stream that starts over repeats nothing
const decisions = new Map();
function meanOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : 0;
  return { mean, error, count: values.length };
}

// Rewards by policy version, the oldest version first. Rollouts without a reward are left out.
function byVersion() {
  const versions = new Map();
  for (const reward of rewards.values()) {
    if (reward.reward === null) continue;
    if (!versions.has(reward.policyVersion)) versions.set(reward.policyVersion, []);
    versions.get(reward.policyVersion).push(reward);
  }
  return [...versions].sort(([one], [other]) => one - other);
}

// A stable place beside the middle for each id, so dots do not dance when the chart is drawn again.
function jitter(id) {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return ((hash >>> 0) % 1000) / 1000 - 0.5;
}

function drawChart(versions) {
  const width = Math.max(280, $("chart").clientWidth), height = width < 480 ? 260 : 320;
  const left = 44, right = 8, top = 14, bottom = 44;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}` });
  const y = (value) => top + (1 - value) * (height - top - bottom);
  const step = (width - left - right) / Math.max(versions.length, 1);
  const x = (index) => left + step * (index + 0.5);
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    drawing.append(
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
      svg("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, 100 * tick + " %"));
  }
  const spread = Math.min(step * 0.7, 150);
  const means = versions.map(([version, members], index) => {
    for (const member of members.slice(-DOTS_PER_VERSION)) {
      drawing.append(svg("circle", {
        class: member.selected ? "roll selected" : "roll",
        cx: x(index) + spread * jitter(member.selfEditId), cy: y(member.reward), r: 3,
      }));
    }
    return { version, ...meanOf(members.map((member) => member.reward)) };
  });
  drawing.append(svg("polyline", {
    class: "mean", points: means.map((mean, index) => `${x(index)},${y(mean.mean)}`).join(" "),
  }));
  means.forEach((mean, index) => {
    drawing.append(
      svg("line", {
        class: "bar", x1: x(index), x2: x(index),
        y1: y(Math.min(1, mean.mean + mean.error)), y2: y(Math.max(0, mean.mean - mean.error)),
      }),
      svg("circle", { class: "knot", cx: x(index), cy: y(mean.mean), r: 4.5 }));
    if (step > 56) {
      drawing.append(svg("text", { class: "value", x: x(index), y: y(mean.mean) - 12, "text-anchor": "middle" },
        percent(mean.mean)));
    }
    if (step > 44 || index % Math.ceil(44 / step) === 0) {
      drawing.append(
        svg("text", { x: x(index), y: height - 24, "text-anchor": "middle" },
          mean.version === 0 ? "base" : "version " + mean.version),
        svg("text", { x: x(index), y: height - 8, "text-anchor": "middle" }, mean.count + " edits"));
    }
  });
  $("chart").replaceChildren(drawing);
}

function drawTiles(versions) {
  const newest = versions.at(-1);
  if (newest) {
    $("mean").textContent = percent(meanOf(newest[1].map((member) => member.reward)).mean);
    $("mean-label").textContent = "mean reward of " + (newest[0] === 0 ? "the base policy" : "version " + newest[0]);
  }
  $("count").textContent = rewards.size.toLocaleString("en");
  const all = [...decisions.values()];
  const head = all.filter((one) => ["RELEASED", "ROLLED_BACK"].includes(one.decision)).at(-1);
  $("head").textContent = head && head.version > 0 ? head.version : "base";
  const counted = (kind) => all.filter((one) => one.decision === kind).length;
  $("decided").textContent = counted("RELEASED") + " / " + counted("REJECTED");
}

function rewardRow(reward) {
  const ended = reward.selected ? ["good", "selected"]
    : reward.ending === "SCORED" ? null
    : reward.ending === "INVALID" ? ["waiting", "invalid"] : ["bad", reward.ending.toLowerCase()];
  const bar = element("td", { className: "bar-cell" });
  if (reward.reward === null) {
    bar.append("none");
  } else {
    bar.append(element("meter", { value: reward.reward, max: 1, title: percent(reward.reward) }), percent(reward.reward));
  }
  return element("tr", { title: reward.reason },
    element("td", { className: "name" },
      reward.selfEditId + (reward.labelFree ? " (on the model’s own questions)" : "")),
    bar,
    element("td", { className: "number" }, reward.advantage === null ? "–" : points(reward.advantage)),
    element("td", {}, ended ? element("span", { className: "pill " + ended[0] }, ended[1]) : "scored"));
}

function decisionItem(decision) {
  const [look, word] = {
    RELEASED: ["good", "released " + decision.version],
    REJECTED: ["bad", "rejected"],
    ARCHIVED: ["", "archived " + decision.version],
    HELD: ["waiting", "waits for a person"],
    ROLLED_BACK: ["waiting", "rolled back to " + decision.version],
    PARENT_CHOSEN: ["", "search goes on from " + decision.version],
  }[decision.decision];
  const what = element("div", { className: "what" }, element("span", { className: "pill " + look }, word));
  if (decision.kind) what.append(decision.kind.toLowerCase());
  if (decision.benchmarkBefore) {
    const error = decision.gain.standardError === null ? "" : " ± " + (100 * decision.gain.standardError).toFixed(1);
    what.append(element("span", { className: "numbers", title: "accuracy on held-out documents, before and after" },
      percent(decision.benchmarkBefore.mean) + " → " + percent(decision.benchmarkAfter.mean)
        + "  (" + points(decision.gain.mean) + error + ")"));
  }
  return element("li", {}, what,
    element("p", { className: "why" }, decision.reason + (decision.by ? " (" + decision.by + ")" : "")),
    element("div", { className: "id" }, decision.candidateId ?? decision.lineage));
}

let drawn = true;

// Events come in bursts; the page is drawn once for each frame at most.
function draw() {
  if (!drawn) return;
  drawn = false;
  requestAnimationFrame(() => {
    drawn = true;
    const versions = byVersion();
    drawTiles(versions);
    if (versions.length) drawChart(versions);
    if (rewards.size) $("rewards").replaceChildren(...[...rewards.values()].slice(-ROWS).reverse().map(rewardRow));
    if (decisions.size) $("checkpoints").replaceChildren(...[...decisions.values()].reverse().map(decisionItem));
  });
}

// Browsers allow a site six connections, so a page that nobody sees gives its streams up until it is seen again.
function follow(path, store, idOf) {
  let source = document.hidden ? null : listen(path, store, idOf);
  document.addEventListener("visibilitychange", () => {
    source?.close();
    source = document.hidden ? null : listen(path, store, idOf);
  });
}

function listen(path, store, idOf) {
  const source = new EventSource(`${path}?history=${HISTORY}`);
  source.onopen = () => connected(path, true);
  source.onerror = () => {
    connected(path, false);
    if (source.readyState === EventSource.CLOSED) showPerson(); // the session may be over
  };
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    store.delete(idOf(event)); // the newest word on it comes last
    store.set(idOf(event), event);
    if (store === decisions) document.dispatchEvent(new Event("decided"));
    if (store.size > HISTORY) store.delete(store.keys().next().value);
    draw();
  };
  return source;
}

const open = new Set();

function connected(path, good) {
  good ? open.add(path) : open.delete(path);
  const live = open.size === 2;
  $("connection").textContent = live ? "live" : "reconnecting";
  $("connection").className = "pill " + (live ? "good" : "waiting");
}

// "question = answer" on each line; the last equals sign separates, since questions may hold one.
function questionsOf(text) {
  return text.split("\n").filter((line) => line.trim()).map((line) => {
    const at = line.lastIndexOf("=");
    return at < 0 ? { question: line.trim(), answer: "" }
      : { question: line.slice(0, at).trim(), answer: line.slice(at + 1).trim() };
  });
}

async function send(submitted) {
  submitted.preventDefault();
  const form = submitted.target;
  const data = Object.fromEntries(new FormData(form));
  const button = form.querySelector("button");
  button.disabled = true;
  const { good, answer, problems } = await post("api/new-data",
    { ...data, questions: questionsOf(data.questions), source: "console" });
  button.disabled = false;
  if (good) form.reset();
  tell($("answer"), good,
    good ? ["Accepted as " + answer.dataIds.join(", ") + ". Its rewards appear here in a while."] : problems);
}

// Who is signed in; goes to the login page if somebody has to be and nobody is.
async function showPerson() {
  const response = await fetch("api/session").catch(() => null);
  if (response?.status === 401) return signIn();
  if (!response?.ok) return;
  const { person } = await response.json();
  $("person").hidden = person === null;
  $("name").textContent = person;
  document.dispatchEvent(new CustomEvent("person", { detail: person }));
}

async function signOut() {
  await fetch("api/session", { method: "DELETE" }).catch(() => null);
  signIn();
}

$("document").addEventListener("submit", send);
$("sign-out").addEventListener("click", signOut);
showPerson();
drawChart([]);
addEventListener("resize", () => drawChart(byVersion()));
follow("api/rewards/stream", rewards, (reward) => reward.selfEditId);
follow("api/checkpoints/stream", decisions, (decision) =>
  decision.candidateId ?? decision.lineage + decision.version + decision.reason);
