/* The board: a meeting is moved or lengthened by dragging it or with the keyboard. The server has the last word:
   what it refuses goes back to its place, with the reason and the times that all could have. Every meeting also has
   a page with a form that does the same. */
"use strict";
(() => {
  const boards = document.querySelector("[data-boards]");
  const told = document.querySelector("[data-board-said]");
  if (!boards || !told) return;
  const words = JSON.parse(document.getElementById("board-words").textContent);
  const fill = (text, values) =>
    Object.entries(values).reduce((known, [name, value]) => known.replace(`{${name}}`, value), text);
  const narrow = window.matchMedia("(max-width: 48rem)");
  const STEP = 15;
  const SHORTEST = 15;
  const LONGEST = 12 * 60;
  const FAR = 4;

  /* ---- a day's scale: rows of a quarter of an hour, one row for the noon break ---- */

  const scale = (board) => {
    const { opens, noon, again, rows } = board.dataset;
    return { opens: Number(opens), noon: Number(noon), again: Number(again), rows: Number(rows) };
  };
  const rowOf = (board, minutes) => {
    const { opens, noon, again, rows } = scale(board);
    if (minutes < opens + noon * STEP) return Math.max(Math.floor((minutes - opens) / STEP), 0);
    if (minutes < again) return noon;
    return Math.min(noon + 1 + Math.floor((minutes - again) / STEP), rows - 1);
  };
  const minutesOf = (board, row) => {
    const { opens, noon, again } = scale(board);
    if (row < noon) return opens + row * STEP;
    return row === noon ? again : again + (row - noon - 1) * STEP;
  };
  // What ends where the noon break begins ends at noon.
  const endOf = (board, row) => {
    const { opens, noon } = scale(board);
    return row === noon ? opens + noon * STEP : minutesOf(board, row);
  };
  const clock = (minutes) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const rowHeight = (column) => parseFloat(getComputedStyle(column.querySelector(".day-rows")).gridAutoRows);

  /* ---- where a bar lies, and laying it elsewhere ---- */

  const columnOf = (bar) => bar.closest(".day-column");
  const boardOf = (column) => column.closest(".day-board");
  const placeOf = (bar) => ({
    column: columnOf(bar), starts: Number(bar.dataset.starts), minutes: Number(bar.dataset.minutes),
  });
  const same = (a, b) => a.column === b.column && a.starts === b.starts && a.minutes === b.minutes;

  function lay(bar, place) {
    const board = boardOf(place.column);
    const list = place.column.querySelector(".day-rows");
    const first = rowOf(board, place.starts);
    const last = rowOf(board, place.starts + place.minutes - 1);
    bar.className = bar.className.replace(/\b[rn]-\d+\b/g, "").trim();
    bar.classList.add(`r-${first}`, `n-${Math.max(last - first + 1, 1)}`);
    if (bar.parentElement !== list) list.append(bar);
    bar.dataset.starts = place.starts;
    bar.dataset.minutes = place.minutes;
    bar.querySelector(".bar-time").textContent = `${clock(place.starts)}–${clock(place.starts + place.minutes)}`;
  }

  const inWords = (place) => fill(words.at, {
    day: boardOf(place.column).dataset.dayWords,
    room: place.column.dataset.name,
    from: clock(place.starts),
    to: clock(place.starts + place.minutes),
  });

  function say(...parts) {
    told.replaceChildren(...parts.map((part) => {
      if (typeof part !== "string") return part;
      const line = document.createElement("p");
      line.textContent = part;
      return line;
    }));
  }

  /* ---- asking the server ---- */

  async function send(bar, from, form) {
    bar.classList.add("is-sending");
    bar.removeAttribute("aria-grabbed");
    say(words.sending);
    let answer = null;
    try {
      answer = await fetch(words.place.replace("/0/", `/${bar.dataset.booking}/`), {
        method: "POST", body: new URLSearchParams(form), credentials: "same-origin",
        headers: { "X-CSRFToken": words.token, Accept: "application/json" },
      });
      if (!(answer.headers.get("Content-Type") || "").includes("application/json")) {
        location.reload();
        return;
      }
      const found = await answer.json();
      if (answer.ok) await renewed(found.said, bar.dataset.booking);
      else refused(bar, from, found);
    } catch {
      bar.classList.remove("is-sending");
      lay(bar, from);
      handleOf(bar).focus();
      say(words.offline);
    }
  }

  const asForm = (place) => ({
    day: boardOf(place.column).dataset.day,
    at: clock(place.starts),
    minutes: place.minutes,
    resource_id: place.column.dataset.resource,
  });

  function refused(bar, from, found) {
    bar.classList.remove("is-sending");
    lay(bar, from);
    const list = document.createElement("ul");
    list.className = "board-instead";
    found.free.forEach((free) => {
      const { words: text, ...form } = free;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary btn-small";
      button.textContent = text;
      button.addEventListener("click", () => send(bar, placeOf(bar), form));
      const line = document.createElement("li");
      line.append(button);
      list.append(line);
    });
    const link = document.createElement("a");
    link.href = found.page;
    link.textContent = words.by_hand;
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
    const why = found.article ? `${found.said} ${found.article}` : found.said;
    say(fill(words.refused, { why }), ...(found.free.length ? [words.instead] : []), list);
    told.classList.add("is-refused");
    (list.querySelector("button") || link).focus();
  }

  // The whole board again: what is free, and what else changed meanwhile.
  async function renewed(text, booking) {
    told.classList.remove("is-refused");
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-boards]");
    if (!fresh) { location.reload(); return; }
    boards.replaceChildren(...fresh.childNodes);
    prepare();
    say(text);
    const bar = boards.querySelector(`[data-booking="${booking}"]`);
    if (bar) handleOf(bar).focus();
  }

  /* ---- dragging ---- */

  let drag = null;
  const underWay = () => boards.querySelector(".is-sending") !== null;

  function columnAt(x, y) {
    return document.elementsFromPoint(x, y).map((found) => found.closest(".day-column")).find((found) => found) || null;
  }

  function begin(event, bar, resizing) {
    if (event.button !== 0 || narrow.matches || carried || underWay()) return;
    const box = bar.getBoundingClientRect();
    drag = { bar, resizing, from: placeOf(bar), x: event.clientX, y: event.clientY, grip: event.clientY - box.top, moved: false };
  }

  function dragTo(event) {
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.bar.classList.add("is-dragged");
    }
    event.preventDefault();
    const { bar, from } = drag;
    const column = drag.resizing ? from.column : columnAt(event.clientX, event.clientY) || columnOf(bar);
    const board = boardOf(column);
    const list = column.querySelector(".day-rows").getBoundingClientRect();
    const height = rowHeight(column);
    if (drag.resizing) {
      const row = Math.min(Math.max(Math.round((event.clientY - list.top) / height), 0), scale(board).rows);
      const end = endOf(board, row);
      lay(bar, { ...from, minutes: Math.min(Math.max(end - from.starts, SHORTEST), LONGEST) });
    } else {
      const row = Math.min(Math.max(Math.round((event.clientY - drag.grip - list.top) / height), 0), scale(board).rows - 1);
      lay(bar, { column, starts: minutesOf(board, row), minutes: from.minutes });
    }
  }

  function drop() {
    if (!drag) return;
    const { bar, from, moved } = drag;
    drag = null;
    if (!moved) return;
    bar.classList.remove("is-dragged");
    swallow = true;
    setTimeout(() => { swallow = false; });
    const place = placeOf(bar);
    if (!same(from, place)) send(bar, from, asForm(place));
  }

  // The click that ends a drag opens nothing.
  let swallow = false;
  boards.addEventListener("click", (event) => {
    if (swallow) { event.preventDefault(); event.stopPropagation(); }
  }, true);
  document.addEventListener("pointermove", dragTo, { passive: false });
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", () => {
    if (!drag) return;
    drag.bar.classList.remove("is-dragged");
    lay(drag.bar, drag.from);
    drag = null;
  });

  /* ---- the keyboard ---- */

  let carried = null;
  const handleOf = (bar) => bar.querySelector(".bar-handle");

  function pick(bar) {
    carried = { bar, from: placeOf(bar) };
    bar.classList.add("is-dragged");
    handleOf(bar).setAttribute("aria-pressed", "true");
    told.classList.remove("is-refused");
    say(words.picked);
  }

  function let_go() {
    const { bar } = carried;
    bar.classList.remove("is-dragged");
    handleOf(bar).setAttribute("aria-pressed", "false");
    carried = null;
  }

  const beside = (list, here, step) => list[Math.min(Math.max(list.indexOf(here) + step, 0), list.length - 1)];

  function stepped(place, event) {
    const board = boardOf(place.column);
    const up = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (up && event.shiftKey) {
      return { ...place, minutes: Math.min(Math.max(place.minutes + up * STEP, SHORTEST), LONGEST) };
    }
    if (up) {
      const row = Math.min(Math.max(rowOf(board, place.starts) + up, 0), scale(board).rows - 1);
      // The noon break is one row; nothing begins in it.
      const next = row === scale(board).noon ? row + up : row;
      return { ...place, starts: minutesOf(board, next) };
    }
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (across) return { ...place, column: beside([...board.querySelectorAll(".day-column")], place.column, across) };
    const days = { PageUp: -1, PageDown: 1 }[event.key];
    if (!days) return null;
    const other = beside([...boards.querySelectorAll(".day-board")], board, days);
    return { ...place, column: other.querySelector(`[data-resource="${place.column.dataset.resource}"]`) || place.column };
  }

  boards.addEventListener("keydown", (event) => {
    if (!carried || event.isComposing) return;
    const { bar, from } = carried;
    if (event.key === "Escape") {
      let_go();
      lay(bar, from);
      handleOf(bar).focus();
      say(words.back);
    } else if (event.key === "Enter") {
      const place = placeOf(bar);
      let_go();
      if (same(from, place)) say(words.back);
      else send(bar, from, asForm(place));
    } else if (event.key === "Tab") {
      let_go();
      lay(bar, from);
      say(words.back);
      return;
    } else {
      const next = stepped(placeOf(bar), event);
      if (!next) return;
      lay(bar, next);
      handleOf(bar).focus({ preventScroll: true });
      bar.scrollIntoView({ block: "nearest", inline: "nearest" });
      say(inWords(next));
    }
    event.preventDefault();
    event.stopPropagation();
  });

  /* ---- handles, made here: without a script there is nothing to press ---- */

  function prepare() {
    boards.querySelectorAll("[data-booking]").forEach((bar) => {
      const handle = document.createElement("button");
      handle.type = "button";
      handle.className = "bar-handle";
      handle.textContent = "⠿";
      handle.setAttribute("aria-pressed", "false");
      const what = `${bar.querySelector(".bar-kind").textContent.trim()} ${bar.querySelector(".bar-time").textContent}`;
      handle.setAttribute("aria-label", fill(words.handle, { what: `${what}, ${columnOf(bar).dataset.name}` }));
      handle.addEventListener("click", () => { if (!carried && !underWay()) pick(bar); });
      const grip = document.createElement("span");
      grip.className = "bar-grip";
      grip.setAttribute("aria-hidden", "true");
      bar.append(handle, grip);
      grip.addEventListener("pointerdown", (event) => { event.stopPropagation(); begin(event, bar, true); });
      bar.addEventListener("pointerdown", (event) => begin(event, bar, false));
      bar.addEventListener("dragstart", (event) => event.preventDefault());
    });
  }
  prepare();
})();
