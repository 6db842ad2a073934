"use strict";
(() => {
  const BATCH = 50;
  const LONGEST = 600; // characters shown on each side of a match in text without full stops
  const TOO_OLD = "This browser cannot unpack the sentences: open the report in one of 2023 or later.";
  const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
  const byId = (id) => document.getElementById(id);
  const visible = (text) =>
    text.replace(CONTROLS, (c) => String.fromCharCode(c === "\u007f" ? 0x2421 : 0x2400 + c.charCodeAt(0)));

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text) made.textContent = visible(text); // text is never read as markup
    if (className) made.className = className;
    return made;
  };

  // ---- evidence: the index is unpacked when the first number is opened, a part when one of its hits is shown

  const parts = new Map();
  let index;

  const unpacked = async (id) => {
    const letters = atob(byId(id).textContent);
    const packed = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at++) packed[at] = letters.charCodeAt(at);
    const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(inflated).text());
  };

  const sums = (steps) => {
    let sum = 0;
    return steps.map((step) => (sum += step));
  };

  const partOf = (hit) => {
    const number = Math.floor(hit / index.per_part);
    if (!parts.has(number)) parts.set(number, loaded(number));
    return parts.get(number);
  };

  const loaded = async (number) => {
    const part = await unpacked(`evidence-part-${number}`);
    return { ...part, article: sums(part.article_step), sentence: sums(part.sentence_step) };
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

  const recordOf = (hit, part) => {
    const row = hit % index.per_part;
    const said = (name) => part[name].values[part[name].codes[row]];
    const article = (name) => part.articles[name][part.article[row]];
    const span = (start, length) => ({ start: start[row], end: start[row] + length[row] });
    return {
      text: part.sentences[part.sentence[row]],
      ...span(part.start, part.length),
      target: span(part.target_start, part.target_length),
      headline: article("headline") || article("id"),
      url: article("url"),
      about: [
        level("outlet", hit),
        article("date"),
        level("zone", hit),
        `frame: ${level("category", hit)} (entry ${index.entries[part.entry[row]]})`,
        voiceText(level("voice", hit), said("speaker"), said("cue")),
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

  const itemOf = async (hit) => {
    const record = recordOf(hit, await partOf(hit));
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
  let all; // undefined while the index is unpacked
  let chosen = [];
  let search = 0;

  const number = (n) => n.toLocaleString("en");

  const showMore = async () => {
    const from = list.children.length;
    const mine = search;
    const items = await Promise.all(chosen.slice(from, from + BATCH).map(itemOf));
    if (mine !== search || from !== list.children.length) return; // something else was asked for meanwhile
    list.append(...items);
    more.hidden = list.children.length >= chosen.length;
    const of = chosen.length < all.length ? `${number(chosen.length)} of ${number(all.length)}` : number(all.length);
    const shown = more.hidden ? "" : `, the first ${number(list.children.length)} shown`;
    status.textContent = `${of} ${all.length === 1 ? "hit" : "hits"}${shown}`;
  };

  const choose = (hits) => {
    chosen = hits;
    list.replaceChildren();
    return showMore();
  };

  const matches = ({ text, headline, about }, words) => {
    const whole = [text, headline, ...about].join(" ").toLowerCase();
    return words.every((word) => whole.includes(word));
  };

  const pause = () => new Promise((resume) => setTimeout(resume));

  const filterEvidence = async () => {
    if (!all) return; // still being unpacked
    const mine = ++search;
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return choose(all);
    const kept = [];
    for (let at = 0; at < all.length; at += index.per_part) {
      const hits = all.slice(at, at + index.per_part);
      for (const hit of hits) if (matches(recordOf(hit, await partOf(hit)), words)) kept.push(hit);
      await pause();
      if (mine !== search) return; // something else was typed meanwhile
    }
    choose(kept);
  };

  const openEvidence = async (button) => {
    const mine = ++search;
    all = undefined;
    byId("evidence-title").textContent = button.dataset.name;
    filter.value = "";
    more.hidden = true;
    status.textContent = "Unpacking the sentences …";
    dialog.showModal();
    dialog.scrollTop = 0;
    filter.focus();
    if (typeof DecompressionStream === "undefined") {
      byId("evidence-title").textContent = TOO_OLD;
      status.textContent = "";
      filter.disabled = true;
      return;
    }
    index ??= await unpacked("evidence-index");
    if (mine !== search) return; // closed meanwhile
    all = found(button.dataset.where);
    await filterEvidence();
  };

  let timer;
  filter.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filterEvidence, 150);
  });
  more.addEventListener("click", async () => {
    const from = list.children.length;
    await showMore();
    const first = list.children[from];
    if (!first) return;
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
