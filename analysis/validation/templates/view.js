// The page: one item at a time, its questions, and what the keys do. Texts of articles are set as text, never as markup.
(() => {
  const KEYS = "1234567890qwertyiopadfghjklzxvb"; // without c, m, n, s, u, which do other things
  const NONE = "none"; // holds alone where several may be chosen
  const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
  const { items, data } = state;
  const byId = (id) => document.getElementById(id);
  const dialog = byId("codebook");
  let at = state.at();
  let active = 0; // which question the keys answer
  let wasCoded = false; // whether the item was coded when it was come to: then no answer skips a question
  let chosen = new Map(); // answers to questions with several, before they are confirmed
  let isWide = false;

  const visible = (text) => text.replace(CONTROLS, (c) => String.fromCharCode(c === "\u007f" ? 0x2421 : 0x2400 + c.charCodeAt(0)));
  const element = (tag, className, ...parts) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...parts.map((part) => (typeof part === "string" ? visible(part) : part)));
    return made;
  };
  const say = (text) => (byId("status").textContent = text);
  const number = (n) => n.toLocaleString("en");

  // ---- the item

  const unitOf = (item) => data.units[item.unit];

  const context = (text, cut) => element("p", "context", ...(cut === "left" ? ["… ", text] : cut === "right" ? [text, " …"] : [text]));

  const askedOf = (item) => {
    if (item.about === "match") return "The marked words are asked about.";
    const whole = `The whole ${unitOf(item).is_article ? "article" : "sentence"} is asked about`;
    return item.spans.length ? `${whole}; what a search found in it is underlined.` : `${whole}; no search found anything in it.`;
  };

  const showPassage = () => {
    const item = items[at];
    const { left, text, right, near_left, near_right, cut_left, cut_right } = unitOf(item);
    const before = isWide ? left : left.slice(left.length - near_left);
    const after = isWide ? right : right.slice(0, near_right);
    const unit = element("p", "unit");
    let from = 0;
    for (const [start, end] of item.spans) {
      unit.append(visible(text.slice(from, start)), element("mark", item.about, text.slice(start, end)));
      from = end;
    }
    unit.append(visible(text.slice(from)));
    byId("passage").dataset.about = item.about;
    const parts = [before.trim() && context(before.trim(), isWide && cut_left && "left"), unit, after.trim() && context(after.trim(), isWide && cut_right && "right")];
    byId("passage").replaceChildren(...parts.filter(Boolean));
    for (const part of byId("passage").children) part.dir = "auto";
    byId("more").parentElement.hidden = left.length <= near_left && right.length <= near_right;
    byId("more").setAttribute("aria-expanded", String(isWide));
    byId("more-text").textContent = isWide ? "Less of the text" : "More of the text";
  };

  const codesOf = (variable) => chosen.get(variable.name) ?? state.codes(items[at], variable);

  const codeButton = (variable, value, place) => {
    const button = element("button", "code", element("span", "", value.label || value.code));
    button.type = "button";
    if (KEYS[place]) {
      button.prepend(element("kbd", "", KEYS[place]));
      button.setAttribute("aria-keyshortcuts", KEYS[place]);
    }
    button.dataset.variable = variable.name;
    button.dataset.code = value.code;
    return button;
  };

  const typed = (variable) => {
    const input = element("input", variable.number ? "number" : "free");
    input.type = variable.number ? "number" : "text";
    if (variable.number) [input.min, input.max, input.step] = [...variable.number, "any"];
    input.autocomplete = "off";
    input.value = codesOf(variable)[0] ?? "";
    input.dataset.variable = variable.name;
    input.setAttribute("aria-label", variable.question);
    return input;
  };

  const questionOf = (variable) => {
    const range = variable.number ? ` (${variable.number.join(" to ")}, then Enter)` : variable.values.length ? "" : " (then Enter)";
    const hint = element("span", "soft", variable.several ? " (several may hold, then Enter)" : range);
    const group = element("fieldset", "", element("legend", "", variable.question, hint));
    group.dataset.variable = variable.name;
    const line = element("div", "codes", ...variable.values.map((value, place) => codeButton(variable, value, place)));
    if (!variable.values.length) line.append(typed(variable));
    if (variable.several || !variable.values.length) {
      const done = element("button", "plain confirm", element("kbd", "", "Enter"), " Confirm");
      done.type = "button";
      done.dataset.confirms = variable.name;
      line.append(done);
    }
    group.append(line);
    return group;
  };

  const mark = () => {
    const asked = state.asked(items[at]);
    [...byId("questions").children].forEach((group, place) => {
      group.classList.toggle("active", place === active);
      if (place === active) group.setAttribute("aria-current", "step");
      else group.removeAttribute("aria-current");
      const codes = codesOf(asked[place]);
      for (const button of group.querySelectorAll(".code")) button.setAttribute("aria-pressed", String(codes.includes(button.dataset.code)));
    });
    const input = byId("questions").children[active]?.querySelector("input");
    if (input) input.focus();
  };

  const timeLeft = () => {
    const minutes = state.minutesLeft();
    if (minutes === undefined) return "";
    if (minutes < 1) return " · less than a minute left";
    return minutes < 90 ? ` · about ${Math.round(minutes)} min left` : ` · about ${(minutes / 60).toFixed(1)} hours left`;
  };

  const showProgress = () => {
    const coded = state.nCoded();
    byId("progress").textContent = `${number(coded)} of ${number(items.length)} coded${coded < items.length ? timeLeft() : ""}`;
    byId("bar").max = items.length;
    byId("bar").value = coded;
    if (!state.isKept()) warn("This browser keeps nothing: save a file before you close the page, and continue from it next time.");
  };

  const warn = (text) => {
    if (byId("warning").textContent !== text) byId("warning").textContent = text;
    byId("warning").hidden = false;
  };

  const show = (spoken = "") => {
    const isOver = at >= items.length;
    byId("item").hidden = isOver;
    byId("finished").hidden = !isOver;
    byId("back").disabled = at === 0;
    byId("next").disabled = isOver;
    showProgress();
    if (isOver) {
      const left = items.length - state.nCoded();
      byId("finished-title").textContent = left ? `The end; ${number(left)} items are not coded` : `All ${number(items.length)} items are coded`;
      byId("finished-text").textContent = left
        ? "Code what is left, or save what there is and go on another day."
        : "Save the file and send it back. Until then your codings are in this browser only. Going back, you can still change them.";
      byId("finished-open").hidden = !left;
      byId("finished").focus({ preventScroll: true });
      return say(spoken);
    }
    const item = items[at];
    const asked = state.asked(item);
    isWide = false;
    chosen = new Map();
    wasCoded = state.isCoded(item);
    active = Math.max(0, asked.findIndex((variable) => !state.codes(item, variable).length));
    byId("number").textContent = `Item ${number(at + 1)} of ${number(items.length)}`;
    byId("shown").textContent = visible(unitOf(item).shown.map((pair) => pair.join(": ")).join(" · "));
    byId("asked").textContent = askedOf(item);
    showPassage();
    byId("questions").replaceChildren(...asked.map(questionOf));
    byId("comment").value = state.commentOn(item);
    byId("item").focus({ preventScroll: true }); // before the question, whose field may take it
    mark();
    scrollTo(0, 0);
    say(spoken);
  };

  const goTo = (place, spoken) => {
    at = Math.max(0, Math.min(place, items.length));
    state.goTo(at);
    show(spoken);
  };

  const nextUncoded = (from) => {
    const later = items.findIndex((item, place) => place >= from && !state.isCoded(item));
    return later >= 0 ? later : items.findIndex((item) => !state.isCoded(item));
  };

  // ---- answers

  const labelOf = (variable, code) => variable.values.find((value) => value.code === code)?.label || code;

  const settle = (variable, values) => {
    const item = items[at];
    state.answer(item, variable, values);
    chosen.delete(variable.name);
    const asked = state.asked(item);
    const spoken = `Item ${at + 1}: ${values.map((value) => labelOf(variable, value)).join(", ")}.`;
    const here = asked.indexOf(variable);
    const open = asked.findIndex((one) => !state.codes(item, one).length);
    const following = wasCoded ? (here + 1 < asked.length ? here + 1 : -1) : open;
    if (following >= 0) {
      active = following;
      mark();
      showProgress();
      return say(spoken);
    }
    const uncoded = at + 1 < items.length ? at + 1 : nextUncoded(0);
    goTo(uncoded < 0 ? items.length : uncoded, spoken);
  };

  const choose = (variable, code) => {
    active = state.asked(items[at]).indexOf(variable);
    if (!variable.several) return settle(variable, [code]);
    const before = codesOf(variable);
    const others = before.filter((one) => one !== code && (one === NONE) === (code === NONE));
    const ordered = variable.values.map((value) => value.code);
    const after = (before.includes(code) ? others : [...others, code]).sort((a, b) => ordered.indexOf(a) - ordered.indexOf(b));
    chosen.set(variable.name, after);
    mark();
    say(`${after.map((one) => labelOf(variable, one)).join(", ") || "nothing"} chosen; Enter confirms.`);
  };

  const confirm = (variable) => {
    const input = byId("questions").querySelector(`input[data-variable="${CSS.escape(variable.name)}"]`);
    const values = input ? [input.value.trim()].filter(Boolean) : codesOf(variable);
    if (input && !input.checkValidity()) return say(`Write a number from ${variable.number.join(" to ")}.`);
    if (!values.length) return say("Nothing is chosen: press the key of an answer, then Enter.");
    settle(variable, values);
  };

  const undo = () => {
    const place = state.undo();
    if (place === undefined) return say("There is nothing to undo.");
    goTo(place, `Undone: an answer to item ${place + 1}.`);
  };

  // ---- files

  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([state.file()], { type: "application/json" }));
    link.download = `codings-${data.coder.replace(/[^\p{L}\p{N}_.-]+/gu, "_")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(`Saved ${link.download}: ${number(state.nCoded())} of ${number(items.length)} items. Send it back when all are coded.`);
  };

  const load = async () => {
    const [file] = byId("load").files;
    if (!file) return;
    const told = state.load(await file.text());
    byId("load").value = "";
    dialog.close();
    show(told);
  };

  // ---- the codebook

  const listed = (title, texts) => (texts.length ? [element("p", "", `${title}:`), element("ul", "", ...texts.map((text) => element("li", "", text)))] : []);

  const definitionOf = (variable) => {
    const section = element("section", "", element("h3", "", variable.question));
    for (const value of variable.values) {
      section.append(element("h4", "", value.label || value.code));
      if (value.definition) section.append(element("p", "", value.definition));
      section.append(...listed("Examples", value.examples), ...listed("Rules", value.rules));
    }
    if (variable.number) section.append(element("p", "", `A number from ${variable.number.join(" to ")}.`));
    section.append(...listed("Rules for all answers", variable.rules));
    return section;
  };

  const openCodebook = () => {
    if (!byId("definitions").children.length) byId("definitions").append(...data.variables.map(definitionOf), ...listed("Rules for all questions", data.rules));
    dialog.showModal();
    const variable = items[at] && state.asked(items[at])[active];
    const section = byId("definitions").children[data.variables.indexOf(variable)];
    if (section) section.scrollIntoView();
  };

  // ---- keys and buttons

  const activeVariable = () => (at < items.length ? state.asked(items[at])[active] : undefined);
  const widen = () => {
    isWide = !isWide;
    showPassage();
  };
  const toComment = () => byId("comment").focus();
  const toNextUncoded = () => {
    const place = nextUncoded(at + 1);
    if (place < 0) return say("All items are coded.");
    goTo(place);
  };
  const actions = {
    ArrowRight: () => goTo(at + 1), ArrowLeft: () => goTo(at - 1), n: toNextUncoded, u: undo, c: toComment, m: widen, s: save, "?": openCodebook,
  };

  const onEnter = (event) => {
    const variable = activeVariable();
    const button = event.target.closest("button, a, label");
    if (!variable || (button && !button.classList.contains("code"))) return;
    if (variable.several || !variable.values.length) {
      event.preventDefault();
      confirm(variable);
    }
  };

  const inText = (event) => {
    if (event.key === "Escape") byId("item").focus({ preventScroll: true });
    else if (event.key === "Enter" && event.target.tagName === "INPUT") onEnter(event);
    else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog.open) {
      if (event.key === "?") dialog.close();
      return;
    }
    if (event.target.matches("textarea, input:not([type=file])")) return inText(event);
    if (event.key === "Enter") return onEnter(event);
    const act = actions[event.key] ?? actions[event.key.toLowerCase()];
    const isOver = at >= items.length;
    if (act && !(isOver && (act === toComment || act === widen))) {
      event.preventDefault();
      return act();
    }
    const variable = activeVariable();
    const place = KEYS.indexOf(event.key.toLowerCase());
    const value = event.key.length === 1 && place >= 0 && variable?.values[place];
    if (!value) return;
    event.preventDefault();
    choose(variable, value.code);
  });

  byId("questions").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const name = button.dataset.variable ?? button.dataset.confirms;
    const variable = state.asked(items[at]).find((one) => one.name === name);
    if (button.dataset.confirms) confirm(variable);
    else choose(variable, button.dataset.code);
  });
  byId("questions").addEventListener("submit", (event) => event.preventDefault());
  byId("questions").addEventListener("focusin", (event) => {
    const group = event.target.closest("fieldset");
    const place = [...byId("questions").children].indexOf(group);
    if (place < 0 || place === active) return;
    active = place;
    mark();
  });
  byId("comment").addEventListener("input", () => state.comment(items[at], byId("comment").value.trim()));
  for (const [id, act] of Object.entries({
    back: actions.ArrowLeft, next: actions.ArrowRight, undo, save, "finished-save": save, more: widen, "finished-open": toNextUncoded, "open-codebook": openCodebook, "close-codebook": () => dialog.close(),
  }))
    byId(id).addEventListener("click", act);
  byId("load").addEventListener("change", load);
  addEventListener("storage", (event) => {
    if (event.key === state.key) warn("This page was opened twice, and something was coded in the other window: close one, and load this one anew.");
  });
  addEventListener("beforeunload", (event) => {
    if (!state.isKept() && state.unsaved()) event.preventDefault();
  });
  show();
})();
