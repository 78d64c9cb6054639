import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {activityText, type LoggedRecord} from '../../src/core/activity-text.ts';
import {anyText} from './support.ts';

const ann = {name: 'user', label: 'Ann'};
const plates = {name: 'entity', label: 'Plates'};

function text(record: Partial<LoggedRecord>): string {
  return activityText({type: 'log', description: '', error: '', who: 'Ann', values: [], ...record})
    .map((piece) => piece.text).join('');
}

test('what happened in words: templates, types, sharing', () => {
  const cases: [Partial<LoggedRecord>, string][] = [
    [{description: '@user opened @entity', values: [ann, plates]}, 'opened Plates'],
    [{description: '@user opened @entity', values: [plates]}, 'opened Plates'],
    [{description: '@user opened @entity', values: [{name: 'user', label: 'Bob'}, plates]}, 'Bob opened Plates'],
    [{description: '@user opened @entity', who: '', values: [plates]}, '@user opened Plates'],
    [{description: 'for @user: @nothing', values: [ann]}, 'for Ann: @nothing'],
    [{description: 'ann@example.com wrote', values: [{name: 'example', label: 'X'}]}, 'ann@example.com wrote'],
    [{description: '@user', values: [ann]}, 'Ann'],
    [{type: 'query-created', values: [plates]}, 'created Plates'],
    [{type: 'query-start', values: [plates]}, 'started Plates'],
    [{type: 'function-ran', description: 'function-ran', values: [plates]}, 'ran Plates'],
    [{type: 'query-created'}, 'query-created'],
    [{type: 'click', description: 'Shell / Apps'}, 'Shell / Apps'],
    [{type: 'my event'}, 'my event'],
    [{type: 'boom', error: 'it broke'}, 'it broke'],
    [{type: 'entity-shared', values: [plates, {name: 'group', label: 'Chemists'}]}, 'shared Plates with Chemists'],
    [{type: 'entity-shared-silent', values: [plates, {name: 'grantedUser', label: 'Bob'}]}, 'shared Plates with Bob'],
    [{type: 'entity-shared', description: '@user shared @entity', values: [ann, plates, {name: 'group', label: 'All'}]},
      'shared Plates with All'],
    [{type: 'entity-shared', description: '@user shared @entity with @group', values: [ann, plates,
      {name: 'group', label: 'All'}]}, 'shared Plates with All'],
  ];
  for (const [record, expected] of cases)
    assert.equal(text(record), expected, JSON.stringify(record));
});

test('the first of several values of one parameter counts, empty ones do not', () => {
  assert.equal(text({description: 'saw @entity', values: [{name: 'entity', label: ''}, plates,
    {name: 'entity', label: 'Other'}]}), 'saw Plates');
});

test('any text stays a text, and a sentence without placeholders is told as it is', () => {
  fc.assert(fc.property(anyText, anyText, (description, label) => {
    const pieces = activityText({type: 'log', description, error: '', who: 'Ann', values: [{name: 'x', label}]});
    assert.ok(pieces.every((piece) => typeof piece.text === 'string'));
    if (!description.includes('@') && description !== '' && description !== 'log')
      assert.deepEqual(pieces, [{text: description}]);
  }), {numRuns: 500});
});
