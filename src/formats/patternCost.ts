/**
 * How much work a regular expression can be, told from its text, and where it is at fault. A backtracking engine can
 * be kept busy for years by a short pattern; a pattern whose work is bounded by a polynomial of the text's length is
 * let through with that bound, any other is refused. Knows nothing of what patterns are for.
 */

/** The choices an engine has while it matches from one position of a text. */
export interface PatternCost {
  /** Those that do not depend on the text's length: alternatives, and repetitions of so and so many times. */
  readonly constant: number;
  /** Open repetitions: each ends at one of the text's positions. */
  readonly degree: number;
}

/** A fault of a pattern, with its place. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  constructor(
    what: string,
    /** Counted from 1. */
    readonly position: number,
  ) {
    super(`${what} at character ${position}`);
  }
}

interface Repeat {
  readonly min: number;
  readonly max: number;
}

const ONE: PatternCost = { constant: 1, degree: 0 };
const fixed = ({ constant, degree }: PatternCost) => constant === 1 && degree === 0;
const both = (a: PatternCost, b: PatternCost): PatternCost => ({
  constant: a.constant * b.constant,
  degree: a.degree + b.degree,
});
const either = (a: PatternCost, b: PatternCost): PatternCost => ({
  constant: a.constant + b.constant,
  degree: Math.max(a.degree, b.degree),
});

/** Walks a pattern from left to right. */
class Walk {
  private at = 0;
  private depth = 0;

  constructor(private readonly pattern: string) {}

  whole(): PatternCost {
    const cost = this.alternatives();
    if (this.at < this.pattern.length) this.fault('a closing bracket ")" without an opening one', this.at);
    return cost;
  }

  private fault(what: string, at: number): never {
    throw new PatternError(what, at + 1);
  }

  private alternatives(): PatternCost {
    let cost = this.sequence();
    while (this.pattern[this.at] === '|') {
      this.at++;
      cost = either(cost, this.sequence());
    }
    return cost;
  }

  private sequence(): PatternCost {
    let cost = ONE;
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at])) {
      const start = this.at;
      const atom = this.atom();
      const repeat = this.repeat();
      cost = both(cost, repeat ? this.repeated(atom, repeat, start) : atom);
    }
    return cost;
  }

  private repeated(atom: PatternCost, { min, max }: Repeat, start: number): PatternCost {
    if (max < Number.POSITIVE_INFINITY) {
      return { constant: (max - min + 1) * atom.constant ** max, degree: atom.degree * max };
    }
    if (!fixed(atom)) {
      this.fault('a repeated group that holds a repetition or alternatives, which can take for ever,', start);
    }
    return { constant: 1, degree: 1 };
  }

  private atom(): PatternCost {
    const start = this.at;
    const c = this.pattern[this.at++];
    switch (c) {
      case '(':
        return this.group(start);
      case '[':
        return this.charClass(start);
      case '\\':
        if (this.at++ >= this.pattern.length) this.fault('a backslash with nothing after it', start);
        // What a group caught is compared letter by letter.
        return /[1-9k]/.test(this.pattern[start + 1]) ? { constant: 1, degree: 1 } : ONE;
      case '*':
      case '+':
      case '?':
        return this.fault(`"${c}" with nothing before it to repeat`, start);
      default:
        if (/^\{\d+(,\d*)?\}/.test(this.pattern.slice(start, start + 40))) {
          this.fault('a repetition with nothing before it to repeat', start);
        }
        return ONE;
    }
  }

  private group(start: number): PatternCost {
    if (++this.depth > 100) this.fault('groups within more than a hundred groups', start);
    const [kind] = /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(this.pattern.slice(this.at)) ?? [];
    if (kind) this.at += kind.length;
    else if (this.pattern[this.at] === '?') this.fault('an unknown kind of group', start);
    const cost = this.alternatives();
    if (this.pattern[this.at] !== ')') this.fault('a group that is never closed', start);
    this.at++;
    this.depth--;
    return cost;
  }

  private charClass(start: number): PatternCost {
    while (this.pattern[this.at] !== ']') {
      if (this.at >= this.pattern.length) this.fault('a class "[" that is never closed', start);
      this.at += this.pattern[this.at] === '\\' ? 2 : 1;
    }
    const end = ++this.at;
    if (!compiles(this.pattern.slice(start, end))) this.fault('a class whose range runs backwards', start);
    return ONE;
  }

  /** The repetition at the present place, or null. */
  private repeat(): Repeat | null {
    const start = this.at;
    const [text, sign, min, comma, max] =
      /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.pattern.slice(start)) ?? [];
    if (text === undefined) return null;
    this.at += text.length;
    if (sign) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    const least = Number(min);
    const most = comma ? (max ? Number(max) : Number.POSITIVE_INFINITY) : least;
    if (most < least) this.fault('a repetition whose numbers run backwards', start);
    return { min: least, max: most };
  }
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/**
 * The most steps a pattern can take on a text: its choices times the ways to place where it begins and where its open
 * repetitions end, one after another, C(length + degree + 1, degree + 1).
 */
export function mostSteps({ constant, degree }: PatternCost, length: number): number {
  let steps = constant;
  for (let i = 1; i <= degree + 1 && steps < Number.POSITIVE_INFINITY; i++) steps *= (length + i) / i;
  return steps;
}

/**
 * Bounds the work of a pattern.
 * @throws PatternError for one that is no regular expression, and for one whose work has no useful bound.
 */
export function patternCost(pattern: string): PatternCost {
  const cost = new Walk(pattern).whole();
  if (compiles(pattern)) return cost;
  let whole = pattern.length;
  while (whole > 0 && !compiles(pattern.slice(0, whole))) whole--;
  throw new PatternError('something that is no regular expression', whole + 1);
}
