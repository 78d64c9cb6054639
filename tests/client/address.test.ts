import {describe, it} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {addressOf, isBelow, segments} from '../../host/client/views/address.ts';

describe('address of a view', () => {
  const table: [path: string, basePath: string, openedAt: string | null, address: string][] = [
    ['', '', null, '/'],
    ['', '/apps/X', null, '/apps/X'],
    ['', '/apps/X', '/apps/X/a?b=1', '/apps/X/a?b=1'],
    ['/tab', '/apps/X', '/apps/X', '/apps/X/tab'],
    ['tab', '/apps/X', null, '/apps/X/tab'],
    ['?q=1', '/apps/X', null, '/apps/X?q=1'],
    ['/tab', '/apps/X/', null, '/apps/X/tab'],
    ['/apps/X/tab', '/apps/X', null, '/apps/X/tab'],
    ['/apps/x/tab', '/apps/X', null, '/apps/x/tab'],
    ['/apps/Other', '/apps/X', null, '/apps/Other'],
    ['/users', '', null, '/users'],
    ['users', '', null, '/users'],
    ['/Xtra', '/X', null, '/X/Xtra'],
  ];
  for (const [path, basePath, openedAt, address] of table)
    it(`path "${path}" on base "${basePath}"${openedAt == null ? '' : `, opened at ${openedAt}`}`, () => {
      assert.equal(addressOf({path, basePath, openedAt}), address);
    });

  it('a path continues a base by whole segments only', () => {
    assert.equal(isBelow('/apps/Fruit/a?b=/c', '/apps/fruit'), true);
    assert.equal(isBelow('/apps/Fruits', '/apps/Fruit'), false);
    assert.equal(isBelow('/apps/Fruit?x', '/apps/Fruit/'), true);
  });

  it('any segments survive being written into an address', () => {
    fc.assert(fc.property(fc.array(fc.string({unit: 'grapheme', minLength: 1})), (parts) => {
      assert.deepEqual(segments(`/${parts.map(encodeURIComponent).join('/')}`), parts);
    }));
  });

  it('text that is no encoding stays as it is', () => {
    assert.deepEqual(segments('/a/50%/b//'), ['a', '50%', 'b']);
  });
});
