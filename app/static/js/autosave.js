// Keeps the words of <form data-autosave> as a draft while they are typed. Without it there is a button.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const says = form?.querySelector("[data-autosave-says]");
  if (!says) return;
  const PAUSE = 3000;
  // By attribute: form.action is the button of that name.
  const address = form.getAttribute("action");
  let waiting, running, stopped, button;

  const save = async () => {
    if (running || stopped || form.dataset.sent) return;
    running = true;
    const typed = new FormData(form);
    typed.set("action", "autosave");
    try {
      const answer = await fetch(address, { method: "POST", body: typed });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      says.textContent = told.said || says.dataset.failed;
      if (answer.ok) {
        form.elements.edition.value = told.edition;
        form.querySelectorAll("textarea").forEach((area) => {
          if (area.value === String(typed.get(area.name)).replace(/\r\n/g, "\n")) area.defaultValue = area.value;
        });
      }
      // An older text never replaces a newer one: from here on a person decides.
      if (answer.status === 409) stopped = true;
    } catch {
      says.textContent = says.dataset.failed;
    }
    running = false;
    if (button) form.requestSubmit(button);
  };

  // What is sent by hand waits for a save under way, so that the two are not taken for rivals.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!running) return;
    event.preventDefault();
    button = event.submitter;
  });

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
})();
