import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {PARTIAL, readSurface, surfaceFile, surfacePage} from './surface.ts';

test('the page of what the host provides is what it provides', {timeout: 120_000}, async () => {
  const surface = await readSurface();
  const names = new Set([...surface.routes, ...surface.host, ...surface.core]);
  assert.deepEqual(Object.keys(PARTIAL).filter((name) => !names.has(name)), [], 'notes on what is not there');
  assert.ok(surface.routes.length > 40 && surface.host.length > 300 && surface.core.length > 900,
    `${surface.routes.length} calls, ${surface.host.length} and ${surface.core.length} functions`);
  assert.equal(readFileSync(surfaceFile, 'utf8'), surfacePage(surface), 'run "npm run surface", and commit the page');
});
