/** Deeper nested JSON is refused. */
export const jsonDepthMax = 200;

const quote = 34;
const backslash = 92;

/** Counts brackets outside strings, and stops at the bound. */
export const nestsTooDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === backslash) at += 1;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > jsonDepthMax) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
};
