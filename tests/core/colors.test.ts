import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {argbOf, colorOf, NEUTRAL, type Theme} from '../../src/core/colors.ts';
import {distinctLabels} from '../../src/core/names.ts';
import {anyText} from './support.ts';

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUND: Record<Theme, string> = {light: '#ffffff', dark: '#202428'};

test('the colour of a name is fixed for ever', () => {
  assert.deepEqual(['Chem', 'Bio', ''].map((name) => [colorOf(name), colorOf(name, 'dark')]),
    [['#cd632d', '#ee8f63'], ['#1d7d3e', '#4fa866'], ['#57997d', '#92d5b7']]);
});

test('every colour stands out from the ground of its theme', () => {
  for (const theme of ['light', 'dark'] as const) {
    assert.ok(contrast(NEUTRAL[theme], GROUND[theme]) >= 3, theme);
    for (let i = 0; i < 2000; i++) {
      const color = colorOf(`name ${i}`, theme);
      assert.match(color, /^#[0-9a-f]{6}$/);
      assert.ok(contrast(color, GROUND[theme]) >= 3, `${theme} ${color} ${contrast(color, GROUND[theme])}`);
    }
  }
});

test('names that differ little get different colours, and many names share the colours evenly', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 7200; i++)
    counts.set(colorOf(`user ${i}`), (counts.get(colorOf(`user ${i}`)) ?? 0) + 1);
  assert.equal(counts.size, 72);
  assert.ok(Math.max(...counts.values()) < 160);
});

test('colours as the platform holds them', () => {
  assert.equal(argbOf('#102030'), 0xff102030);
});

test('namesakes are told apart by login, and by id where even that is the same', () => {
  const labels = distinctLabels([{id: '1', name: 'Ann Lee', detail: 'alee'}, {id: '2', name: 'ann lee', detail: 'ann'},
    {id: '3', name: 'Bob', detail: 'bob'}, {id: '4', name: '', detail: 'eve'}, {id: '5', name: 'X', detail: 'x'},
    {id: '6', name: 'X', detail: 'x'}, {id: '7', name: '', detail: ''}]);
  assert.deepEqual([...labels].sort(), [['1', 'Ann Lee (alee)'], ['2', 'ann lee (ann)'], ['3', 'Bob'], ['4', 'eve'],
    ['5', 'X (x, 5)'], ['6', 'X (x, 6)'], ['7', '7']]);
});

test('no two ids ever get one label', () => {
  const name = fc.oneof(anyText, fc.constantFrom('Ann', 'ann', 'Ann (a)', 'Ann (a, 1)'));
  const items = fc.uniqueArray(fc.record({id: fc.uuid(), name, detail: fc.constantFrom('', 'a', 'b', 'A')}),
    {selector: (item) => item.id, maxLength: 12});
  fc.assert(fc.property(items, (given) => {
    const labels = distinctLabels(given);
    assert.equal(labels.size, given.length);
    assert.equal(new Set(labels.values()).size, given.length);
  }), {numRuns: 500});
});
