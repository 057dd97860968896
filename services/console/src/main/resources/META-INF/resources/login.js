// Trades a token for a session, whose cookie scripts cannot read.
import { $, tell } from "./dom.js";

async function signIn(submitted) {
  submitted.preventDefault();
  const form = submitted.target;
  const button = form.querySelector("button");
  button.disabled = true;
  const problem = await refusal(form.token.value);
  button.disabled = false;
  if (problem === null) return location.replace("./");
  form.reset();
  form.token.focus();
  tell($("answer"), false, [problem]);
}

// Null when the session has begun.
async function refusal(token) {
  try {
    const response = await fetch("api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return null;
    if (response.status === 401) return "No token of this console. Ask whoever runs it for yours.";
    return "The console did not accept it: " + (await response.json()).problems[0].remedy;
  } catch (fault) {
    return "The console did not answer: " + fault.message;
  }
}

$("login").addEventListener("submit", signIn);
