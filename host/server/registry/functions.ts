import path from 'node:path';
import type {ParsedParam} from '../annotation/parameter.ts';
import type {FunctionKind, FunctionSpec, PackageSpec} from '../model.ts';
import {filesUnder, readText} from './files.ts';
import {readHeader, type Header, type HeaderLine} from './header.ts';
import {stableId} from './id.ts';
import {annotatedFunctions} from './javascript.ts';
import {identifierOf} from './names.ts';
import {readScript, SCRIPT_FILE} from './scripts.ts';

/**
 * Where annotated functions stand, and the bundle that runs them. What is first wins: sources say it best, and a
 * minified bundle says nothing.
 */
const SOURCES: [file: string, bundle: string][] = [
  ['src/package.g.ts', 'package.js'],
  ['src/package.ts', 'package.js'],
  ['src/package.js', 'package.js'],
  ['dist/package.js', 'package.js'],
  ['src/package-test.ts', 'package-test.js'],
  ['src/package-test.js', 'package-test.js'],
  ['dist/package-test.js', 'package-test.js'],
  ['detectors.js', 'detectors.js'],
];

/** A function that belongs to a version of a package: gives it its ids, which no other version has. */
export function makeFunction(of: PackageSpec, kind: FunctionKind, name: string, params: ParsedParam[],
  rest: Omit<FunctionSpec, 'id' | 'kind' | 'name' | 'params' | 'package'>): FunctionSpec {
  const id = stableId('function', of.id, kind, name);
  return {...rest, id, kind, name, package: of, params: params.map((param) =>
    ({...param, id: stableId('parameter', id, param.isInput ? 'input' : 'output', param.name)}))};
}

/** Exported JavaScript functions of the package. `options.file` names the bundle that holds the code. */
export function javaScriptFunctions(of: PackageSpec): FunctionSpec[] {
  const found = new Map<string, {header: HeaderLine[]; bundle: string; file: string}>();
  for (const [file, bundle] of SOURCES) {
    for (const {name, header} of annotatedIn(of, file)) {
      if (!found.has(name))
        found.set(name, {header, bundle, file});
    }
  }
  return [...found].map(([name, {header: lines, bundle, file}]) => {
    const header = readHeader(lines);
    report(of, file, header);
    return makeFunction(of, 'PackageFunc', name, header.params, {
      ...common(header, name), options: {...header.options, file: bundle},
    });
  });
}

function annotatedIn(of: PackageSpec, file: string): {name: string; header: HeaderLine[]}[] {
  try {
    return annotatedFunctions(readText(of.folder, file) ?? '');
  } catch (error) {
    of.problems.push(`${file}: ${(error as Error).message}`);
    return [];
  }
}

/** Scripts of the package, each with its whole text. */
export function scriptFunctions(of: PackageSpec): FunctionSpec[] {
  const found: FunctionSpec[] = [];
  for (const file of filesUnder(of.folder, 'scripts', SCRIPT_FILE)) {
    try {
      const text = readText(of.folder, file)!;
      const header = readScript(file, text);
      if (!header)
        continue;
      report(of, file, header);
      const name = header.name ?? path.parse(file).name;
      found.push(makeFunction(of, 'Script', identifierOf(name), header.params, {
        ...common(header, name), text, language: header.language,
      }));
    } catch (error) {
      of.problems.push(`${file}: ${(error as Error).message}`);
    }
  }
  return found;
}

const report = (of: PackageSpec, file: string, header: Header): void =>
  void of.problems.push(...header.problems.map((problem) => `${file}: ${problem}`));

function common(header: Header, name: string) {
  return {
    friendlyName: header.friendlyName ?? header.name ?? name,
    description: header.description, tags: header.tags, options: header.options,
    ...header.helpUrl === undefined ? {} : {helpUrl: header.helpUrl},
    ...header.topMenu === undefined ? {} : {topMenu: header.topMenu},
  };
}
