/* The part of the address behind #: a place on the page and, behind a question mark, how the page is set.

     team.html#opp-1043                                       a place: an ordinary link, which needs no script
     team.html#reps?reps.sort=-gap&reps.filter=anna           the same page, sorted and filtered, at its Reps

   Every script keeps its settings under names of its own. A setting rewrites the address of the entry in the browser's
   history and adds none. A link to a place keeps the settings; going back or forward, reloading and a copied address
   bring back those of that address. What is closed around a place is opened when it is visited, and what is closed in it where
   it has data-opens. */
"use strict";

const Address = (() => {
  // Browsers refuse too many changes of the address in a short time: a slider would make hundreds.
  const WAIT_MS = 200;
  const onRestore = [];
  const onVisit = [];
  let place = "";
  let settings = new URLSearchParams();
  let waiting = 0;

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const read = () => {
    const [before, after] = location.hash.slice(1).split(/\?(.*)/su);
    return { place: decoded(before ?? ""), settings: new URLSearchParams(after ?? "") };
  };

  const write = () => {
    clearTimeout(waiting);
    waiting = 0;
    const query = settings.toString();
    const hash = encodeURIComponent(place) + (query && `?${query}`);
    history.replaceState({ written: true }, "", location.href.split("#")[0] + (hash && `#${hash}`));
  };

  const restore = (found) => {
    if (found.toString() === settings.toString()) return;
    settings = found;
    onRestore.forEach((restored) => restored());
  };

  const visit = () => {
    const target = place && document.getElementById(place);
    if (!target) return;
    for (let closed = target.closest("details:not([open])"); closed; closed = target.closest("details:not([open])")) {
      closed.open = true;
    }
    if ("opens" in target.dataset) {
      for (const closed of target.querySelectorAll("details")) closed.open = true;
    }
    onVisit.forEach((visited) => visited(target));
    // The browser knows no place whose name ends in settings: it is sent to the plain name once, which marks the target
    // and lets the Tab key go on from there.
    if (!target.matches(":target")) {
      location.replace(`#${encodeURIComponent(place)}`);
      write();
    }
    target.scrollIntoView();
  };

  /** One setting; null where it has none. */
  const get = (name) => settings.get(name);

  /** The settings under names that begin so, without that beginning. */
  const under = (prefix) => {
    const found = [...settings].filter(([name]) => name.startsWith(prefix));
    return new Map(found.map(([name, value]) => [name.slice(prefix.length), value]));
  };

  /** Keeps a setting, or with an empty value drops it. */
  const set = (name, value) => {
    if ((settings.get(name) ?? "") === value) return;
    if (value) settings.set(name, value);
    else settings.delete(name);
    clearTimeout(waiting);
    waiting = setTimeout(write, WAIT_MS);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const found = read();
    place = found.place;
    restore(found.settings);
    write();
  });
  // Until then the browser looks for the place itself.
  addEventListener("load", visit);

  addEventListener("hashchange", () => {
    const found = read();
    const isWritten = Boolean(history.state?.written);
    if (isWritten && found.place === place && found.settings.toString() === settings.toString()) return;
    place = found.place;
    // An entry that was never written is a link that has just been followed: it keeps the settings, unless it has some.
    if (isWritten || found.settings.toString()) restore(found.settings);
    write();
    visit();
  });

  addEventListener("pagehide", () => {
    if (waiting) write();
  });

  return {
    get,
    set,
    under,
    /** Calls back when the settings have changed by themselves: at the start, and on the way back and forward. */
    whenRestored: (restored) => onRestore.push(restored),
    /** Calls back with the element of a place that is visited. */
    whenVisited: (visited) => onVisit.push(visited),
  };
})();
