// Makes things quicker, never possible: every page works without this file.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const forms = "form[method=post]";

  // A form is sent once, however often somebody clicks.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(forms) || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    all("button:not([type=button])", form).forEach((b) => b.setAttribute("aria-busy", "true"));
  });
  // Coming back by the browser's own button, the form may be sent again.
  addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("[aria-busy]", form).forEach((b) => b.removeAttribute("aria-busy"));
    });
  });

  // Text that was written but not sent.
  const unsaved = (area) => area.value !== area.defaultValue && !area.form.dataset.sent;
  addEventListener("beforeunload", (event) => {
    if (all(`${forms} textarea`).some(unsaved)) event.preventDefault();
  });

  // <textarea data-limit="2000" data-limit-note="id"> says how much room is left.
  const room = (area) => {
    const note = document.getElementById(area.dataset.limitNote);
    if (note) note.textContent = `${area.value.length} / ${area.dataset.limit}`;
  };
  document.addEventListener("input", (event) => event.target.dataset?.limit && room(event.target));
  all("textarea[data-limit]").forEach(room);

  // Buttons that need this file are hidden without it.
  all("[data-needs-script]").forEach((element) => (element.hidden = false));
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = document.getElementById(copy.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
        document.getElementById(`${copy.dataset.copy}-copied`).textContent = copy.dataset.copied;
      } catch {
        getSelection().selectAllChildren(source);
      }
    }
    if (event.target.closest("[data-print]")) print();
    all("details.menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.querySelector("[data-focus]")?.focus();
})();
