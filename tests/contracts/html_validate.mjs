// Reads a JSON list of pages from standard input, {name, place, html}, and writes a list of what is wrong with each:
// {name, faults}. One process for all pages. The packages are those of .tools/checkers.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(process.argv[2] + "/");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

// How the source looks is for djangofmt and for whoever edits it; HTML allows both ways of each.
const looks = [
  "no-trailing-whitespace",
  "attr-quotes",
  "attribute-boolean-style",
  "attribute-empty-style",
  "attr-case",
  "doctype-style",
  "void-style",
];
const rules = {
  ...Object.fromEntries(looks.map((rule) => [rule, "off"])),
  // Dashes and figures in ids are what Django's forms and the sessions' anchors are made of.
  "valid-id": ["error", { relaxed: true }],
  // Titles are as long as what people have called their sessions.
  "long-title": "off",
  // Boxes to tick that belong together share a name.
  "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
};
// Django's admin writes markup that is right, if not as one would write it today; axe looks at it as well.
const djangos = {
  "prefer-button": "off",
  "prefer-tbody": "off",
  "prefer-native-element": "off",
  "no-implicit-button-type": "off",
  "no-redundant-for": "off",
  // A label stands beside what is shown to be read only.
  "valid-for": "off",
  // Groups of fields without a name, rows whose heading is plain from the table, a form that is shown to be read.
  "wcag/h71": "off",
  "wcag/h63": "off",
  "wcag/h32": "off",
};
// The style guide shows parts of the frame a second time.
const shownTwice = { "unique-landmark": "off", "prefer-native-element": "off" };
const validators = {
  guide: checking({ ...rules, ...shownTwice }),
  site: checking(rules),
  event: checking(rules),
  admin: checking({ ...rules, ...djangos }),
};

function checking(rules) {
  const config = { root: true, extends: ["html-validate:recommended"], rules };
  return new HtmlValidate(new StaticConfigLoader(config));
}

const pages = JSON.parse(await text(process.stdin));
const found = [];
for (const { name, html, place } of pages) {
  const report = await validators[place].validateString(html, `${name}.html`);
  const faults = report.results.flatMap((result) =>
    result.messages.map((one) => `${one.ruleId}: ${one.message} (${one.selector})`),
  );
  if (faults.length > 0) found.push({ name, faults });
}
process.stdout.write(JSON.stringify(found));
