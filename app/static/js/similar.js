// Shows public proposals like the title that is being typed. Without it they stand there once the
// draft is kept, and in the preview.
(() => {
  "use strict";
  const box = document.querySelector("[data-similar]");
  const title = box?.closest("form")?.elements.title;
  if (!title) return;
  const says = document.querySelector("[data-similar-says]");
  const PAUSE = 400;
  let waiting, running;
  let asked = title.value.trim();

  const look = async () => {
    const typed = title.value.trim();
    if (typed === asked) return;
    asked = typed;
    running?.abort();
    running = new AbortController();
    const address = new URL(box.dataset.similar, location);
    address.searchParams.set("title", typed);
    try {
      const answer = await fetch(address, { signal: running.signal });
      if (!answer.ok || answer.redirected) return;
      box.innerHTML = await answer.text();
      says.textContent = box.querySelector("h2")?.textContent ?? "";
    } catch (error) {
      // A newer title has been asked for, or the network is away: typing on asks again.
      if (error.name !== "AbortError") asked = undefined;
    }
  };

  title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
})();
