"use strict";
// What was coded: kept in the browser, undone, counted, saved to a file and taken from one. Nothing here touches the page.
const state = (() => {
  const MOST_UNDONE = 500;
  const MOST_TIMED = 40;
  const LONGEST_PAUSE = 120; // seconds; who is away longer is not coding
  const FEWEST_TIMED = 3;
  const data = JSON.parse(document.getElementById("data").textContent);
  const { items, variables, sample_id, coder, codebook, codebook_version } = data;
  const of = { match: variables.filter((one) => one.about === "match"), unit: variables.filter((one) => one.about === "unit") };
  const key = ["framing coding", sample_id, coder, codebook, codebook_version].join("\n");
  // answers: {item: {codes: {variable: [code, …]}, comment, place}}
  let kept = { answers: {}, undone: [], seconds: [], at: 0, places: 0 };
  let isKept = true;
  let unsaved = 0;
  let begun = performance.now();

  const read = () => {
    try {
      const found = localStorage.getItem(key);
      if (found) kept = { ...kept, ...JSON.parse(found) };
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      isKept = false;
    }
  };

  const write = () => {
    if (!isKept) return;
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      isKept = false; // full, or refused from now on
    }
  };

  const asked = (item) => of[item.about];
  const entry = (item) => (kept.answers[item.item] ??= { codes: {}, comment: "", place: 0 });
  const codes = (item, variable) => kept.answers[item.item]?.codes[variable.name] ?? [];
  const isCoded = (item) => asked(item).every((variable) => codes(item, variable).length > 0);
  const nCoded = () => items.filter(isCoded).length;

  const put = (item, variable, values) => {
    const to = entry(item);
    if (values.length) to.codes[variable.name] = values;
    else delete to.codes[variable.name];
    to.place ||= ++kept.places;
  };

  const answer = (item, variable, values) => {
    const wasCoded = isCoded(item);
    kept.undone.push([items.indexOf(item), variable.name, codes(item, variable)]);
    kept.undone.splice(0, kept.undone.length - MOST_UNDONE);
    put(item, variable, values);
    if (!wasCoded && isCoded(item)) time();
    unsaved += 1;
    write();
  };

  const time = () => {
    const now = performance.now();
    kept.seconds.push(Math.min((now - begun) / 1000, LONGEST_PAUSE));
    kept.seconds.splice(0, kept.seconds.length - MOST_TIMED);
    begun = now;
  };

  // The item whose last answer was taken back, undefined where there is none.
  const undo = () => {
    const last = kept.undone.pop();
    if (!last) return undefined;
    const [at, name, values] = last;
    put(items[at], variables.find((one) => one.name === name), values);
    unsaved += 1;
    write();
    return at;
  };

  const comment = (item, text) => {
    entry(item).comment = text;
    unsaved += 1;
    write();
  };

  const goTo = (at) => {
    kept.at = at;
    begun = performance.now();
    write();
  };

  const minutesLeft = () => {
    if (kept.seconds.length < FEWEST_TIMED) return undefined;
    const sorted = [...kept.seconds].sort((a, b) => a - b);
    return ((items.length - nCoded()) * sorted[Math.floor(sorted.length / 2)]) / 60;
  };

  const codings = () =>
    items.flatMap((item) => {
      const found = kept.answers[item.item];
      if (!found) return [];
      const row = (variable) => ({
        item: item.item,
        variable: variable.name,
        value: codes(item, variable).join(";"),
        comment: found.comment,
        place: found.place,
      });
      const given = asked(item).filter((variable) => codes(item, variable).length);
      // A comment on what is not coded yet is kept as well.
      return (given.length || !found.comment ? given : asked(item).slice(0, 1)).map(row);
    });

  const file = () => {
    const rows = codings();
    const whole = { sample_id, coder, codebook, codebook_version, n_items: items.length, n_codings: rows.length, codings: rows };
    unsaved = 0;
    return JSON.stringify(whole, null, 1);
  };

  const known = (variable, values) =>
    values.length > 0 && (!variable.values.length || values.every((value) => variable.values.some((one) => one.code === value)));

  // Take what a saved file has and is not coded here yet; say what was done.
  const load = (text) => {
    let given;
    try {
      given = JSON.parse(text);
    } catch {
      return "This is no whole file of codings: it ends too early, or is another file.";
    }
    for (const [name, own] of Object.entries({ sample_id, coder, codebook, codebook_version }))
      if (given[name] !== own) return `This file has ${name.replace("_", " ")} “${given[name]}”, this page “${own}”; nothing was taken.`;
    const byName = new Map(items.map((item) => [item.item, item]));
    let taken = 0;
    for (const row of Array.isArray(given.codings) ? given.codings : []) {
      const item = byName.get(row.item);
      const variable = item && asked(item).find((one) => one.name === row.variable);
      if (!variable) continue;
      const values = variable.several ? String(row.value).split(";").filter(Boolean) : [String(row.value)].filter(Boolean);
      if (row.comment && !entry(item).comment) entry(item).comment = String(row.comment);
      if (!known(variable, values) || codes(item, variable).length) continue;
      put(item, variable, values);
      taken += 1;
    }
    write();
    return `${taken} codings were taken from the file; what was coded here before stays.`;
  };

  read();
  return {
    data, items, asked, codes, isCoded, nCoded, answer, undo, comment, goTo, minutesLeft, file, load, key,
    commentOn: (item) => kept.answers[item.item]?.comment ?? "",
    at: () => Math.min(kept.at, items.length),
    isKept: () => isKept,
    unsaved: () => unsaved,
  };
})();
