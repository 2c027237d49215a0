/* Light or dark: the system's preference, or the reader's own choice, which this browser remembers.

   Loaded in the head, before anything is drawn, so that a page never flashes in the other colours. It sets
   `data-theme` on <html> to "light" or "dark"; without it colours.css follows the system. The page offers a place and
   the words for the switch, which does nothing without script and so is made here:

     <div data-theme-switch data-label="Colours" data-system="as the system" data-light="light" data-dark="dark"></div>

   Where the browser keeps nothing (a private window, a locked-down kiosk), the choice holds for the page. */
"use strict";

(() => {
  const KEY = "milestone-reports.theme";
  const CHOICES = ["system", "light", "dark"];
  const root = document.documentElement;

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const remember = (choice) => {
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // The choice holds for this page only.
    }
  };

  const known = (choice) => (CHOICES.includes(choice) ? choice : "system");

  const show = (choice) => {
    if (choice === "system") delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const input of document.querySelectorAll("[data-theme-switch] input")) input.checked = input.value === choice;
  };

  const option = (choice, says) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "theme", value: choice, autocomplete: "off" });
    input.addEventListener("change", () => {
      remember(choice);
      show(choice);
    });
    label.append(input, ` ${says}`);
    return label;
  };

  const fill = (place) => {
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = place.dataset.label;
    group.append(legend, ...CHOICES.map((choice) => option(choice, place.dataset[choice])));
    place.append(group);
  };

  show(known(remembered()));
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-switch]").forEach(fill);
    show(known(root.dataset.theme));
  });
  // Chosen in another window: this one follows.
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) show(known(remembered()));
  });
})();
