/** How the text of one environment variable becomes a value. */
export interface Rule<T> {
  /** Completes the sentences "must be …" of an error and "unit: …" of the documentation. */
  readonly allowed: string;
  /** @returns the value, or `undefined` when the text is not allowed; the empty text never comes here */
  readonly parse: (text: string) => T | undefined;
}

/** Only the canonical spelling: no sign, blank, exponent or leading zero, so that nothing is read as another number. */
export function integer(min: number, max: number): Rule<number> {
  return {
    allowed: `an integer from ${min} to ${max}`,
    parse: (text) => {
      if (!/^(0|[1-9][0-9]*)$/.test(text)) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** Integers with commas between them, each in its canonical spelling. */
export function integers(count: { min: number; max: number }, min: number, max: number): Rule<readonly number[]> {
  const one = integer(min, max);
  return {
    allowed: `${count.min} to ${count.max} integers from ${min} to ${max} with commas between them`,
    parse: (text) => {
      const values = text.split(',').flatMap((each) => one.parse(each.trim()) ?? []);
      const isWhole = values.length === text.split(',').length;
      return isWhole && values.length >= count.min && values.length <= count.max ? values : undefined;
    },
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Rule<T> {
  return {
    allowed: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    parse: (text) => values.find((value) => value === text),
  };
}

export const flag: Rule<boolean> = {
  allowed: 'true or false',
  parse: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
};

export function matching(pattern: RegExp, allowed: string): Rule<string> {
  return { allowed, parse: (text) => (pattern.test(text) ? text : undefined) };
}
