"use strict";
// Filters the table of findings. Without this script all findings are shown.
(() => {
  const table = document.getElementById("finding-table");
  if (!table) return;
  const STEP = 50;
  const rows = Array.from(table.tBodies[0].rows);
  const form = document.getElementById("filter");
  const count = document.getElementById("filter-count");
  const more = document.getElementById("more");
  const text = document.getElementById("filter-text");
  const choices = ["level", "rule", "moderator", "period"].map((name) => ({
    name,
    select: document.getElementById("filter-" + name),
  }));
  const words = new Map();
  let limit = STEP;

  const wordsOf = (row) => {
    if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
    return words.get(row);
  };

  const show = () => {
    const wanted = text.value.trim().toLowerCase();
    let found = 0;
    for (const row of rows) {
      const fits =
        choices.every(({ name, select }) => !select.value || row.dataset[name] === select.value) &&
        (!wanted || wordsOf(row).includes(wanted));
      if (fits) found += 1;
      row.hidden = !fits || found > limit;
    }
    const shown = Math.min(found, limit);
    const filtered = wanted || choices.some(({ select }) => select.value);
    const number = (value) => value.toLocaleString("en");
    count.textContent = found
      ? `${number(shown)} of ${number(found)} findings${filtered ? " that match" : ""}`
      : "No finding matches.";
    more.hidden = found <= limit;
  };

  const restart = () => {
    limit = STEP;
    show();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", restart);
  form.addEventListener("reset", () => setTimeout(restart));
  more.addEventListener("click", () => {
    const first = rows.filter((row) => !row.hidden).length;
    limit += STEP;
    show();
    // The keyboard goes on where the new rows begin.
    const next = rows.filter((row) => !row.hidden)[first];
    const summary = next && next.querySelector("summary");
    if (summary) summary.focus();
  });
  show();
})();
