/** A declaration read from the vocabulary: `-name(input: type, ...): output` or `name(...)@where`. */
export interface Signature {
  name: string;
  params: {name: string; type: string}[];
  output: string;
  /** Connection of a query, language of a script. */
  at: string;
  isUnused: boolean;
}

export function readSignatures(text: string | undefined): Signature[] {
  return text === undefined ? [] : text.split('; ').map(readSignature);
}

/** @throws Error when the text is no declaration */
export function readSignature(text: string): Signature {
  const match = /^(-?)([^(]+)\(([^)]*)\)(?:: (\w+))?(?:@(\w+))?$/.exec(text.trim());
  if (match === null)
    throw new Error(`Not a declaration: ${text}`);
  const params = match[3] === '' ? [] : match[3].split(', ').map((param) => {
    const [name, type] = param.split(': ');
    return {name, type};
  });
  return {name: match[2], params, output: match[4] ?? '', at: match[5] ?? '', isUnused: match[1] === '-'};
}
