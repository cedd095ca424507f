"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const cards = all("article.finding");
  const filters = all("input[data-filter]");
  const shown = document.getElementById("shown");
  const hiddenKinds = () => new Set(filters.filter((f) => !f.checked).map((f) => f.dataset.filter));

  const applyFilters = () => {
    const hide = hiddenKinds();
    let visible = 0;
    for (const card of cards) {
      card.hidden = hide.has(card.dataset.severity);
      visible += card.hidden ? 0 : 1;
    }
    for (const box of all("details.notes")) box.hidden = hide.has("note");
    for (const group of all("section.group")) {
      group.hidden = !group.querySelector("article.finding:not([hidden])");
    }
    if (shown) shown.textContent = visible === cards.length ? "" : `${visible} of ${cards.length} shown`;
  };

  const reveal = (target) => {
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    const card = target.closest("article.finding");
    if (card && card.hidden) {
      const filter = filters.find((f) => f.dataset.filter === card.dataset.severity);
      if (filter) filter.checked = true;
      applyFilters();
    }
  };

  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };

  // A closed list of notes is one stop: its summary.
  const stops = () =>
    all("article.finding, details.notes > summary").filter((stop) => {
      if (stop.closest("[hidden]")) return false;
      const box = stop.closest("details.notes");
      return stop.tagName === "SUMMARY" ? !box.open : !box || box.open;
    });

  const move = (step) => {
    const list = stops();
    if (!list.length) return;
    const at = document.activeElement;
    const inside = list.findIndex((stop) => stop === at || stop.contains(at));
    let next = inside + step;
    if (inside < 0) {
      const after = list.findIndex(
        (stop) => at.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
      const ahead = after < 0 ? list.length : after;
      next = step > 0 ? ahead : ahead - 1;
      if (at === document.body || at.closest(".toolbar")) next = current(list, step);
    }
    const stop = list[Math.max(0, Math.min(next, list.length - 1))];
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "start" });
    last = stop;
  };

  let last = null;
  const current = (list, step) => {
    const index = last ? list.indexOf(last) : -1;
    return index < 0 ? (step > 0 ? 0 : list.length - 1) : index + step;
  };

  const copy = async (button) => {
    const text = button.parentElement.querySelector("pre");
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(text);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      button.textContent = document.execCommand("copy") ? "Copied" : "Selected: copy with the keyboard";
    }
    setTimeout(() => (button.textContent = "Copy"), 2500);
  };

  const theme = document.getElementById("theme");
  const darkNow = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const labelTheme = () => (theme.textContent = darkNow() ? "Light theme" : "Dark theme");

  for (const control of all(".toolbar, #theme, button[data-copy]")) control.hidden = false;
  labelTheme();
  theme.addEventListener("click", () => {
    root.dataset.theme = darkNow() ? "light" : "dark";
    labelTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", labelTheme);
  for (const filter of filters) filter.addEventListener("change", applyFilters);
  applyFilters();

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.hasAttribute("data-copy")) copy(button);
    else if (button && button.dataset.move) move(Number(button.dataset.move));
    const anchor = event.target.closest("a[href^='#']");
    if (anchor && anchor.hash === location.hash) follow();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const keys = document.getElementById("keys");
    if (!keys || !keys.checked || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    }
  });
  addEventListener("hashchange", follow);
  if (location.hash) follow();

  // Paper has no summary to click on.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open]):not(.copy)");
    for (const box of opened) box.open = true;
  });
  addEventListener("afterprint", () => {
    for (const box of opened) box.open = false;
  });
})();
