// What every part of the page is made of. Everything from the server goes into text nodes, never into markup.

export const $ = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function svg(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}

export const percent = (value) => (100 * value).toFixed(1) + " %";
export const points = (value) => (value < 0 ? "−" : "+") + (100 * Math.abs(value)).toFixed(1);
export const withError = (value, error) => points(value) + (error === null ? "" : " ± " + (100 * error).toFixed(1));
export const versionName = (version) => (version === 0 ? "the base model" : "version " + version);

export const signIn = () => location.assign("login.html");

// Sends JSON; returns what to tell: whether it was accepted, the answer's body, and what was wrong.
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status === 401) signIn();
    const answer = await response.json();
    return response.ok ? { good: true, answer, problems: [] } : { good: false, problems: answer.problems.map(sentence) };
  } catch (fault) {
    return { good: false, problems: ["The console did not answer: " + fault.message] };
  }
}

const sentence = (problem) =>
  `${problem.thing.replace(/^document\./, "")} is ${problem.value}; allowed: ${problem.allowed}; ${problem.remedy}.`;

export function tell(place, good, lines) {
  place.className = "answer " + (good ? "good" : "bad");
  place.replaceChildren(...lines.map((line) => element("p", {}, line)));
}
