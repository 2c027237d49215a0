/* The what-if of the planning page: what a track's year would be with other figures, at once.

     <form data-what-if='{"annual_target": ..., "average_contract_value": ..., "contracts_a_year": ...,
                          "per_contract": [...], "n_reps": ..., "selling_weeks": ...}' id="what-if-1" hidden>
       <input type="range" name="target"> <input type="number" name="target" data-as="money"     a pair a dial, and what
                                                 data-expected="Target a year: …">               is said of what cannot be
       <p class="expected" role="status">                                                        where it is said
       <output data-answer="a-week">                                                             a place an answer

   Dials: target, average, multiplier, gate-1 to gate-n (in percent), reps, weeks. Only what differs from the year as it
   is is kept, and in the address: `#?what-if-1.reps=9`. The arithmetic is that of metrics/plan.py and metrics/quota.py;
   a test holds the two against each other. Without script the table of single changes stands alone. */
"use strict";

const WhatIf = (() => {
  const POINT = 0.01;
  const isGate = (name) => name.startsWith("gate-");

  const sum = (figures) => figures.reduce((all, figure) => all + figure, 0);
  const product = (figures) => figures.reduce((all, figure) => all * figure, 1);

  /** The conversions from gate to gate that the milestones to a contract stand for. */
  const ratesOf = (perContract) => perContract.slice(1).map((after, gate) => after / perContract[gate]);

  /** The milestones that a contract takes: before each gate as many more as it loses. */
  const perContractOf = (rates, last) => rates.reduceRight((after, rate) => [after[0] / rate, ...after], [last]);

  /** The one rate of every gate that a multiplier stands for (method.md §2). */
  const gateRate = (milestones, multiplier) => {
    const wanted = milestones * multiplier;
    if (milestones === 1 || multiplier <= 1) return 1;
    let [low, high] = [1, wanted];
    while (high - low > 1e-15 * high) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      let takes = 0;
      for (let power = 0; power < milestones; power += 1) takes += middle ** power;
      if (takes < wanted) low = middle;
      else high = middle;
    }
    return 2 / (low + high);
  };

  /** The figures of a year: those it starts from, some changed; a multiplier sets every gate, a gate itself alone. */
  const yearOf = (start, changes = {}) => {
    const milestones = start.per_contract.length;
    const now = ratesOf(start.per_contract);
    const set = changes.multiplier === undefined ? now : now.map(() => gateRate(milestones, changes.multiplier));
    const rates = set.map((rate, gate) => changes[`gate-${gate + 1}`] ?? rate);
    const perContract = perContractOf(rates, start.per_contract.at(-1));
    const target = changes.target ?? start.annual_target;
    const average = start.average_contract_value === null ? null : changes.average ?? start.average_contract_value;
    return {
      target,
      average,
      rates,
      perContract,
      multiplier: sum(perContract) / milestones,
      contracts: average === null ? target : target / average,
      reps: changes.reps ?? start.n_reps,
      weeks: changes.weeks ?? start.selling_weeks,
    };
  };

  /** What such a year asks for, and what the first milestones that each rep has in a week today would bring in it. */
  const answersOf = (start, changes = {}) => {
    const now = yearOf(start);
    const year = yearOf(start, changes);
    const aYear = year.perContract.map((milestones) => milestones * year.contracts);
    const effort = (year.reps * year.weeks) / (now.reps * now.weeks);
    const brought = start.contracts_a_year * effort * (product(year.rates) / product(now.rates));
    const inMoney = (contracts) => (year.average === null ? null : contracts * year.average);
    const points = year.rates.map((rate) => (rate < 1 ? brought * (Math.min(rate + POINT, 1) / rate - 1) : null));
    return {
      aWeek: sum(aYear) / year.weeks,
      aWeekEach: sum(aYear) / year.weeks / year.reps,
      firstAMonth: aYear[0] / 12,
      asked: year.contracts,
      brought,
      revenue: inMoney(brought),
      stages: aYear.map((milestones) => ({ aYear: milestones, aWeek: milestones / year.weeks })),
      points: points.map((contracts) => ({ contracts, revenue: contracts === null ? null : inMoney(contracts) })),
    };
  };

  return { answersOf, yearOf, isGate };
})();

(() => {
  const { DASH, as } = Figures;
  const DECIMALS = { money: 2, multiplier: 2, percent: 1, number: 1, count: 1 };

  const said = (figure, form) => (Number.isFinite(figure) ? form(figure) : DASH);

  const more = (figure, form) => {
    if (!Number.isFinite(figure)) return DASH;
    const text = form(figure);
    return text.startsWith("<") ? text : `+${text}`;
  };

  /** One figure that can be changed, with a slider and a field that say the same. */
  class Dial {
    constructor(name, range, field, { changed, entered }) {
      Object.assign(this, { name, range, field });
      field.addEventListener("focus", entered);
      range.addEventListener("input", () => changed(this, this.taken(range), range));
      field.addEventListener("input", () => changed(this, this.taken(field), field));
      field.addEventListener("change", () => changed(this, this.taken(field), null));
    }

    get scale() {
      return WhatIf.isGate(this.name) ? 100 : 1;
    }

    get isInvalid() {
      return this.field.getAttribute("aria-invalid") === "true";
    }

    /** The figure in a control; null where it is none that can be. */
    taken(control) {
      const figure = this.known(control.valueAsNumber);
      this.field.setAttribute("aria-invalid", String(figure === null));
      return figure;
    }

    /** A number as the figure that it stands for; null where it is beyond the field's limits, or half a rep. */
    known(value) {
      const { min, max } = this.field;
      const isWithin = Number.isFinite(value) && value > 0 && value >= Number(min) && value <= Number(max);
      const isWhole = this.field.dataset.as !== "count" || Number.isInteger(value);
      return isWithin && isWhole ? value / this.scale : null;
    }

    /** Shows a figure in both, but for the one that it was just entered in. */
    show(value, entered) {
      const shown = value * this.scale;
      const form = this.field.dataset.as;
      this.range.setAttribute("aria-valuetext", as[form](form === "percent" ? value : shown));
      if (entered !== this.range) this.range.value = shown;
      if (entered === this.field) return;
      this.field.value = Number(shown.toFixed(DECIMALS[form]));
      this.field.setAttribute("aria-invalid", "false");
    }

    /** The figure that an address gives; null where it is none that can be. */
    fromText(text) {
      return text === "" ? null : this.known(Number(text));
    }
  }

  class Form {
    constructor(form) {
      this.form = form;
      this.start = JSON.parse(form.dataset.whatIf);
      this.changes = {};
      this.expected = form.querySelector(".expected");
      // What held when a field was entered: what is typed there and cannot be leaves that as it was.
      this.before = this.changes;
      this.dials = [...form.querySelectorAll("input[type=range]")].map((range) => {
        const field = form.querySelector(`input[type=number][name="${range.name}"]`);
        return new Dial(range.name, range, field, {
          changed: (dial, value, control) => this.change(dial, value, control),
          entered: () => (this.before = this.changes),
        });
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.changes = {};
        this.show(null);
      });
      Address.whenRestored(() => this.restore());
      this.show(null);
      form.hidden = false;
    }

    change(dial, value, control) {
      this.changes = value === null ? this.before : this.changed(dial, value);
      this.show(control);
    }

    /** The changes with one more, without what it makes void, and without it where it changes nothing. */
    changed(dial, value) {
      const isVoid = (name) => name === dial.name || (dial.name === "multiplier" && WhatIf.isGate(name));
      const changes = Object.fromEntries(Object.entries(this.changes).filter(([name]) => !isVoid(name)));
      const asItIs = this.figure(dial.name, WhatIf.yearOf(this.start, changes));
      return Math.abs(value - asItIs) < 1e-9 ? changes : { ...changes, [dial.name]: value };
    }

    figure(name, year) {
      return WhatIf.isGate(name) ? year.rates[Number(name.slice("gate-".length)) - 1] : year[name];
    }

    show(entered) {
      const year = WhatIf.yearOf(this.start, this.changes);
      for (const dial of this.dials) {
        dial.show(this.figure(dial.name, year), entered);
        const changed = this.changes[dial.name];
        const text = changed === undefined ? "" : String(Number((changed * dial.scale).toPrecision(12)));
        Address.set(`${this.form.id}.${dial.name}`, text);
      }
      // The one that was just entered at most: the others have just been given what they stand for.
      const invalid = this.dials.find((dial) => dial.isInvalid);
      this.expected.textContent = invalid ? invalid.field.dataset.expected : "";
      const texts = invalid ? new Map() : this.texts(WhatIf.answersOf(this.start, this.changes));
      for (const output of this.form.querySelectorAll("output")) {
        output.value = texts.get(output.dataset.answer) ?? DASH;
      }
    }

    texts(answers) {
      const texts = new Map([
        ["a-week", said(answers.aWeek, as.number)],
        ["a-week-each", said(answers.aWeekEach, as.number)],
        ["first-a-month", said(answers.firstAMonth, as.number)],
        ["contracts-asked", said(answers.asked, as.number)],
        ["contracts-brought", said(answers.brought, as.number)],
      ]);
      if (answers.revenue !== null) texts.set("revenue-brought", said(answers.revenue, as["money-short"]));
      answers.stages.forEach(({ aYear, aWeek }, index) => {
        texts.set(`year-${index + 1}`, said(aYear, as.count)).set(`week-${index + 1}`, said(aWeek, as.number));
      });
      answers.points.forEach(({ contracts, revenue }, index) => {
        texts.set(`point-${index + 1}`, more(contracts, as.number));
        texts.set(`point-revenue-${index + 1}`, more(revenue, as["money-short"]));
      });
      return texts;
    }

    /** As the address says. */
    restore() {
      const found = Address.under(`${this.form.id}.`);
      const valued = this.dials.map((dial) => [dial.name, dial.fromText(found.get(dial.name) ?? "")]);
      this.changes = Object.fromEntries(valued.filter(([, value]) => value !== null));
      this.show(null);
    }
  }

  for (const form of document.querySelectorAll("form[data-what-if]")) new Form(form);
})();
