// What is measured on a page as it stands: each function returns a list of faults in words, empty without one.
// Tests evaluate this file and call one of them; nothing of it is served.
(() => {
  const name = (one) => {
    const words = (one.textContent || one.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const rank = one.id && !/\d/.test(one.id) ? `#${one.id}` : [...one.classList].map((part) => `.${part}`).join("");
    return `<${one.tagName.toLowerCase()}>${rank} “${words}”`;
  };
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const style = (one) => getComputedStyle(one);
  const root = document.documentElement;

  // WCAG 2.2, 1.4.10: no scrolling in two dimensions.
  const sideways = () => {
    if (root.scrollWidth <= root.clientWidth) return [];
    const held = (one) => one !== document.body && (style(one).overflowX !== "visible" || held(one.parentElement));
    const wide = all("body *").filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1);
    const first = wide.filter((one) => !held(one.parentElement)).slice(-1);
    return [`scrolls sideways at ${root.clientWidth} px because of ${first.map(name)}`];
  };

  // In WebKit, which no test of ours runs in, a long option widens the page where it is not cut off.
  const long = () =>
    all("select:not([multiple], [size])")
      .filter((one) => style(one).overflowX === "visible" || style(one).appearance !== "none")
      .map((one) => `widens the page in WebKit: <select name=${one.name}>`);

  // A row of links that scrolls by itself does not say that more follow.
  const hidden = () =>
    all("nav, nav ul, nav ol")
      .filter((one) => style(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
      .map((one) => `hides links at ${root.clientWidth} px: ${name(one)}`);

  // What stays while the rest scrolls takes at most half of the screen, wherever one has scrolled to.
  const sticky = () => {
    const stays = all("body *").filter((one) => ["sticky", "fixed"].includes(style(one).position));
    const most = { height: 0, names: "" };
    for (const share of stays.length ? [0.25, 0.5, 0.75] : []) {
      scrollTo(0, (root.scrollHeight - innerHeight) * share);
      const there = stays.filter((one) => {
        const box = one.getBoundingClientRect();
        const stuck = style(one).position === "fixed" || Math.abs(box.top - parseFloat(style(one).top)) < 1;
        return stuck && box.bottom > 0 && box.top < innerHeight;
      });
      const lines = new Set();
      for (const one of there) {
        const box = one.getBoundingClientRect();
        for (let y = Math.max(0, Math.floor(box.top)); y < Math.min(innerHeight, box.bottom); y += 1) lines.add(y);
      }
      if (lines.size > most.height) Object.assign(most, { height: lines.size, names: there.map(name).join(", ") });
    }
    scrollTo(0, 0);
    return most.height > innerHeight / 2 ? [`covers ${most.height} of ${innerHeight} px: ${most.names}`] : [];
  };

  // WCAG 2.2, 1.4.4 and 1.4.12: letters twice the size, and wider spaces between lines, words and letters.
  const LARGE = "html { font-size: 200% !important }";
  const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`;
  const dressed = (rules, look) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
    const found = look();
    document.adoptedStyleSheets = [];
    return found;
  };
  const cutOff = () =>
    all("body *")
      .filter((one) => /hidden|clip/.test(style(one).overflowX + style(one).overflowY))
      .filter((one) => !one.closest("svg, select, input, textarea, iframe") && one.textContent.trim())
      .filter((one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
      .map(name);
  const text = () => [
    ...dressed(LARGE, cutOff).map((one) => `cut off at 200 % text: ${one}`),
    ...dressed(SPACED, cutOff).map((one) => `cut off with WCAG's text spacing: ${one}`),
    ...dressed(LARGE, sideways).map((one) => `at 200 % text: ${one}`),
  ];

  // Only what no line has room for is broken within the word.
  const SHORT = 12;
  const torn = (one) => {
    const boxes = [...one.getClientRects()].filter((box) => box.width > 1);
    return boxes.length > 1 && boxes.at(-1).top > boxes[0].top + boxes[0].height / 2;
  };
  const broken = () => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.data.trim() || !seen(text.parentElement) || text.parentElement.closest("[aria-hidden=true]")) continue;
      for (const { 0: word, index } of text.data.matchAll(/(?<=^|[\s(“])\p{L}+(?=[\s.,:;?!)”]|$)/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (word.length <= SHORT && torn(range)) found.push(`${word} in ${name(text.parentElement)}`);
      }
    }
    return found;
  };

  // The same letters on the narrowest telephone that is common, where they hurt most.
  const phone = () => [
    ...hidden(),
    ...long(),
    ...dressed(LARGE, broken).map((one) => `breaks within a word at 200 % text on a phone: ${one}`),
    ...dressed(LARGE, cutOff).map((one) => `cut off at 200 % text on a phone: ${one}`),
    ...dressed(LARGE, sideways).map((one) => `at 200 % text on a phone: ${one}`),
  ];

  // Words of another language are longer than ours.
  const longer = () => [
    ...sideways(),
    ...hidden(),
    ...cutOff().map((one) => `cut off at ${root.clientWidth} px: ${one}`),
  ];

  // Forced colours take away backgrounds and shadows: borders, underlines, outlines and words are left.
  const forced = () => {
    const bare = all("button, .btn, input[type=submit]").filter((one) => {
      const { borderTopStyle, borderTopWidth, textDecorationLine } = style(one);
      const bordered = borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1;
      return !bordered && !textDecorationLine.includes("underline");
    });
    const lost = all("a[href], button, input, select, textarea, summary, [tabindex='0']").filter((one) => {
      if (one.disabled) return false;
      one.focus({ preventScroll: true });
      const { outlineStyle, outlineWidth } = style(one);
      return document.activeElement === one && (outlineStyle === "none" || parseFloat(outlineWidth) < 1);
    });
    const silent = all(".badge-word").filter((one) => !one.textContent.trim());
    return [
      ...bare.map((one) => `no border in forced colours: ${name(one)}`),
      ...lost.map((one) => `focus does not show in forced colours: ${name(one)}`),
      ...silent.map((one) => `a mark without a word: ${name(one)}`),
    ];
  };

  // Without scripts there is the heading, and every button does what a form does.
  const plain = () => {
    const faults = document.querySelector("h1")?.checkVisibility() ? [] : ["no h1 is seen"];
    const buttons = all("button, input[type=submit]");
    const works = (one) => one.type === "submit" ? one.form : one.popoverTargetElement || one.commandForElement;
    const hidden = [...document.querySelectorAll("form:not([hidden])")].filter(
      (one) => !one.closest("details:not([open]), [popover]") && !one.checkVisibility(),
    );
    return [
      ...faults,
      ...buttons.filter((one) => one.disabled).map((one) => `disabled without scripts: ${name(one)}`),
      ...buttons.filter((one) => !works(one)).map((one) => `does nothing without scripts: ${name(one)}`),
      ...hidden.map((one) => `not seen without scripts: ${name(one)}`),
    ];
  };

  return { sideways, sticky, text, phone, longer, forced, plain };
})()
