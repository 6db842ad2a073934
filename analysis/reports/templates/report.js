"use strict";
(() => {
  const BATCH = 50;
  const LONGEST = 600; // characters shown on each side of a match in text without full stops
  const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
  const byId = (id) => document.getElementById(id);
  const parse = (id) => JSON.parse(byId(id).textContent);
  const visible = (text) =>
    text.replace(CONTROLS, (c) => String.fromCharCode(c === "\u007f" ? 0x2421 : 0x2400 + c.charCodeAt(0)));

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text) made.textContent = visible(text); // text is never read as markup
    if (className) made.className = className;
    return made;
  };

  // ---- evidence: the index is read when the first number is opened, a part when one of its hits is shown

  const parts = new Map();
  let index;

  const loadIndex = () => (index ??= parse("evidence-index"));

  const partOf = (hit) => {
    const number = Math.floor(hit / index.per_part);
    if (!parts.has(number)) parts.set(number, parse(`evidence-part-${number}`));
    return [parts.get(number), hit % index.per_part];
  };

  const found = (where) => {
    const wanted = where.split(" ").map((pair) => pair.split("="));
    const columns = wanted.map(([name, code]) => [index.codes[name], Number(code)]);
    const hits = [];
    for (let hit = 0; hit < index.n; hit++) {
      if (columns.every(([codes, code]) => codes[hit] === code)) hits.push(hit);
    }
    return hits;
  };

  const level = (name, hit) => index.levels[name][index.codes[name][hit]] ?? "";

  const recordOf = (hit) => {
    const [part, row] = partOf(hit);
    const said = (name) => part[name].values[part[name].codes[row]];
    const article = (name) => part.articles[name][part.article[row]];
    return {
      text: part.sentences[part.sentence[row]],
      start: part.start[row],
      end: part.end[row],
      target: { start: part.target_start[row], end: part.target_end[row] },
      headline: article("headline") || article("id"),
      url: article("url"),
      about: [
        level("outlet", hit),
        article("date"),
        level("zone", hit),
        `frame: ${level("category", hit)} (entry ${said("entry")})`,
        voiceText(level("voice", hit), said("speaker") || said("speaker_text"), said("cue")),
        targetText(level("target", hit), said("candidates")),
        part.negated[row] ? "negated" : "",
        part.hedged[row] ? "hedged" : "",
      ].filter(Boolean),
    };
  };

  const voiceText = (voice, speaker, cue) => {
    const by = [speaker, cue && `“${cue}”`].filter(Boolean).join(", ");
    return voice && `voice: ${voice}${by ? ` (${by})` : ""}`;
  };

  const targetText = (target, candidates) => target && `target: ${target}${candidates ? ` (${candidates})` : ""}`;

  const sentenceOf = ({ text, start, end, target }) => {
    const line = element("p", "", "sentence");
    line.dir = "auto";
    const from = Math.max(0, start - LONGEST);
    const to = Math.min(text.length, end + LONGEST);
    const named = target.start >= from && target.end <= to && (target.end <= start || target.start >= end);
    const marks = [{ start, end, made: (part) => element("mark", part) }];
    if (named) marks.push({ ...target, made: (part) => element("u", part, "target") });
    marks.sort((a, b) => a.start - b.start);
    let at = from;
    line.append(from ? "…" : "");
    for (const mark of marks) {
      line.append(visible(text.slice(at, mark.start)), mark.made(text.slice(mark.start, mark.end)));
      at = mark.end;
    }
    line.append(visible(text.slice(at, to)), to < text.length ? "…" : "");
    return line;
  };

  const itemOf = (hit) => {
    const record = recordOf(hit);
    const item = element("li");
    const about = element("p", "", "about");
    const headline = element(record.url ? "a" : "span", record.headline, "headline");
    headline.dir = "auto";
    if (record.url) {
      headline.href = record.url;
      headline.rel = "noopener noreferrer";
      headline.target = "_blank";
    }
    about.append(headline);
    for (const text of record.about) about.append(" ", element("bdi", text, "tag"));
    item.append(sentenceOf(record), about);
    return item;
  };

  const dialog = byId("evidence");
  const list = byId("evidence-list");
  const filter = byId("evidence-filter");
  const status = byId("evidence-status");
  const more = byId("evidence-more");
  let all = [];
  let chosen = [];
  let search = 0;

  const number = (n) => n.toLocaleString("en");

  const showMore = () => {
    const from = list.children.length;
    list.append(...chosen.slice(from, from + BATCH).map(itemOf));
    more.hidden = list.children.length >= chosen.length;
    const of = chosen.length < all.length ? `${number(chosen.length)} of ${number(all.length)}` : number(all.length);
    const shown = more.hidden ? "" : `, the first ${number(list.children.length)} shown`;
    status.textContent = `${of} ${all.length === 1 ? "hit" : "hits"}${shown}`;
    return from;
  };

  const choose = (hits) => {
    chosen = hits;
    list.replaceChildren();
    showMore();
  };

  const matches = (hit, words) => {
    const { text, headline, about } = recordOf(hit);
    const whole = [text, headline, ...about].join(" ").toLowerCase();
    return words.every((word) => whole.includes(word));
  };

  const pause = () => new Promise((resume) => setTimeout(resume));

  const filterEvidence = async () => {
    const mine = ++search;
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return choose(all);
    const kept = [];
    for (let at = 0; at < all.length; at += index.per_part) {
      for (const hit of all.slice(at, at + index.per_part)) if (matches(hit, words)) kept.push(hit);
      await pause();
      if (mine !== search) return; // something else was typed meanwhile
    }
    choose(kept);
  };

  const openEvidence = (button) => {
    loadIndex();
    search++;
    all = found(button.dataset.where);
    filter.value = "";
    byId("evidence-title").textContent = button.dataset.name;
    choose(all);
    dialog.showModal();
    dialog.scrollTop = 0;
    filter.focus();
  };

  let timer;
  filter.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filterEvidence, 150);
  });
  more.addEventListener("click", () => {
    const first = list.children[showMore()];
    first.tabIndex = -1;
    first.focus();
  });
  byId("evidence-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // outside of its content
  });
  dialog.addEventListener("close", () => {
    search++;
    list.replaceChildren();
  });

  // ---- tables: sort and filter

  const keyOf = (row, column, isNumber) => {
    const cell = row.cells[column];
    const value = cell.dataset.value ?? cell.textContent.trim();
    if (value === "") return null;
    return isNumber ? Number(value) : value;
  };

  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b));

  const sortBy = (button) => {
    const header = button.closest("th");
    const body = header.closest("table").tBodies[0];
    const isNumber = button.dataset.kind === "number";
    const before = header.getAttribute("aria-sort");
    const order = before === "descending" || (before === null && !isNumber) ? "ascending" : "descending";
    const sign = order === "ascending" ? 1 : -1;
    const keyed = [...body.rows].map((row) => [keyOf(row, header.cellIndex, isNumber), row]);
    keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)));
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", order);
    body.append(...keyed.map(([, row]) => row));
  };

  const filterRows = (input) => {
    const rows = [...byId(input.dataset.table).tBodies[0].rows];
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    const status = document.querySelector(`[data-rows="${input.dataset.table}"]`);
    status.textContent = words.length ? `${number(shown)} of ${number(rows.length)} rows` : `${number(rows.length)} rows`;
  };

  const copy = (button) => {
    const text = byId(button.dataset.copy);
    getSelection().selectAllChildren(text);
    const done = (message) => (byId("copied").textContent = message);
    navigator.clipboard.writeText(text.textContent).then(
      () => done("Copied."),
      () => done("Marked: copy it with Ctrl+C or ⌘C."),
    );
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.where) openEvidence(button);
    else if (button.classList.contains("sort")) sortBy(button);
    else if (button.dataset.copy) copy(button);
  });
  document.addEventListener("input", (event) => {
    if (event.target.dataset.table) filterRows(event.target);
  });
  document.documentElement.classList.add("ready");
})();
