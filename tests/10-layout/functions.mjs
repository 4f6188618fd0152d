// Where functions begin and end: by the house style in C and shell, by indent
// in JavaScript. Enough to measure, not a parser.
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

/** From each line that opens a function to the bracket that closes it at the same indent. */
function byIndent(file, text, opens, close) {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    if (!opens(line)) return [];
    const closing = `${/^\s*/.exec(line)[0]}${close(line)}`;
    const end = lines.findIndex((other, below) => below > at && other.startsWith(closing));
    return [{ file, name: line.trim(), lines: end - at - 1 }];
  });
}

/** JavaScript: functions, methods, and arrow functions wherever they stand. */
const inScript = (file, text) => byIndent(file, text,
  (line) => /=> \{$|^\s*(export |default |static |async )*(function\*? ?)?#?\w*\(.*\) \{$/.test(line) && !/^\s*(\} )?(else|if|for|while|switch|catch)\b/.test(line), () => "}");

/** Shell: name() { or name() (. */
const inShell = (file, text) => byIndent(file, text,
  (line) => /^\s*\w+\(\) [{(]$/.test(line), (line) => (line.endsWith("{") ? "}" : ")"));

/** [{file, name, lines}] of one file; lines between the braces. */
export function functionsOf(file, text) {
  if (/\.[ch]$/.test(file)) return inC(file, text);
  return /\.m?js$/.test(file) ? inScript(file, text) : inShell(file, text);
}
