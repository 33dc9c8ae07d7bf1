"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Filters: a record is seen while the boxes of its kind and of its status are checked.
const hidden = new Set();
const tally = document.querySelector("form.filters output");
function applyFilters() {
  for (const shown of all("mark, tbody tr[class], li.deadline, li.project")) {
    const hide = [...shown.classList].some((name) => hidden.has(name));
    if (shown.tagName === "MARK") shown.classList.toggle("off", hide);
    else shown.hidden = hide;
  }
  const rows = all(".records tbody tr");
  tally.textContent = `${rows.filter((row) => !row.hidden).length} / ${rows.length} ${tally.dataset.words}`;
}
for (const box of all("input[data-hide]")) {
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(box.dataset.hide);
    else hidden.add(box.dataset.hide);
    applyFilters();
  });
}
const style = document.createElement("style");
style.textContent = "mark.off { background: none; border: 0; font-weight: inherit; outline: 0; }";
document.head.append(style);

// A place inside something folded is unfolded before it is gone to.
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = [];
  for (let box = place; box; box = box.parentElement) if (box.tagName === "DETAILS" && !box.open) folded.push(box);
  for (const box of folded) box.open = true;
  if (folded.length) place.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// The card: what is known of the record that was clicked, and the ways to its two places.
const card = document.getElementById("card");
let opener = null;
function showCard(link) {
  const id = link.hash.slice(1);
  const row = document.getElementById(id.replace(/[tw](\d+)$/, "r$1"));
  const heads = all("th", row.closest("table")).map((head) => head.textContent);
  const facts = document.createElement("dl");
  [...row.cells].forEach((cell, at) => {
    if (!cell.textContent || cell.querySelector("a")) return;
    const name = document.createElement("dt");
    const said = document.createElement("dd");
    name.textContent = heads[at];
    said.textContent = cell.textContent;
    facts.append(name, said);
  });
  const ways = document.createElement("p");
  const [text, raw] = all("a", row).map((a) => a.cloneNode(true));
  const words = document.createElement("strong");
  words.textContent = text.textContent;
  text.textContent = card.dataset.text;
  raw.textContent = `${card.dataset.raw} (${raw.textContent})`;
  ways.append(words, " · ", text, " · ", raw);
  card.firstElementChild.replaceChildren(ways, facts);
  opener = link;
  card.show();
  text.focus();
}
function closeCard(back) {
  if (!card.open) return;
  card.close();
  if (back && opener) opener.focus();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("mark a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    showCard(link);
  } else if (event.target.closest("#card a")) closeCard(false);
  else if (event.target.closest("#card button")) closeCard(true);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeCard(true);
});

// Sorting: numbers by value, the unknown last; all else by words. A second click turns it round.
for (const table of all("table.sortable")) {
  const heads = all("th", table);
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
      const numeric = rows.some((row) => row.cells[column].dataset.sort);
      const order = numeric ? (a, b) => a - b : (a, b) => a.localeCompare(b, "zh");
      rows.sort((a, b) => {
        const [left, right] = [key(a), key(b)];
        if (!left || !right) return !left - !right;
        return down ? order(right, left) : order(left, right);
      });
      table.tBodies[0].append(...rows);
    });
  });
}

// Copying: the visible rows, cells apart by tabs, as spreadsheets take them; beside a value with its unit the number
// alone. What of all else looks like a formula gets an apostrophe, by the rule that the CSV files have, too.
for (const line of all("p.copy")) {
  const [button, said] = line.children;
  const table = line.parentElement.querySelector("table.sortable");
  const formula = new RegExp(line.dataset.formula, "u");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const rows = [...table.rows].filter((row) => !row.hidden);
    const cells = (cell) => {
      const text = cell.textContent.replace(/\s+/g, " ").trim();
      const number = cell.dataset.sort ?? cell.dataset.number;
      return number === undefined ? [formula.test(text) ? `'${text}` : text] : [text, number];
    };
    const text = rows.map((row) => [...row.cells].flatMap(cells).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    said.textContent = `${rows.length - 1} ${said.dataset.words}`;
  });
}
