/* Tables that can be sorted and filtered, with totals that follow. docs/pages.md has the contract with its reasons.

     <table data-table="reps" data-filter="Filter the reps">   its name in the address; its filter's label, if it has one
       <thead> one row
         <th data-sort="gap">                                  can be sorted by: a name for the address
       <tbody>
         <tr data-stay>                                        never moves, is never hidden, counts in no total
         <td data-v="-3.2">                                    what is sorted by and added up: a number or an ISO date;
                                                               empty: no value, always last; without it, the text
         <td data-num="14" data-den="26">                      a ratio's two numbers (beside data-v, to sort by)
       <tfoot>
         <td data-total="sum" data-as="money">                 the sum of data-v of the column's rows
         <td data-total="ratio" data-as="percent">             the sum of data-num over the sum of data-den
         <td data-total="none">                                cannot be told of some rows alone: a dash
                                                               data-as: count, number, signed, money, money-short or
                                                               percent; share: `14 of 26, 54%`

   aria-sort on the heading is the only state of the order: the style sheet draws the arrow from it. The words stand on
   this script's own tag: data-count, data-nothing, data-order-by, data-as-listed, data-ascending, data-descending, data-share. */
"use strict";

(() => {
  const WORDS = document.currentScript.dataset;
  const { DASH, as, filled, locale } = Figures;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });

  /** Text without case and accents, its minus signs and apostrophes as a keyboard has them. */
  const folded = (text) =>
    text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[‐−]/gu, "-").replace(/[‘’ʼ]/gu, "'").toUpperCase();

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  /** The text of a heading, a line break in it a space. */
  const plain = (heading) => {
    const copy = heading.cloneNode(true);
    copy.querySelectorAll("br").forEach((br) => br.replaceWith(" "));
    return copy.textContent.replace(/\s+/gu, " ").trim();
  };

  const columnOf = (cell) => {
    let column = 0;
    for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) {
      column += before.colSpan;
    }
    return column;
  };

  /** The cell of a row in a column: counted once through, as thousands of rows are asked. */
  const cellIn = (row, column) => {
    let after = 0;
    for (const cell of row.cells) {
      after += cell.colSpan;
      if (after > column) return cell;
    }
    return undefined;
  };

  const valueOf = (cell) => {
    const value = cell?.dataset.v ?? cell?.textContent.trim() ?? "";
    return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  };

  const compared = (one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other));

  /** The rows in the order of a column's values: those without one last, both ways; equal ones as they were. */
  const inOrder = (rows, column, descending) => {
    const valued = rows.map((row) => ({ row, value: valueOf(cellIn(row, column)) }));
    const having = valued.filter(({ value }) => value !== "");
    having.sort((one, other) => (descending ? compared(other.value, one.value) : compared(one.value, other.value)));
    return [...having, ...valued.filter(({ value }) => value === "")].map(({ row }) => row);
  };

  class Table {
    constructor(table) {
      this.table = table;
      this.name = table.dataset.table;
      this.bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
      this.rows = this.bodies.flatMap(({ rows }) => rows).filter((row) => !("stay" in row.dataset));
      this.headings = [...table.querySelectorAll("thead th[data-sort]")];
      this.totals = [...table.querySelectorAll("tfoot [data-total]")].map((cell) => ({
        cell,
        column: columnOf(cell),
        original: [...cell.childNodes],
      }));
      this.headings.forEach((heading) => this.addButton(heading));
      this.addTools();
      Address.whenRestored(() => this.restore());
      Address.whenVisited((target) => this.reveal(target));
    }

    addButton(heading) {
      const button = element("button", { type: "button", className: "sort" }, ...heading.childNodes);
      button.addEventListener("click", () => this.turn(heading));
      heading.append(button);
    }

    addTools() {
      const tools = element("div", { className: "table-tools" });
      if ("filter" in this.table.dataset) tools.append(this.filterField(), this.countLine());
      // Tables that become records hide their headings; the others keep them, and their buttons, on a phone.
      if (this.headings.length && this.table.classList.contains("stack")) tools.append(this.orderField());
      if (tools.children.length) this.table.before(tools);
      this.tools = tools;
    }

    filterField() {
      this.field = element("input", { type: "search", autocomplete: "off", spellcheck: false });
      this.field.addEventListener("input", () => this.filter());
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !this.field.value) return;
        event.preventDefault();
        this.field.value = "";
        this.filter();
      });
      return element("label", { className: "filter" }, `${this.table.dataset.filter} `, this.field);
    }

    countLine() {
      this.count = element("p", { className: "shown" });
      this.count.setAttribute("role", "status");
      this.texts = this.rows.map((row) => folded([...row.cells].map((cell) => cell.textContent).join("\n")));
      return this.count;
    }

    orderField() {
      const options = this.headings.flatMap((heading) => {
        const column = plain(heading);
        const key = heading.dataset.sort;
        return [
          new Option(filled(WORDS.ascending, { column }), key),
          new Option(filled(WORDS.descending, { column }), `-${key}`),
        ];
      });
      this.order = element("select", {}, new Option(WORDS.asListed, ""), ...options);
      this.order.addEventListener("change", () => this.sort(this.order.value));
      return element("label", { className: "order" }, `${WORDS.orderBy} `, this.order);
    }

    /** A heading's button: ascending, then descending, then the page's own order. */
    turn(heading) {
      const key = heading.dataset.sort;
      this.sort({ ascending: `-${key}`, descending: "" }[heading.getAttribute("aria-sort")] ?? key);
    }

    /** Sorts by a heading's name, with a minus before it descending; empty for the page's own order. */
    sort(by) {
      const descending = by.startsWith("-");
      const chosen = by && this.headings.find((heading) => heading.dataset.sort === by.slice(Number(descending)));
      const listed = !this.headings.some((heading) => heading.hasAttribute("aria-sort"));
      for (const heading of this.headings) {
        if (heading === chosen) heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else heading.removeAttribute("aria-sort");
      }
      for (const { body, rows } of chosen || !listed ? this.bodies : []) {
        const movable = rows.filter((row) => !("stay" in row.dataset));
        const sorted = chosen ? inOrder(movable, columnOf(chosen), descending) : movable;
        const next = sorted.values();
        const placed = document.createDocumentFragment();
        for (const row of rows) placed.append("stay" in row.dataset ? row : next.next().value);
        body.append(placed);
      }
      if (this.order) this.order.value = chosen ? by : "";
      Address.set(`${this.name}.sort`, chosen ? by : "");
    }

    filter() {
      const typed = this.field.value.trim();
      const wanted = folded(typed).split(/\s+/u);
      this.rows.forEach((row, index) => {
        row.hidden = !wanted.every((word) => this.texts[index].includes(word));
      });
      this.showTotals(Boolean(typed));
      this.tools.classList.toggle("filtered", Boolean(typed));
      this.count.textContent = this.countSays();
      Address.set(`${this.name}.filter`, typed);
    }

    countSays() {
      const shown = this.rows.filter((row) => !row.hidden).length;
      if (!shown && this.rows.length) return WORDS.nothing;
      const values = { shown: as.count(shown), all: as.count(this.rows.length) };
      return filled(this.table.dataset.count ?? WORDS.count, values);
    }

    showTotals(filtered) {
      const shown = this.rows.filter((row) => !row.hidden);
      for (const { cell, column, original } of this.totals) {
        const cells = shown.map((row) => cellIn(row, column)).filter(Boolean);
        if (filtered) cell.textContent = this.total(cell.dataset, cells);
        else cell.replaceChildren(...original);
      }
    }

    /** What stands in the footer for some cells of its column: a dash where none of them has a figure. */
    total({ total, as: form = "number" }, cells) {
      const sum = (name) => {
        const figures = cells.map((cell) => cell.dataset[name] ?? "").filter((figure) => figure !== "");
        return figures.length ? figures.reduce((all, figure) => all + Number(figure), 0) : null;
      };
      if (total === "none") return DASH;
      if (total === "sum") return sum("v") === null ? DASH : as[form](sum("v"));
      const part = sum("num");
      const whole = sum("den");
      if (!whole) return DASH;
      const percent = as.percent(part / whole);
      return form === "share"
        ? filled(WORDS.share, { part: as.count(part), whole: as.count(whole), percent })
        : percent;
    }

    /** As the address says. */
    restore() {
      this.sort(Address.get(`${this.name}.sort`) ?? "");
      if (!this.field) return;
      this.field.value = Address.get(`${this.name}.filter`) ?? "";
      this.filter();
    }

    /** A row that is visited is shown: the filter that hid it is lifted. */
    reveal(target) {
      const row = target.closest("tr[hidden]");
      if (!row || !this.table.contains(row) || !this.field) return;
      this.field.value = "";
      this.filter();
    }
  }

  for (const table of document.querySelectorAll("table[data-table]")) {
    const made = new Table(table);
    if (made.field) made.filter();
  }
})();
