import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {openPlayground, type Playground} from '../support/playground.ts';

let ground: Playground;
const run = <T = unknown>(code: string): Promise<T> => ground.page.evaluate(`(async () => {${code}})()`) as Promise<T>;
const type = (text: string): Promise<void> => ground.page.keyboard.type(text);
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys)
    await ground.page.keyboard.press(key as 'Enter');
};

/** Puts the input on the page as `window.i` and records its events. */
const show = (expression: string): Promise<unknown> => run(`
  window.i = ${expression};
  window.log = [];
  i.onInput.subscribe(() => log.push('input'));
  i.onChanged.subscribe((x) => log.push(x instanceof dayjs ? x.format('YYYY-MM-DD') : x));
  document.getElementById('stage').append(i.root);`);
const editor = '#stage .ui-input-editor';

before(async () => {
  ground = await openPlayground({width: 1024, height: 768});
});
after(() => ground?.close());
beforeEach(() => run(`
  document.getElementById('stage')?.remove();
  document.querySelectorAll('.ui-input-suggestions').forEach((e) => e.remove());
  const stage = document.createElement('div');
  stage.id = 'stage';
  stage.style.cssText = 'position:fixed;inset:0;z-index:900;background:var(--white);padding:20px';
  document.body.append(stage);`));

test('every input has the DOM shape that packages style, and its caption leads to the editor', async () => {
  const shapes = await run<Record<string, string>>(`
    const shapes = {};
    for (const type of ['Text', 'Search', 'TextArea', 'Int', 'Float', 'BigInt', 'Slider', 'Bool', 'Switch', 'Date', 'Choice',
      'MultiChoice', 'Radio', 'Tags', 'User', 'UserGroups', 'Table', 'Column', 'Columns', 'Color', 'List', 'Map']) {
      const input = ui.input.forInputType(type);
      input.caption = 'Caption';
      const [label, editor, options] = input.root.children;
      shapes[type] = [input.inputType === type, input.root.matches('.ui-input-root.ui-input-' + type.toLowerCase()),
        label.matches('label.ui-label.ui-input-label') && label === input.captionLabel && label.textContent === 'Caption',
        editor.matches('.ui-input-editor') && editor === input.input, options.matches('.ui-input-options'),
        label.htmlFor !== '' ? label.htmlFor === editor.id : editor.getAttribute('aria-labelledby') === label.id].join();
    }
    return shapes;`);
  for (const [kind, shape] of Object.entries(shapes))
    assert.equal(shape, 'true,true,true,true,true,true', kind);
});

test('wrapper classes are those of the published API', async () => {
  assert.deepEqual(await run(`return ['Choice', 'MultiChoice', 'Date', 'Text'].map((t) =>
    ui.input.forInputType(t).constructor.name.replace(/^_/, ''))`), ['ChoiceInput', 'MultiChoiceInput', 'DateInput', 'InputBase']);
});

test('typing fires input and then changed for each change; a program fires changed alone', async () => {
  await show(`ui.input.string('Name', {value: 'a'})`);
  await ground.page.click(editor);
  await press('End');
  await type('bc');
  assert.deepEqual(await run('return log'), ['input', 'ab', 'input', 'abc']);
  assert.deepEqual(await run(`log.length = 0; i.value = 'x'; i.value = 'x'; i.stringValue = 'y'; return log`), ['x', 'y']);
  assert.deepEqual(await run(`log.length = 0; i.notify = false; i.value = 'silent'; i.notify = true;
    return [log.length, i.value, i.input.value]`), [0, 'silent', 'silent']);
  assert.deepEqual(await run(`i.value = null; return [i.value, i.stringValue]`), ['', '']);
});

test('onValueChanged gets the value and the input; options of ui.input reach the editor', async () => {
  await run(`window.got = [];
    window.i = ui.input.string('Name', {placeholder: 'who', nullable: false, tooltipText: 'Full name', value: 'Ann',
      onCreated: (x) => got.push('created ' + x.caption), onValueChanged: (v, x) => got.push(v + x.caption),
      elementOptions: {classes: 'mine'}});
    document.getElementById('stage').append(i.root);
    i.value = 'Bob';`);
  assert.deepEqual(await run('return got'), ['created Name', 'BobName']);
  assert.deepEqual(await run(`return [i.input.placeholder, i.nullable, i.property.defaultValue, i.property.name,
    i.root.classList.contains('mine')]`), ['who', false, 'Ann', 'Name', true]);
});

test('whole numbers: what is not one makes the value null and says so; arrows step within the limits', async () => {
  await show(`ui.input.int('Age', {value: 9, min: 0, max: 10})`);
  await ground.page.click(editor, {count: 3});
  await type('7x');
  assert.deepEqual(await run('return [log, i.value, i.validationResults]'), [['input', 7, 'input', null], null,
    ['Not a whole number']]);
  assert.equal(await run(`return document.querySelector('.ui-input-validation').textContent`), 'Not a whole number');
  await press('Backspace', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown');
  assert.deepEqual(await run('return [i.value, i.input.value, i.validity]'), [9, '9', null]);
  assert.deepEqual(await run(`i.value = 12; return [i.validity, i.validate()]`), ['Must be at most 10', false]);
  assert.deepEqual(await run(`i.value = 2.9; return [i.value, i.stringValue]`), [2, '2']);
});

test('a number shows its format until it is edited', async () => {
  await show(`ui.input.float('Mass', {value: 1234.5678, format: '#,##0.00'})`);
  assert.equal(await run('return i.input.value'), '1,234.57');
  await ground.page.focus(editor);
  assert.equal(await run('return i.input.value'), '1234.5678');
  await run('i.input.blur()');
  assert.deepEqual(await run('return [i.input.value, i.value, log]'), ['1,234.57', 1234.5678, []]);
  await show(`ui.input.bigInt('Id', {value: 12345678901234567890n})`);
  assert.deepEqual(await run('return [i.input.value, String(i.value), typeof i.value]'),
    ['12345678901234567890', '12345678901234567890', 'bigint']);
});

test('slider and plus/minus move the number like the user does', async () => {
  await show(`ui.input.int('Size', {value: 4, min: 0, max: 10, step: 2, showSlider: true, showPlusMinus: true})`);
  await ground.page.click('#stage .ui-input-plus-minus button:last-child');
  assert.deepEqual(await run(`return [log, document.querySelector('#stage [type=range]').value]`), [['input', 6], '6']);
  await ground.page.focus('#stage [type=range]');
  await press('ArrowRight');
  assert.deepEqual(await run(`return [log.slice(2), i.input.value]`), [['input', 8], '8']);
});

test('check box and switch take mouse, space and label', async () => {
  await show(`ui.input.bool('On', {value: false})`);
  await ground.page.click('#stage label');
  await press('Space');
  assert.deepEqual(await run('return log'), ['input', true, 'input', false]);
  await run(`document.getElementById('stage').replaceChildren()`);
  await show(`ui.input.toggle('Live', {value: true})`);
  await ground.page.click(editor);
  assert.deepEqual(await run(`return [log, i.value, i.stringValue, i.input.getAttribute('role')]`),
    [['input', false], false, 'false', 'switch']);
});

test('a date keeps the milliseconds contract and shows the day of the browser\'s zone', async () => {
  await show(`ui.input.date('From', {value: dayjs('2026-03-09T00:00:00')})`);
  assert.equal(await run('return i.input.value'), '2026-03-09');
  await run(`i.input.value = '2026-04-01'; i.input.dispatchEvent(new Event('input', {bubbles: true}));`);
  assert.deepEqual(await run(`return [log, i.value.format('YYYY-MM-DD HH:mm'), i.value instanceof dayjs,
    grok_DateInput_Get_Value(i.dart) === dayjs('2026-04-01T00:00:00').valueOf()]`),
  [['input', '2026-04-01'], '2026-04-01 00:00', true, true]);
  assert.deepEqual(await run(`i.value = null; return [i.value, i.input.value]`), [null, '']);
  assert.deepEqual(await run(`i.format = 'yyyy-MM-dd HH:mm'; i.value = dayjs('2026-01-02T03:04'); return i.input.value`),
    '2026-01-02T03:04');
});

test('a choice is a real select; a value that is not among its items is no value', async () => {
  await show(`ui.input.choice('City', {items: ['Paris', 'Rome', 'Oslo'], value: 'Rome'})`);
  assert.deepEqual(await run(`return [i.input.tagName, [...i.input.options].map((o) => o.text)]`),
    ['SELECT', ['', 'Paris', 'Rome', 'Oslo']]);
  await ground.page.select(editor, 'Oslo');
  assert.deepEqual(await run('return log'), ['input', 'Oslo']);
  assert.deepEqual(await run(`i.items = ['Paris', 'Lima']; return [i.value, i.input.value, i.items]`),
    [null, '', ['Paris', 'Lima']]);
  assert.deepEqual(await run(`const c = ui.input.choice('C', {items: ['one', 'two'], nullable: false});
    return [c.value, [...c.input.options].map((o) => o.text)]`), ['one', ['one', 'two']]);
  assert.deepEqual(await run(`const c = ui.input.choice('N', {items: [10, 20], value: 20}); c.stringValue = '10';
    return c.value`), 10);
});

test('several choices: boxes toggle, a long list is filtered and says that it is cut', async () => {
  await show(`ui.input.multiChoice('Cities', {items: ['Paris', 'Rome', 'Oslo'], value: ['Rome']})`);
  await ground.page.click('#stage .ui-input-check-item:first-child');
  assert.deepEqual(await run('return log'), ['input', ['Paris', 'Rome']]);
  assert.deepEqual(await run(`i.value = null; return i.value`), []);
  await run(`document.getElementById('stage').replaceChildren()`);
  await show(`ui.input.multiChoice('Many', {items: Array.from({length: 5000}, (_, n) => 'item ' + n), value: ['item 4999']})`);
  assert.deepEqual(await run(`return [document.querySelectorAll('#stage .ui-input-check-item').length,
    document.querySelector('#stage .ui-input-check-item').textContent,
    document.querySelector('#stage .ui-input-note').textContent]`),
  [200, 'item 4999', '200 of 5000 shown: filter to see others']);
  await ground.page.type('#stage .ui-input-check-filter', 'item 42');
  await ground.page.click('#stage .ui-input-check-item:first-child');
  assert.deepEqual(await run('return [i.value, log.length]'), [['item 42', 'item 4999'], 2]);
});

test('radio buttons, colours, lists and maps give values of their types', async () => {
  await show(`ui.input.radio('Size', {items: ['S', 'M', 'L'], value: 'M'})`);
  await ground.page.click('#stage .ui-input-radio-item:last-child');
  assert.deepEqual(await run('return [log, i.stringValue]'), [['input', 'L'], 'L']);
  assert.deepEqual(await run(`const c = ui.input.color('C', {value: '#ABC'}); const first = c.value; c.value = 'nonsense';
    return [first, c.value]`), ['#aabbcc', null]);
  assert.deepEqual(await run(`const l = ui.input.list('L', {value: ['a', 'b']}); l.stringValue = 'x, y ,, z'; return l.value`),
    ['x', 'y', 'z']);
  assert.deepEqual(await run(`const m = ui.input.map('M', {value: {a: '1', b: 'x: y'}}); return [m.value, m.stringValue]`),
    [{a: '1', b: 'x: y'}, 'a: 1\nb: x: y']);
});

test('columns are chosen from a frame, with a filter', async () => {
  assert.deepEqual(await run(`
    const df = DG.DataFrame.fromCsv('age,name,height\\n1,a,2\\n3,b,4');
    const one = ui.input.column('X', {table: df, value: df.col('age'), filter: (c) => c.type === 'int'});
    const some = ui.input.columns('Y', {table: df, available: ['age', 'name'], checked: ['name']});
    return [one.value.name, [...one.input.options].map((o) => o.text), some.value.map((c) => c.name),
      some.value[0] === df.col('name'), one.value.constructor.name.replace(/^_/, '')]`),
  ['age', ['', 'age', 'height'], ['name'], true, 'Column']);
});

test('tags: suggestions by keyboard, new ones where allowed, Backspace takes the last away', async () => {
  await show(`ui.input.tags('Tags', {items: ['alpha', 'beta', 'gamma', '<b>bold</b>'], value: ['alpha'], allowNew: true,
    createNewItem: (s) => s.toUpperCase()})`);
  await ground.page.click('#stage .ui-input-tags-field');
  await ground.page.waitForSelector('.ui-input-suggestion');
  assert.deepEqual(await run(`return [...document.querySelectorAll('.ui-input-suggestion')].map((e) => e.textContent)`),
    ['beta', 'gamma', '<b>bold</b>']);
  await press('ArrowDown', 'Enter');
  assert.deepEqual(await run('return [log, i.value]'), [['input', ['alpha', 'gamma']], ['alpha', 'gamma']]);
  await type('new');
  await ground.page.waitForFunction(`document.querySelector('.ui-input-note')?.textContent === 'Enter adds "new"'`);
  await press('Enter', 'ArrowDown');
  await ground.page.waitForSelector('.ui-input-suggestion');
  await press('Escape', 'Backspace', 'Backspace');
  assert.deepEqual(await run('return [i.value, i.stringValue, document.querySelector("#stage b")]'), [['alpha'], 'alpha', null]);
});

test('a late answer never replaces a newer one, and a failed search says why', async () => {
  await run(`window.answers = {};
    window.asked = [];
    window.search = (text) => new Promise((resolve, reject) => {asked.push(text); answers[text] = {resolve, reject};});`);
  await show(`ui.input.user('Who', {getSuggestions: search})`);
  await ground.page.focus('#stage .ui-input-tags-field');
  await type('a');
  await ground.page.waitForFunction(`asked.includes('a')`);
  await type('b');
  await ground.page.waitForFunction(`asked.includes('ab')`);
  await run(`answers['ab'].resolve(['new']); await 0; answers['a'].resolve(['old']); await new Promise((r) => setTimeout(r));`);
  assert.deepEqual(await run(`return [...document.querySelectorAll('.ui-input-suggestion')].map((e) => e.textContent)`), ['new']);
  await type('c');
  await ground.page.waitForFunction(`asked.includes('abc')`);
  await run(`answers['abc'].reject(new Error('no server')); await new Promise((r) => setTimeout(r));`);
  assert.equal(await run(`return document.querySelector('.ui-input-suggestions .ui-input-note').textContent`),
    'The search failed: no server');
  assert.deepEqual(await run('return asked'), ['a', 'ab', 'abc']);
});

test('thousands of suggestions are cut with a note', async () => {
  await show(`ui.input.tags('Tags', {items: Array.from({length: 3000}, (_, n) => 't' + n)})`);
  await ground.page.click('#stage .ui-input-tags-field');
  await ground.page.waitForSelector('.ui-input-suggestion');
  assert.deepEqual(await run(`return [document.querySelectorAll('.ui-input-suggestion').length,
    document.querySelector('.ui-input-suggestions .ui-input-note').textContent]`),
  [50, 'The first 50 are shown: type to narrow']);
  await run('i.input.querySelector("input").blur()');
  assert.equal(await run(`return document.querySelector('.ui-input-suggestions')`), null);
});

test('search: Escape clears before anybody else hears of it, and so does the icon', async () => {
  await show(`ui.input.search('', {value: ''})`);
  await run(`window.escapes = 0; document.getElementById('stage').addEventListener('keydown',
    (e) => {if (e.key === 'Escape') escapes++;});`);
  await ground.page.click(editor);
  await type('ab');
  await press('Escape', 'Escape');
  assert.deepEqual(await run('return [i.value, escapes, log.at(-1)]'), ['', 1, '']);
  await type('z');
  await ground.page.click('#stage .ui-input-clear');
  assert.deepEqual(await run('return [i.value, log.at(-1), document.activeElement === i.input]'), ['', '', true]);
});

test('a date pattern menu writes its expression as if it were typed', async () => {
  await show(`ui.input.string('Date', {value: 'this week'})`);
  await run(`i.addPatternMenu('datetime')`);
  await ground.page.click('#stage .ui-input-pattern-menu');
  const items = await run<string[]>(`return [...document.querySelectorAll('.d4-menu-item')]
    .map((e) => e.textContent.trim())`);
  for (const text of ['today', 'yesterday', 'this week', 'last month', 'this year', 'last 7 days', 'last 30 days',
    'last 90 days', 'Before...', 'After...', 'Range...'])
    assert.ok(items.includes(text), `${text} in ${items}`);
  await run(`[...document.querySelectorAll('.d4-menu-item')].find((e) => e.textContent.trim() === 'last 30 days').click()`);
  assert.deepEqual(await run('return [i.value, log]'), ['last 30 days', ['input', 'last 30 days']]);
});

test('the range picker makes an expression in which both days count', async () => {
  await show(`ui.input.string('Date', {value: ''})`);
  await run(`i.addPatternMenu('datetime')`);
  await ground.page.click('#stage .ui-input-pattern-menu');
  await run(`[...document.querySelectorAll('.d4-menu-item')].find((e) => e.textContent.trim() === 'Range...').click();
    await new Promise((r) => setTimeout(r));
    const dialog = DG.Dialog.getOpenDialogs()[0];
    [dialog.inputs[0].value, dialog.inputs[1].value] = [dayjs('2026-03-07'), dayjs('2026-03-01')];
    dialog.getButton('OK').click();
    await new Promise((r) => setTimeout(r));`);
  assert.deepEqual(await run('return log'), ['input', '3/1/2026 00:00:00-3/7/2026 23:59:59.999']);
  assert.deepEqual(await run(`const m = DG.ValueMatcher.dateTime(i.value);
    return ['2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00Z', '2026-03-07T23:59:59.999Z', '2026-03-08T00:00:00Z']
      .map((d) => m.match(DG.toDart(dayjs(d))))`), [false, true, true, false]);
});

test('each expression offered for dates is understood by the core\'s own parser', async () => {
  const texts = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', 'this year', 'last year',
    'last 7 days', 'last 30 days', 'last 90 days', 'last 365 days', 'last 24 hours', 'before 3/9/2026',
    'after 3/9/2026', '3/1/2026 00:00:00-3/7/2026 23:59:59.999', 'anytime'];
  const operators = await run<string[]>(`return ${JSON.stringify(texts)}.map((t) => {
    try {return String(DG.ValueMatcher.dateTime(t).operator);} catch (e) {return 'failed: ' + e;}})`);
  assert.deepEqual(operators.filter((o) => o.startsWith('failed') || o === 'null' || o === 'undefined'), [], operators.join());
  assert.deepEqual(await run(`return ['10', '!= 10', '> 10', '>= 10', '< 10', '<= 10', '10-20', 'in (10, 20)', 'not in (10, 20)']
    .map((t) => [5, 10, 20].filter((x) => DG.ValueMatcher.numerical(t).match(x)).join())`),
  ['10', '5,20', '20', '10,20', '5', '5,10', '10,20', '10,20', '5']);
});

test('validators, required values and messages', async () => {
  await show(`ui.input.string('Name', {value: '', nullable: false})`);
  await run(`window.runs = []; i.onValidated.subscribe((m) => runs.push(m.join('|')));
    i.addValidator((s) => s.includes('<') ? 'No <b>markup</b>, please' : null);`);
  assert.deepEqual(await run(`return [i.validity, document.querySelector('.ui-input-validation')]`), ['A value is required', null]);
  await ground.page.click(editor);
  await type('<');
  assert.equal(await run(`return document.querySelector('.ui-input-validation').textContent`), 'No <b>markup</b>, please');
  assert.deepEqual(await run(`return [i.input.classList.contains('d4-invalid'), document.querySelector('#stage b'),
    runs.at(-1), i.validate()]`), [true, null, 'No <b>markup</b>, please', false]);
  await press('Backspace');
  await type('ok');
  assert.deepEqual(await run(`return [i.validationResults, i.validate(), document.querySelector('.ui-input-validation')]`),
    [[], true, null]);
});

test('disabled and read-only inputs cannot be edited, invisible ones cannot be seen', async () => {
  await show(`ui.input.string('Name', {value: 'fixed'})`);
  await run('i.readOnly = true');
  await ground.page.click(editor);
  await type('x');
  assert.deepEqual(await run(`i.readOnly = false; i.enabled = false; return [i.value, i.input.disabled, i.enabled]`),
    ['fixed', true, false]);
  assert.deepEqual(await run(`i.visible = false; return [i.visible, i.root.offsetHeight]`), [false, 0]);
  assert.deepEqual(await run(`const c = ui.input.choice('C', {items: ['a']}); c.readOnly = true; return c.input.disabled`), true);
});

test('a caption and items with markup stay text; postfix and options stand behind the editor', async () => {
  const evil = '<img src=x onerror="window.hacked = 1">';
  await show(`ui.input.choice(${JSON.stringify(evil)}, {items: [${JSON.stringify(evil)}], value: ${JSON.stringify(evil)}})`);
  await run(`i.addPostfix(${JSON.stringify(evil)}); i.addOptions(ui.divText('extra'));
    document.getElementById('stage').append(ui.input.tags('t', {items: ['x'], value: [${JSON.stringify(evil)}]}).root,
      ui.input.radio('r', {items: [${JSON.stringify(evil)}]}).root, ui.input.multiChoice('m', {items: [${JSON.stringify(evil)}]}).root)`);
  assert.deepEqual(await run(`return [document.querySelector('#stage img'), window.hacked ?? null, i.value,
    i.root.querySelector('.ui-input-options').textContent]`), [null, null, evil, `${evil}extra`]);
});

test('an input bound to a property reads and writes the object', async () => {
  assert.deepEqual(await run(`
    const o = {age: 5, color: 'red', on: true};
    const age = ui.input.forProperty(DG.Property.js('age', 'int', {min: 0, max: 9, units: 'years', friendlyName: 'Age of it'}), o);
    const color = ui.input.forProperty(DG.Property.js('color', 'string', {choices: ['red', 'blue']}), o);
    const on = ui.input.forProperty(DG.Property.js('on', 'bool'), o);
    age.value = 7; color.value = 'blue'; on.value = false;
    return [o, age.caption, color.inputType, on.inputType, age.root.textContent]`),
  [{age: 7, color: 'blue', on: false}, 'Age of it', 'Choice', 'Bool', 'Age of ityears']);
});

test('save and load carry a value over; two bound inputs follow each other', async () => {
  assert.deepEqual(await run(`
    const a = ui.input.multiChoice('A', {items: ['x', 'y, z'], value: ['y, z']});
    const b = ui.input.multiChoice('B', {items: ['x', 'y, z']});
    b.load(a.save());
    const s = ui.input.string('S', {value: 'one'}), t = ui.input.string('T', {value: ''});
    ui.bindInputs([s, t]);
    s.value = 'two';
    return [b.value, t.value]`), [['y, z'], 'two']);
});

test('an input written in JavaScript has the same root, events and validation', async () => {
  await run(`
    class Stars extends DG.JsInputBase {
      constructor() {super(); this.n = 1;}
      get inputType() {return 'Stars';}
      get dataType() {return 'int';}
      getInput() {return this.element ??= Object.assign(ui.div(), {tabIndex: 0});}
      getValue() {return this.n;}
      setValue(x) {this.n = x; this.fireChanged();}
      getStringValue() {return '*'.repeat(this.n);}
      setStringValue(s) {this.setValue(s.length);}
    }
    window.i = new Stars();
    i.caption = 'Rating';
    window.log = [];
    i.onChanged.subscribe((x) => log.push(x));
    i.addValidator((s) => s.length > 3 ? 'Too many' : null);
    document.getElementById('stage').append(i.root);
    i.value = 2; i.stringValue = '****';`);
  assert.deepEqual(await run(`return [log, i.root.className, i.root.children[1] === i.input, i.validate(), i.validity,
    ui.inputs([i]).querySelector('label').textContent]`),
  [[2, 4], 'ui-input-root ui-input-jsinputproxy ui-input-stars', true, false, 'Too many', 'Rating']);
});

test('onInputCreated tells of every input, with its caption already there', async () => {
  assert.deepEqual(await run(`const seen = [];
    const sub = grok.events.onInputCreated.subscribe((x) => seen.push(x.caption));
    ui.input.string('First'); ui.input.int('Second');
    await 0; await new Promise((r) => setTimeout(r));
    sub.unsubscribe(); ui.input.int('Third');
    await new Promise((r) => setTimeout(r));
    return seen;`), ['First', 'Second']);
});

test('a form tells of the user\'s edits and of its validity', async () => {
  await run(`
    window.a = ui.input.string('Name', {value: 'x', nullable: false});
    window.b = ui.input.int('Age', {value: 5, max: 9});
    window.form = DG.InputForm.forInputs([a, null, b]);
    window.log = [];
    form.onInputChanged.subscribe((e) => log.push(e.args.input.caption + '=' + e.args.input.value));
    form.onValidationCompleted.subscribe((ok) => log.push(ok));
    document.getElementById('stage').append(form.root);
    b.value = 6;`);
  assert.deepEqual(await run('return [form.inputs.length, form.getInput("Age") === b, form.isValid, log]'), [2, true, true, [true]]);
  await ground.page.click('#stage .ui-input-text .ui-input-editor');
  await press('End', 'Backspace');
  assert.deepEqual(await run('return [log, form.isValid, form.validateInputs()]'), [[true, false, 'Name=', false], false, false]);
  assert.equal(await run('return form.root.classList.contains("ui-form") && form.root === a.root.parentElement'), true);
});

test('a form for a function\'s call has inputs of the right types, bound both ways', async () => {
  await run(`
    const f = grok.functions.register({signature:
      'string f(int n, double x, bool b, datetime d, string s, list<string> l, dataframe t, column c)', run: () => 'x'});
    f.inputs.find((p) => p.name === 's').choices = ['one', 'two'];
    f.inputs.find((p) => p.name === 'x').defaultValue = 2.5;
    window.call = f.prepare({n: 3, d: dayjs('2026-02-03T00:00:00')});
    window.form = await DG.InputForm.forFuncCall(call);
    document.getElementById('stage').append(form.root);`);
  assert.deepEqual(await run(`return form.inputs.map((i) => i.inputType)`),
    ['Int', 'Float', 'Bool', 'Date', 'Choice', 'List', 'Table', 'Column']);
  assert.deepEqual(await run(`return ['n', 'x', 's'].map((n) => form.getInput(n).value).concat(
    form.getInput('d').value.format('YYYY-MM-DD'), ['x', 's', 'b'].map((n) => call.inputs.get(n)))`),
  [3, 2.5, 'one', '2026-02-03', 2.5, 'one', false]);
  await ground.page.select('#stage .ui-input-choice select', 'two');
  await ground.page.click('#stage .ui-input-int .ui-input-editor', {count: 3});
  await type('42');
  assert.deepEqual(await run(`return [call.inputs.get('s'), call.inputs.get('n')]`), ['two', 42]);
  assert.deepEqual(await run(`call.inputs.set('n', 7); return [form.getInput('n').value, form.getInput('n').input.value]`), [7, '7']);
  assert.deepEqual(await run(`const df = DG.DataFrame.fromCsv('a,b\\n1,2'); form.getInput('t').items = [df];
    form.getInput('t').value = df; form.getInput('c').stringValue = 'b';
    return [call.inputs.get('t') === df, call.inputs.get('c').name]`), [true, 'b']);
});

test('a type-ahead field works on a string input', async () => {
  await run(`window.picked = [];
    window.i = ui.typeAhead('Fruit', {source: async (q) => ['apple', 'apricot', 'plum'].filter((x) => x.startsWith(q)),
      onSubmit: (e, item) => picked.push(item.label)});
    document.getElementById('stage').append(i.root);`);
  await ground.page.click(editor);
  await type('ap');
  await ground.page.waitForSelector('.tt-suggestion');
  await press('ArrowDown', 'ArrowDown', 'Enter');
  assert.deepEqual(await run('return [picked, i.value]'), [['apricot'], 'apricot']);
});

test('killing a form lets go of the call', async () => {
  assert.deepEqual(await run(`
    const f = grok.functions.register({signature: 'int g(int n)', run: (n) => n});
    const call = f.prepare({n: 1});
    const form = await DG.InputForm.forFuncCall(call);
    document.getElementById('stage').append(form.root);
    ui.empty(document.getElementById('stage'));
    call.inputs.set('n', 5);
    form.getInput('n').value = 9;
    return [form.getInput('n').value, call.inputs.get('n')]`), [9, 5]);
});

test('pickers of users and groups ask the server, and their values are entities', async () => {
  const asked: string[] = [];
  const people = await openPlayground({path: '/?detached', stub: (path, url) => {
    if (path === 'users') {
      asked.push(`users ${decodeURIComponent(url.searchParams.get('text') ?? '')}`);
      return [{'#type': 'User', 'id': 'aaaaaaaa-0000-0000-0000-000000000001', 'login': 'ann', 'firstName': 'Ann',
        'lastName': '<b>Lee</b>', 'friendlyName': 'Ann <b>Lee</b>',
        'status': 'active'}];
    }
    if (path === 'groups/aaaaaaaa-0000-0000-0000-000000000012')
      return {'#type': 'UserGroup', 'name': 'Found', 'friendlyName': 'Found', 'id': path.slice(7), 'personal': false};
    if (path === 'groups/lookup') {
      asked.push(`groups ${url.searchParams.get('query')}`);
      return ['Zoology', 'Chemistry'].map((name, i) => ({'#type': 'UserGroup', 'name': name, 'friendlyName': name,
        'id': `aaaaaaaa-0000-0000-0000-00000000001${i}`, 'personal': false, 'children': [], 'parents': []}));
    }
    return undefined;
  }});
  const texts = (): Promise<unknown> => people.page.evaluate(
    `[...document.querySelectorAll('.ui-input-suggestion')].map((e) => e.textContent)`);
  try {
    await people.page.evaluate(`(() => {
      window.users = ui.input.user('Who'); window.groups = ui.input.userGroups('Groups', {value: []});
      const stage = ui.div([users.root, groups.root]);
      stage.style.cssText = 'position:fixed;inset:0;z-index:900;background:var(--white)';
      document.body.append(stage);
    })()`);
    await people.page.type('.ui-input-user input', 'an=n "');
    await people.page.waitForSelector('.ui-input-suggestion');
    assert.deepEqual(await texts(), ['Ann <b>Lee</b>']);
    await people.page.keyboard.press('Enter');
    assert.deepEqual(await people.page.evaluate(`[users.value[0] instanceof DG.User, users.value[0].login, users.stringValue,
      document.querySelector('.ui-input-user b')]`), [true, 'ann', 'Ann <b>Lee</b>', null]);
    await people.page.click('.ui-input-usergroups input');
    await people.page.waitForSelector('.ui-input-suggestion');
    assert.deepEqual(await texts(), ['Chemistry', 'Zoology']);
    await people.page.click('.ui-input-suggestion');
    assert.deepEqual(await people.page.evaluate('groups.value.map((g) => [g instanceof DG.Group, g.name, g.id])'),
      [[true, 'Chemistry', 'aaaaaaaa-0000-0000-0000-000000000011']]);
    assert.deepEqual(asked, ['users an n', 'groups ']);
    assert.deepEqual(await people.page.evaluate(`(async () => {
      groups.load(JSON.stringify([JSON.parse(groups.save())[0], 'aaaaaaaa-0000-0000-0000-000000000012']));
      while (groups.value.length < 2)
        await new Promise((r) => setTimeout(r, 10));
      return groups.stringValue;
    })()`), 'Chemistry, Found');
  } finally {
    await people.close();
  }
});

test('an input type that this host lacks says so', async () => {
  assert.match(await run<string>(`try {ui.input.molecule('M');} catch (e) {return e.message;}`), /no input of type "Molecule"/);
});

test('the page reported no error', () => {
  assert.deepEqual(ground.errors.filter((e) => !e.includes('favicon')), []);
});
