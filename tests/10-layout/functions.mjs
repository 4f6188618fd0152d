// Where functions begin and end: by the house style in C, by braces in
// JavaScript. Enough to measure, not a parser.
//
// SPDX-License-Identifier: ISC

// Rows of a table inside a function are data, not steps.
const isRow = (line) => /^\s+([{"]|\.\w+ = )/.test(line);

/** C: a brace alone in the first column opens a function, the next one closes it. */
function inC(file, text) {
  const found = [];
  let begin = 0;
  let name = "";
  const lines = text.split("\n");
  lines.forEach((line, at) => {
    const named = /^([a-z_0-9A-Z]+)\(/.exec(line);
    if (named) name = named[1];
    if (line === "{") begin = at;
    if (line === "}" && begin > 0) {
      found.push({ file, name, lines: lines.slice(begin + 1, at).filter((one) => !isRow(one)).length });
      begin = 0;
    }
  });
  return found;
}

/** JavaScript: from a line that opens a function to the brace at its indent. */
function inScript(file, text) {
  const lines = text.split("\n");
  const found = [];
  lines.forEach((line, at) => {
    const opened = /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|(?:static )?(?:async )?(#?\w+)\([^()]*\) \{$)/.exec(line);
    if (!opened || /^\s*(if|for|while|switch|catch|return)\b/.test(line) || !line.endsWith("{")) return;
    const end = lines.findIndex((other, below) => below > at && other.startsWith(`${opened[1]}}`));
    if (end > 0) found.push({ file, name: opened[2] ?? opened[3], lines: end - at - 1 });
  });
  return found;
}

/** [{file, name, lines}] of one file; lines between the braces. */
export function functionsOf(file, text) {
  return file.endsWith(".c") ? inC(file, text) : inScript(file, text);
}
