/** Adds a line `test: ...` to the options of a function, which keep all of them as lines of one text. */
export function addTest(options: Record<string, string>, line: string): void {
  options.test = options.test === undefined ? line : `${options.test}\n${line}`;
}

/** Options as the core has them: the tests are a list, however many there are. */
export const sentOptions = ({test, ...rest}: Record<string, string>): Record<string, unknown> =>
  test === undefined ? rest : {...rest, test: test.split('\n')};
