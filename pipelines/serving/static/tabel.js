// Sorts the table by a column. Without this script the table stands in the order of its areas.
"use strict";

const table = document.getElementById("tabel");
const body = table.tBodies[0];
const inOrder = Array.from(body.rows);

function keyOf(row, column) {
  const cell = row.cells[column];
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  return cell.classList.contains("number") ? null : cell.textContent.trim();
}

function compare(a, b) {
  if (a === null || b === null) return (a === null) - (b === null); // what has no figure stands last
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "id", { numeric: true });
}

function sortBy(heading, column) {
  const next = { none: "ascending", ascending: "descending", descending: "none" }[heading.getAttribute("aria-sort") || "none"];
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  let rows = inOrder.slice();
  if (next !== "none") {
    heading.setAttribute("aria-sort", next);
    const turn = next === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      const [x, y] = [keyOf(a, column), keyOf(b, column)];
      return x === null || y === null ? compare(x, y) : turn * compare(x, y);
    });
  }
  body.append(...rows);
}

Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = heading.textContent;
  button.title = "Urutkan";
  heading.replaceChildren(button);
  button.addEventListener("click", () => sortBy(heading, column));
});
