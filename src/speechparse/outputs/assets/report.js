"use strict";
// Filters: a record is seen while the boxes of its kind and of its status are checked.
const hidden = new Set();
function applyFilters() {
  for (const shown of document.querySelectorAll("mark, tbody tr[class], li.deadline, li.project")) {
    const hide = [...shown.classList].some((name) => hidden.has(name));
    if (shown.tagName === "MARK") shown.classList.toggle("off", hide);
    else shown.hidden = hide;
  }
}
for (const box of document.querySelectorAll("input[data-hide]")) {
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(box.dataset.hide);
    else hidden.add(box.dataset.hide);
    applyFilters();
  });
}
const style = document.createElement("style");
style.textContent = "mark.off { background: none; border: 0; font-weight: inherit; outline: 0; }";
document.head.append(style);

// Sorting: numbers by value, all else by words; a second click turns it round.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.querySelectorAll("th")];
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows];
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
      const numeric = rows.some((row) => row.cells[column].dataset.sort !== undefined);
      rows.sort((a, b) => numeric ? (parseFloat(key(a)) || 0) - (parseFloat(key(b)) || 0) : key(a).localeCompare(key(b), "zh"));
      if (down) rows.reverse();
      body.append(...rows);
    });
  });
}

// Copying: the visible rows, cells apart by tabs, as spreadsheets take them. A cell can't become a formula.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const rows = [...button.parentElement.querySelectorAll("tr")].filter((row) => !row.hidden);
    const cell = (td) => td.textContent.replace(/[↕↑↓\s]+/g, " ").trim().replace(/^(?=[=+@\t]|-(?![\d.]))/, "'");
    const text = rows.map((row) => [...row.cells].map(cell).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  });
}
