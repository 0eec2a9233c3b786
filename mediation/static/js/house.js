/* What the pages do more easily with a script. Every action also works without one. */
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("house-words")?.textContent || "{}");
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] || "");
  const element = (tag, attributes = {}, text = "") => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    return made;
  };
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  /* ---- keyboard: "/" searches; up, down and enter walk a work list; Escape closes what opened ---- */

  function walk(list, step) {
    const rows = [...list.querySelectorAll("tbody tr")].filter((row) => row.querySelector("a, button"));
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.classList.contains("is-here"));
    const next = Math.min(rows.length - 1, Math.max(0, here === -1 ? 0 : here + step));
    rows.forEach((row, index) => row.classList.toggle("is-here", index === next));
    (rows[next].querySelector("a[data-open], th a, .parties a, a") || rows[next].querySelector("button")).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll(".step-blocked").forEach((step) => step.classList.add("is-dismissed"));
      document.querySelectorAll("details.confirm[open]").forEach((sheet) => {
        sheet.open = false;
        sheet.querySelector("summary").focus();
      });
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const list = document.querySelector("table.work-list");
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      walk(list, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("table.work-list tbody tr");
    if (row) row.parentElement.querySelectorAll("tr").forEach((other) => other.classList.toggle("is-here", other === row));
  });
  ["focusout", "mouseover"].forEach((name) => document.addEventListener(name, (event) => {
    event.target.closest?.(".step-blocked")?.classList.remove("is-dismissed");
  }));

  /* ---- one submit, and a bar on the button while it is under way ---- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || event.submitter?.hasAttribute("data-download")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("[type=submit]");
    // After this turn, or the button's own name and value would be left out of what is sent.
    setTimeout(() => {
      form.querySelectorAll("[type=submit]").forEach((each) => { each.disabled = true; });
      button?.classList.add("is-sending");
      button?.setAttribute("aria-label", `${button.textContent.trim()} ${say("saving")}`);
    });
  });
  // Coming back with the browser's own button shows the page as it was: the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[type=submit]").forEach((each) => {
        each.disabled = false;
        each.classList.remove("is-sending");
        each.removeAttribute("aria-label");
      });
    });
  });

  /* ---- drafts: a long text is kept on this device until it was sent ---- */

  const draftKey = (field) => `draft:${location.pathname}:${field.dataset.draft || field.name}`;

  function keepDraft(field) {
    const key = draftKey(field);
    const note = element("p", { class: "draft-note", role: "status" });
    field.after(note);
    const drop = () => {
      const button = element("button", { type: "button" }, say("draft_drop"));
      button.addEventListener("click", () => {
        localStorage.removeItem(key);
        field.value = field.defaultValue;
        note.textContent = "";
        field.focus();
      });
      return button;
    };
    const kept = localStorage.getItem(key);
    // A page that comes back with errors carries what was typed; only an untouched field takes the draft.
    if (kept !== null && kept !== field.value && !field.classList.contains("is-invalid")) {
      field.value = kept;
      note.append(element("span", {}, say("draft_restored")), drop());
    }
    let timer = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        localStorage.setItem(key, field.value);
        note.replaceChildren(element("span", {}, say("draft_kept")));
      }, 400);
    });
    field.form?.addEventListener("submit", () => {
      clearTimeout(timer);
      sessionStorage.setItem("draft-sent", JSON.stringify([key, field.value]));
    });
  }

  // A draft goes away only after the answer came and no longer shows its form in error.
  function forgetSentDraft() {
    const sent = JSON.parse(sessionStorage.getItem("draft-sent") || "null");
    if (!sent) return;
    sessionStorage.removeItem("draft-sent");
    if (!document.querySelector("[data-error-summary], .error-page") && localStorage.getItem(sent[0]) === sent[1]) {
      localStorage.removeItem(sent[0]);
    }
  }

  /* ---- dates as people type them; the server reads them again and has the last word ---- */

  function readDay(text) {
    const now = new Date();
    const shift = { 今天: 0, 明天: 1, 后天: 2, 昨天: -1, today: 0, tomorrow: 1, yesterday: -1 }[text.toLowerCase()];
    if (shift !== undefined) return new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift);
    const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
      || /^(?:(\d{4})\s*[年.\-/]\s*)?(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?$/.exec(text);
    if (!found) return null;
    const [year, month, date] = [Number(found[1] || now.getFullYear()), Number(found[2]), Number(found[3])];
    const day = new Date(year, month - 1, date);
    return day.getMonth() === month - 1 && day.getDate() === date ? day : null;
  }

  function echoDay(field) {
    const note = element("p", { class: "field-echo", role: "status" });
    field.after(note);
    const style = { year: "numeric", month: "long", day: "numeric", weekday: "short" };
    field.addEventListener("change", () => {
      const text = field.value.trim();
      const day = text && readDay(text);
      note.classList.toggle("is-wrong", Boolean(text) && !day);
      note.textContent = !text ? "" : day
        ? say("understood", { day: day.toLocaleDateString(document.documentElement.lang, style) })
        : say("not_a_day");
    });
  }

  /* ---- amounts in capitals, as they will stand in the document ---- */

  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const capitalsOf = (text) => {
    const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，\s元¥]/g, ""));
    if (!found) return "";
    const whole = found[1].replace(/^0+(?=\d)/, "");
    const [jiao, fen] = (found[2] || "").padEnd(2, "0").split("").map(Number);
    let out = "";
    let gap = false;
    whole.split("").map(Number).forEach((digit, index) => {
      const place = whole.length - 1 - index;
      if (digit) {
        out += (gap && out ? "零" : "") + DIGITS[digit] + ["", "拾", "佰", "仟"][place % 4];
        gap = false;
      } else {
        gap = true;
      }
      if (place % 4 === 0 && place > 0 && /[1-9]/.test(whole.slice(Math.max(0, index - 3), index + 1))) {
        out += place === 8 ? "亿" : "万";
      }
    });
    out = out ? `${out}元` : "";
    if (!jiao && !fen) return `${out || "零元"}整`;
    if (jiao) out += DIGITS[jiao] + "角";
    else if (out) out += "零";
    return out + (fen ? `${DIGITS[fen]}分` : "整");
  };

  function echoCapitals(field) {
    const note = element("p", { class: "field-echo", role: "status", lang: "zh-CN" });
    field.after(note);
    const show = () => {
      const capitals = capitalsOf(field.value.trim());
      note.textContent = capitals ? `人民币${capitals}` : "";
    };
    field.addEventListener("input", show);
    show();
  }

  /* ---- a resident's number tells birth date and sex, or that it was mistyped (GB 11643) ---- */

  const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

  function readResident(text) {
    const number = text.replace(/\s/g, "").replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toUpperCase();
    if (!/^\d{17}[\dX]$/.test(number)) return null;
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
    const day = readDay(number.slice(6, 14));
    return { right: Boolean(day) && "10X98765432"[sum % 11] === number[17], day, male: Number(number[16]) % 2 === 1 };
  }

  function echoResident(field) {
    const kind = document.getElementById(field.id.replace(/id_no$/, "id_type"));
    const note = element("p", { class: "field-echo", role: "status" });
    field.after(note);
    const show = () => {
      const found = kind?.value === "resident" ? readResident(field.value.trim()) : null;
      note.classList.toggle("is-wrong", Boolean(found) && !found.right);
      note.textContent = !found ? "" : !found.right ? say("wrong_number")
        : say("born", {
          day: found.day.toLocaleDateString(document.documentElement.lang, { year: "numeric", month: "long", day: "numeric" }),
          sex: say(found.male ? "male" : "female"),
        });
    };
    field.addEventListener("input", show);
    kind?.addEventListener("change", show);
    show();
  }

  /* ---- the cause picker: an accessible list under a plain text field ---- */

  let pickers = 0;
  function pickCause(field) {
    const id = `picker-${++pickers}`;
    const wrapper = element("div", { class: "picker" });
    const list = element("ul", { class: "picker-list", role: "listbox", id, "aria-label": field.labels[0]?.textContent || "" });
    const status = element("p", { class: "picker-status visually-hidden", role: "status" });
    field.before(wrapper);
    wrapper.append(field, list, status);
    list.hidden = true;
    // A text of several lines names several causes: the line at hand is the one that is looked for.
    const several = field.tagName === "TEXTAREA";
    Object.entries({ ...(several ? {} : { role: "combobox" }), autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })
      .forEach(([name, value]) => field.setAttribute(name, value));
    const target = field.dataset.causeTarget ? document.getElementById(field.dataset.causeTarget) : null;
    let here = -1;
    let asked = 0;
    let timer = 0;

    const close = () => {
      list.hidden = true;
      here = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const line = () => {
      const text = field.value, at = several ? field.selectionStart : text.length;
      const end = text.indexOf("\n", at);
      return several ? [at ? text.lastIndexOf("\n", at - 1) + 1 : 0, end < 0 ? text.length : end] : [0, text.length];
    };
    const choose = (option) => {
      const [from, to] = line();
      if (several) field.setRangeText(option.dataset.name + (to === field.value.length ? "\n" : ""), from, to, "end");
      else field.value = option.dataset.name;
      if (target) target.value = option.dataset.code;
      close();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const point = (index) => {
      const options = [...list.children];
      here = (index + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === here)));
      field.setAttribute("aria-activedescendant", options[here].id);
      options[here].scrollIntoView({ block: "nearest" });
    };
    const show = (causes) => {
      list.replaceChildren(...causes.map((cause, index) => {
        const option = element("li", { role: "option", id: `${id}-${index}`, "aria-selected": "false" }, cause.name);
        option.dataset.code = cause.code;
        option.dataset.name = cause.name;
        if (cause.path) option.append(element("span", { class: "picker-path" }, cause.path));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }));
      here = -1;
      list.hidden = causes.length === 0;
      field.setAttribute("aria-expanded", String(causes.length > 0));
      status.textContent = causes.length ? say("matches", { n: causes.length }) : say("no_match");
      status.classList.toggle("visually-hidden", causes.length > 0);
    };
    const ask = async () => {
      const text = field.value.slice(...line()).trim();
      const turn = ++asked;
      if (!text) { close(); status.textContent = ""; return; }
      try {
        const answer = await fetch(`/causes?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
        const body = await answer.json();
        if (answer.ok && turn === asked) show((Array.isArray(body) ? body : body.causes).slice(0, 12));
      } catch {
        close(); // Without the list the typed words are searched by the server on submit.
      }
    };
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      if (target) target.value = "";
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    field.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 50); });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        point(event.key === "ArrowDown" ? here + 1 : here === -1 ? -1 : here - 1);
      } else if (event.key === "Enter" && here >= 0) {
        event.preventDefault();
        choose(list.children[here]);
      } else if (event.key === "Escape") {
        close();
      }
    });
    field.addEventListener("blur", close);
  }

  /* ---- the hall board renews itself and says when it could not ---- */

  function renewBoard(foot) {
    let received = Date.now();
    setInterval(async () => {
      const note = foot.querySelector(".board-fresh");
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = document.getElementById("main");
        const held = main.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
        main.replaceChildren(...page.getElementById("main").childNodes);
        note.replaceWith(page.querySelector(".board-fresh"));
        received = Date.now();
        main.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
        // Whoever was reading a table with the keyboard goes on where they were.
        if (held) main.querySelector(`[tabindex][aria-label="${CSS.escape(held)}"]`)?.focus();
      } catch {
        note.classList.add("is-stale");
        const old = note.querySelector(".board-old") ?? note.appendChild(element("span", { class: "board-old" }));
        old.textContent = ` · ${say("stale").replace("{n}", Math.ceil((Date.now() - received) / 60000))}`;
      }
    }, Number(foot.dataset.refresh) * 1000);
  }

  /* ---- the network went away: say so, once, and say when it is back ---- */

  function watchNetwork() {
    let note = null;
    window.addEventListener("offline", () => {
      note ??= document.body.appendChild(element("p", { class: "offline-note", role: "alert" }, say("offline")));
    });
    window.addEventListener("online", () => { note?.remove(); note = null; });
  }

  function enhance(root) {
    const all = (selector, work) => root.querySelectorAll(selector).forEach((each) => {
      if (each.dataset.enhanced) return;
      each.dataset.enhanced = "1";
      work(each);
    });
    all("[data-draft]", keepDraft);
    all("[data-day]", echoDay);
    all("[data-capitals]", echoCapitals);
    all("[data-resident]", echoResident);
    all("[data-cause-picker]", pickCause);
    // What can only be read by scrolling sideways is reached by the keyboard too.
    all(".table-scroll", (wide) => { if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0; });
  }

  forgetSentDraft();
  enhance(document);
  document.body.addEventListener("htmx:load", (event) => enhance(event.target));
  document.querySelector("[data-error-summary]")?.focus();
  document.querySelectorAll("[data-refresh]").forEach(renewBoard);
  // Work in parts: once begun, the page asks for the next part by itself. A pressed button counts as begun.
  const going = document.querySelector("[data-goes-on][data-begun]");
  if (going) setTimeout(() => going.requestSubmit(), 300);
  watchNetwork();
})();
