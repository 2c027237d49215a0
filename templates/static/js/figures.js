/* Figures as the pages write them: render/formats.py once more, for those that are worked out in the browser.

   The locale and the currency stand on <html data-locale="de-DE" data-currency="EUR">, the words for thousands,
   millions and billions on this script's own tag: data-thousand="k" data-million="m" data-billion="bn". */
"use strict";

const Figures = (() => {
  const DASH = "–";
  const { locale = "en-US", currency = "USD" } = document.documentElement.dataset;
  const { thousand = "k", million = "m", billion = "bn" } = document.currentScript.dataset;

  // As text, and without what the last bits of a sum lose: a browser then rounds the decimals as they are written,
  // halves away from zero, as the pages do.
  const formatted = (value, options) =>
    new Intl.NumberFormat(locale, { useGrouping: "always", ...options })
      .format(String(Number(value.toPrecision(14))))
      .replace("-", "−");

  const decimal = (value, least, most) =>
    formatted(value, { minimumFractionDigits: least, maximumFractionDigits: most });

  const rounded = (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

  const inCurrency = (value, decimals) =>
    formatted(value, {
      style: "currency",
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });

  /** A whole number: `1,234`. */
  const count = (value) => decimal(value, 0, 0);

  /** At most one decimal: `96`, `48.6`; what would round to nothing is `<0.1`. */
  const number = (value) => (value && Math.abs(value) < 0.05 ? `<${decimal(0.1, 1, 1)}` : decimal(value, 0, 1));

  /** A whole gap with its sign, `+7`, `−3`, `0`; halves down, so that done less needed is what the page says. */
  const signed = (value) => {
    const whole = Math.ceil(Number(value.toPrecision(14)) - 0.5);
    return whole > 0 ? `+${count(whole)}` : count(whole || 0);
  };

  /** One decimal always, a second where it is needed: `2.0`, `2.25`. */
  const multiplier = (value) => decimal(value, 1, 2);

  // As a plain number, rounded as it will be written.
  const atMost = (value, decimals) =>
    Number(
      new Intl.NumberFormat("en", { maximumFractionDigits: decimals, useGrouping: false }).format(String(value)),
    );

  /** Exact: `$600,000`, cents only where there are any. */
  const money = (value) => {
    const usual = new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions();
    const digits = usual.maximumFractionDigits;
    return inCurrency(value, Number.isInteger(atMost(value, digits)) ? 0 : digits);
  };

  /** Three digits from a million on, thousands below: `$2.86m`, `$674k`, `$950`. */
  const moneyShort = (value) => {
    const exact = Math.abs(value);
    const sign = value < 0 ? "−" : "";
    if (exact < 1e3) return inCurrency(rounded(value), 0);
    const thousands = rounded(exact / 1e3);
    if (thousands < 1e3) return sign + withSuffix(inCurrency(thousands, 0), thousand);
    const size = Number(exact.toPrecision(3));
    const [unit, suffix] = size >= 1e9 ? [1e9, billion] : [1e6, million];
    const scaled = size / unit;
    const decimals = exact % unit === 0 ? 0 : Math.max(2 - Math.floor(Math.log10(scaled)), 0);
    return sign + withSuffix(inCurrency(scaled, decimals), suffix);
  };

  // The currency may stand before or behind: the suffix follows the last digit.
  const withSuffix = (text, suffix) => text.replace(/(\d)(?!.*\d)/u, (digit) => digit + suffix);

  /** A share as a whole percentage whose 0 and 100 are never rounded to. */
  const percent = (share) => {
    const whole = rounded(share * 100);
    const shown = share > 0 && share < 1 ? Math.min(Math.max(whole, 1), 99) : whole;
    return formatted(shown / 100, { style: "percent", maximumFractionDigits: 0 });
  };

  /** A pattern with its values: `{shown} of {all} shown`. */
  const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/gu, (whole, name) => values[name] ?? whole);

  const as = { count, number, signed, money, "money-short": moneyShort, multiplier, percent };
  return { DASH, locale, as, filled };
})();
