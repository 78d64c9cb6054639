import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseCsv, writeCsv} from '../../src/core/csv.ts';
import {anyText} from './support.ts';

function cell(value: any): string {
  return writeCsv({comments: [], header: ['h'], rows: [[value]]}).slice('\uFEFFh\r\n'.length, -2);
}

test('cells', () => {
  const cases: [any, string][] = [['plain', 'plain'], ['a,b', '"a,b"'], ['say "hi"', '"say ""hi"""'], ['a\nb', '"a\nb"'],
    [5, '5'], [-5, '-5'], [1.5e300, '1.5e+300'], [true, 'true'], [null, '""'], [NaN, '""'], ['', '""'],
    ['=1+1', `'=1+1`], ['-5', `'-5`], ['+x', `'+x`], ['@sum', `'@sum`], ['  =1', `'  =1`], ['\u00a0=1', `'\u00a0=1`],
    ['\u200b=1', `'\u200b=1`], ['\t=1', `"'\t=1"`], ['\tx', `"'\tx"`], ['\rx', `"'\rx"`], ['a\n=1', `"a\n'=1"`], ['a\r\n @x', `"a\r\n' @x"`],
    ['a\u2028=1', `a\u2028'=1`], ['＝1', `'＝1`], [`'=1`, `''=1`], [`O'Brien`, `O'Brien`], [`'quoted'`, `'quoted'`], ['a=1', 'a=1']];
  for (const [value, expected] of cases)
    assert.equal(cell(value), expected, JSON.stringify(value));
});

test('filters and time stand above the table, each in one harmless cell', () => {
  assert.equal(writeCsv({comments: ['Packages: a,=cmd', 'two\r\nlines'], header: ['user', 'n'], rows: [['Ann', 3]]}),
    '\uFEFF"# Packages: a,=cmd"\r\n# two lines\r\nuser,n\r\nAnn,3\r\n');
});

test('a table is read back as it was, whatever is in its cells', () => {
  const table = fc.integer({min: 1, max: 4}).chain((width) => fc.record({
    comments: fc.array(anyText.map((text) => text.replace(/[\r\n\v\f\u0085\u2028\u2029]/g, ' ')), {maxLength: 3}),
    header: fc.array(fc.oneof(anyText, fc.constantFrom('#', '# x', `'# x`)), {minLength: width, maxLength: width}),
    rows: fc.array(fc.array(anyText, {minLength: width, maxLength: width}), {maxLength: 5})}, {noNullPrototype: true}));
  fc.assert(fc.property(table, (given) => {
    assert.deepEqual(parseCsv(writeCsv(given)), given);
  }), {numRuns: 2000});
});

test('no line of a text cell begins with what a spreadsheet would run', () => {
  fc.assert(fc.property(anyText, (text) => {
    const written = cell(text).replace(/^"([^]*)"$/, '$1').replace(/""/g, '"');
    for (const line of written.split(/[\r\n\v\f\u0085\u2028\u2029]/))
      assert.doesNotMatch(line.replace(/^[\s\p{Cf}\p{Cc}]+/u, ''), /^[=+\-@]/);
    assert.doesNotMatch(written, /^[\t\r]/);
  }), {numRuns: 2000});
});
