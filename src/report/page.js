/* What a page adds where scripts run: sorting, lighting up what belongs together, and a switch
   between light and dark. Without it nothing is missing to read. It keeps nothing and asks for
   nothing. */
"use strict";
(function () {
  var root = document.documentElement;

  function themeSwitch() {
    var button = document.createElement("button");
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    function isDark() {
      return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
    }
    function name() {
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
    }
    button.type = "button";
    button.className = "theme";
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      name();
    });
    dark.addEventListener("change", name);
    name();
    document.querySelector("header").appendChild(button);
  }

  function value(row, column) {
    var text = row.cells[column] ? row.cells[column].textContent.trim() : "";
    var number = parseFloat(text.replace(/,/g, ""));
    return { text: text, number: number };
  }

  function compare(a, b) {
    var numbers = !isNaN(a.number) && !isNaN(b.number);
    if (numbers && a.number !== b.number) return a.number - b.number;
    if (isNaN(a.number) !== isNaN(b.number)) return isNaN(a.number) ? 1 : -1;
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  }

  function sortBy(table, column, heading) {
    var down = heading.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows).map(function (row, at) {
      return { row: row, at: at, value: value(row, column) };
    });
    rows.sort(function (a, b) {
      var order = compare(a.value, b.value) || a.at - b.at;
      return down ? -order : order;
    });
    rows.forEach(function (one) { body.appendChild(one.row); });
    table.querySelectorAll("th[aria-sort]").forEach(function (th) { th.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  /* A cell left empty says "as above": such a table keeps its order. */
  function isSortable(table) {
    if (table.tBodies.length !== 1 || table.tBodies[0].rows.length < 3) return false;
    return Array.prototype.every.call(table.tBodies[0].rows, function (row) {
      return row.cells[0].textContent.trim() !== "" && row.cells[0].textContent.trim() !== "...";
    });
  }

  function sorting(table) {
    table.querySelectorAll("thead th").forEach(function (heading) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = "Sort";
      heading.dataset.name = heading.textContent; /* for paper, where there are no buttons */
      button.textContent = heading.textContent;
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () { sortBy(table, heading.cellIndex, heading); });
    });
  }

  /* The entry that a link leads to, and every other link to it. */
  function light(link, on) {
    var id = link.getAttribute("href").slice(1);
    var entry = document.getElementById(id);
    if (entry && entry.tagName === "TR") entry.classList.toggle("lit", on);
    document.querySelectorAll('a[href="#' + id + '"]').forEach(function (other) {
      other.classList.toggle("lit", on);
    });
  }

  function lighting(link) {
    ["mouseenter", "focus"].forEach(function (event) {
      link.addEventListener(event, function () { light(link, true); });
    });
    ["mouseleave", "blur"].forEach(function (event) {
      link.addEventListener(event, function () { light(link, false); });
    });
  }

  themeSwitch();
  document.querySelectorAll("main table").forEach(function (table) {
    if (isSortable(table)) sorting(table);
  });
  document.querySelectorAll('td a[href^="#"], th a[href^="#"], li a[href^="#"], p a[href^="#"]').forEach(lighting);
})();
