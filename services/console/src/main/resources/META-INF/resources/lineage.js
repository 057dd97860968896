// The lineage as a tree, the evidence for a candidate side by side, and what people decide about it.
import { $, element, percent, post, svg, tell, versionName, withError } from "./dom.js";

const ROW = 36; // pixels between two nodes
const LANE = 18; // pixels between two columns
const REMEMBERED_NAME = "seal.by";

let shown = null; // the lineage as last fetched
let person = null; // who is signed in, and so the only one to decide here; null where nobody has to be
let selected = null; // key of the node whose evidence is open

const keyOf = (node) => (node.version === null ? node.candidateId : "version " + node.version);

// Gives each node a column, the newest first: a column leads down to the version it expects. A candidate that was not
// released joins its siblings at once, or twenty of them would be twenty columns.
function place(nodes) {
  const expected = [];
  const free = () => (expected.includes(null) ? expected.indexOf(null) : expected.length);
  const placed = nodes.map((node, row) => {
    let lane = node.version === null ? -1 : expected.indexOf(node.version);
    if (lane < 0) lane = free();
    if (node.version !== null) expected.forEach((version, i) => { if (version === node.version) expected[i] = null; });
    const joins = node.version === null && expected.includes(node.parentVersion);
    expected[lane] = joins ? null : node.parentVersion;
    return { node, row, lane, joins };
  });
  return { placed, lanes: Math.max(1, expected.length) };
}

const x = (lane) => 12 + lane * LANE;
const y = (row) => row * ROW + ROW / 2;

function edge(child, parent) {
  const [bend, end] = child.joins ? [child.row, child.row + 1] : [parent.row - 1, parent.row];
  const middle = (y(bend) + y(end)) / 2;
  return svg("path", {
    class: "edge",
    d: `M${x(child.lane)} ${y(child.row)} V${y(bend)} C${x(child.lane)} ${middle} ${x(parent.lane)} ${middle} `
      + `${x(parent.lane)} ${y(end)} V${y(parent.row)}`,
  });
}

function drawTree(lineage) {
  const { placed, lanes } = place(lineage.nodes);
  const versions = new Map(placed.filter((one) => one.node.version !== null).map((one) => [one.node.version, one]));
  const width = x(lanes - 1) + 14;
  const drawing = svg("svg", { width, height: placed.length * ROW, "aria-hidden": "true" });
  for (const child of placed) {
    const parent = versions.get(child.node.parentVersion);
    if (parent) drawing.append(edge(child, parent));
  }
  for (const { node, row, lane } of placed) {
    const look = node.version === lineage.head ? "head"
      : node.version === null || node.standing === "ARCHIVED" ? node.standing.toLowerCase() : "version";
    drawing.append(svg("circle", { class: "node " + look, cx: x(lane), cy: y(row), r: node.version === null ? 4 : 6 }));
  }
  $("tree").replaceChildren(drawing, element("div", { className: "rows" }, ...placed.map(({ node }) => row(node, lineage))));
}

function row(node, lineage) {
  const made = element("button", { type: "button", className: "tree-row", title: node.reason });
  made.setAttribute("aria-pressed", String(keyOf(node) === selected));
  made.append(element("b", {}, node.version === null ? node.candidateId : "version " + node.version));
  if (node.version === lineage.head) made.append(pill("good", "head"));
  if (lineage.nextParent !== null && node.version === lineage.nextParent) made.append(pill("waiting", "next parent"));
  if (node.standing === "ARCHIVED") made.append(pill("", "archived"));
  if (node.standing === "HELD") made.append(pill("waiting", "waits"));
  if (node.standing === "REJECTED") made.append(pill("bad", node.by ? "refused" : "rejected"));
  const what = node.standing === null ? "the base model" : node.dataId === null ? "policy" : "knowledge of " + node.dataId;
  made.append(element("span", { className: "soft" }, node.by ? what + ", decided by " + node.by : what));
  if (node.gain) {
    made.append(element("span", { className: "numbers", title: "gain on held-out documents, in points" },
      withError(node.gain.mean, node.gain.standardError)));
  }
  made.addEventListener("click", () => select(node));
  return made;
}

const pill = (look, text) => element("span", { className: "pill " + look }, text);

// Accuracies before and after, the weight change, what the guards found, and some answers.
function evidence(view) {
  const parts = [];
  if (view.comparisons.length) {
    parts.push(element("table", { className: "evidence" },
      element("thead", {}, element("tr", {}, ...["closed-book accuracy", "before", "after", "points"].map((name, i) =>
        element("th", { scope: "col", className: i ? "number" : "" }, name)))),
      element("tbody", {}, ...view.comparisons.map(comparison))));
  }
  for (const alarm of view.alarms) parts.push(element("p", { className: "alarm" }, "Guard: " + alarm.finding));
  if (view.failure) parts.push(element("p", { className: "alarm" }, "Could not be measured: " + view.failure));
  if (view.norm !== null) {
    parts.push(element("p", { className: "soft" }, `Weights change by norm ${view.norm.toPrecision(3)} (largest singular `
      + `value ${view.largestSingularValue.toPrecision(3)}); words diverge by ${view.divergence.toPrecision(3)} nats a token.`));
  }
  if (view.answers.length) {
    parts.push(element("details", { open: true }, element("summary", {}, "Some answers before and after"),
      ...view.answers.map((answer) => element("dl", {},
        element("dt", {}, answer.question),
        element("dd", {}, (answer.labelFree ? "expected (by the model itself): " : "expected: ") + answer.expected),
        element("dd", {}, "before: " + answer.before),
        element("dd", {}, "after: " + answer.after)))));
  }
  return parts;
}

function comparison({ what, before, after, standardError }) {
  const look = after < before ? "down" : after > before ? "up" : "";
  return element("tr", {},
    element("td", {}, what),
    element("td", { className: "number" }, percent(before)),
    element("td", { className: "number" }, percent(after)),
    element("td", { className: "number " + look }, withError(after - before, standardError)));
}

// A form that asks who and why; each button sends one decision.
function decisionForm(buttons) {
  const by = element("input", {
    name: "by", placeholder: "Who decides", readOnly: person !== null,
    value: person ?? localStorage.getItem(REMEMBERED_NAME) ?? "",
  });
  const why = element("input", { name: "reason", placeholder: "Why, in a sentence; kept in the lineage for ever" });
  const told = element("div", { role: "status", className: "answer" });
  const form = element("form", { className: "decision" },
    element("label", { className: "who" }, "By ", by), element("label", { className: "why" }, "Why ", why));
  for (const { text, look, path, body, done } of buttons) {
    const button = element("button", { type: "button", className: look }, text);
    button.addEventListener("click", async () => {
      if (person === null) localStorage.setItem(REMEMBERED_NAME, by.value);
      const { good, problems } = await post(path, { ...body, lineage: shown.lineage, by: by.value, reason: why.value });
      tell(told, good, good ? [done] : problems);
    });
    form.append(button);
  }
  form.addEventListener("submit", (submitted) => submitted.preventDefault());
  form.append(told);
  return form;
}

const cards = new Map(); // by candidate and the head it was measured on, so that half-written reasons survive news
const cardKey = (view) => view.candidateId + " on " + view.onVersion;

function waitingCard(view) {
  const vote = (approved) => ({
    path: "api/approvals",
    body: { candidateId: view.candidateId, approved },
    done: "Handed to the gate. What it decides shows in the lineage.",
  });
  return element("article", { className: "candidate" },
    element("h3", {}, view.dataId === null ? "A policy" : "Knowledge of " + view.dataId,
      element("span", { className: "soft" }, ` ${view.candidateId}, measured on ${versionName(view.onVersion)}`)),
    ...evidence(view),
    decisionForm([
      { text: "Approve", look: "", ...vote(true) },
      { text: "Reject", look: "refuse", ...vote(false) },
    ]));
}

function drawWaiting(lineage) {
  $("waiting-card").hidden = lineage.waiting.length === 0;
  const keys = new Set(lineage.waiting.map(cardKey));
  for (const key of cards.keys()) if (!keys.has(key)) cards.delete(key);
  for (const view of lineage.waiting) if (!cards.has(cardKey(view))) cards.set(cardKey(view), waitingCard(view));
  $("waiting").replaceChildren(...cards.values());
}

async function select(node) {
  selected = selected === keyOf(node) ? null : keyOf(node);
  drawTree(shown);
  if (selected === null) return $("node").replaceChildren();
  const parts = [];
  if (node.candidateId !== null) {
    const query = new URLSearchParams({ id: node.candidateId, lineage: shown.lineage });
    const response = await fetch("api/lineage/candidate?" + query);
    if (!response.ok) return;
    const view = await response.json();
    if (view.person) parts.push(element("p", {}, `Decided by ${view.person.by}: ${view.person.reason}`));
    if (!view.person || !view.reason.endsWith(view.person.reason)) parts.push(element("p", {}, view.reason));
    parts.push(...evidence(view));
  }
  if (node.version !== null && node.version !== shown.head) {
    parts.push(decisionForm([{
      text: `Make ${versionName(node.version)} the head`,
      look: "refuse",
      path: "api/rollbacks",
      body: { toVersion: node.version },
      done: "Handed to the gate. The head moves in a moment.",
    }]));
  }
  const name = node.version === null ? node.candidateId : "Version " + node.version;
  $("node").replaceChildren(element("h3", {}, name), ...parts);
}

let wanted = false;

// Decisions come in bursts; the lineage is fetched once for all of them.
function refresh() {
  if (wanted) return;
  wanted = true;
  setTimeout(async () => {
    wanted = false;
    const response = await fetch("api/lineage").catch(() => null);
    if (!response?.ok) return;
    shown = await response.json();
    drawWaiting(shown);
    drawTree(shown);
  }, 250);
}

document.addEventListener("decided", refresh);
document.addEventListener("person", ({ detail }) => {
  person = detail;
  if (person === null) return;
  for (const by of document.querySelectorAll(".decision input[name=by]")) Object.assign(by, { value: person, readOnly: true });
});
refresh();
