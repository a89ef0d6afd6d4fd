// Five small comforts; every page works without them.
"use strict";

// A new CAPTCHA without sending the form, so that typed passwords stay.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-refresh]");
  if (!button) return;
  event.preventDefault();
  const form = button.form;
  const body = new FormData();
  for (const name of ["csrf_token", "captcha_id"]) body.append(name, form.elements[name].value);
  const reply = await fetch(button.dataset.refresh, { method: "POST", body }).catch(() => null);
  if (!reply || !reply.ok) {
    form.requestSubmit(button);
    return;
  }
  const fresh = await reply.json();
  form.elements.captcha_id.value = fresh.captcha_id;
  form.elements.captcha.value = "";
  document.getElementById("captcha-picture").src = fresh.picture;
  document.getElementById("captcha-sound").href = fresh.sound;
  const answer = document.getElementById("captcha-answer");
  if (answer) answer.textContent = fresh.answer;
  const status = document.getElementById("captcha-status");
  status.textContent = status.dataset.refreshed;
  form.elements.captcha.focus();
});

// The second press of a double click is not sent; the portal would answer it as well as the first.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 2000);
});

// The code is read out on this page, so that nothing typed is lost.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#captcha-sound");
  if (!link) return;
  event.preventDefault();
  const sound = new Audio(link.href);
  link.dataset.playing = "yes";  // seen, not announced: a screen reader would talk over the code
  sound.addEventListener("ended", () => delete link.dataset.playing);
  sound.play().catch(() => {
    delete link.dataset.playing;
    window.open(link.href);
  });
});

// Back to a page that answered a form looks at it anew; the browser would show an error of its own. Until the visitor
// leaves it, it stays the answer, so that a refresh sends the form again.
const leave = () => history.replaceState(history.state, "");
document.addEventListener("submit", leave);
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href]:not([href^="#"], [target])')) leave();
});

// Back after logging off must ask the portal again, even where the browser kept the page.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
