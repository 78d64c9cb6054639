import type * as DG from 'datagrok-api/dg';
import {dart} from '../interop/dart.ts';
import {ColumnInput, ColumnsInput} from './column-input.ts';
import type {Input} from './input.ts';
import {InputForm} from './input-form.ts';
import {inputForProperty, inputTypeOf} from './kinds.ts';
import {addPatternMenu} from './pattern-menu.ts';
import {same} from './same.ts';
import {openTables} from './table-input.ts';

export interface CallFormOptions {
  /** Values set on the call from elsewhere come into the form as well. */
  twoWay: boolean;
  /** Leaves parameters without a value as they are, whatever their defaults. */
  skipDefaults: boolean;
  /** Does not put the first open table into empty table parameters. */
  skipTables: boolean;
}

/** A form for the parameters of a function's call: what the user enters is set on the call at once. */
export function formForCall(call: DG.FuncCall, options: CallFormOptions): InputForm {
  const pairs = call.func.inputs.map((parameter: any) => ({parameter, input: inputForParameter(parameter)}));
  const form = new InputForm(pairs.map((pair) => pair.input));
  // The tables come first: column inputs take their items from them.
  const tables = pairs.filter(({parameter}) => inputTypeOf(parameter) === 'Table');
  for (const {input} of tables)
    for (const other of form.inputs)
      if (other instanceof ColumnInput || other instanceof ColumnsInput)
        input.changed.subscribe((table) => other.changeTable(table, null));
  for (const {parameter, input} of [...tables, ...pairs.filter((pair) => !tables.includes(pair))])
    join(form, call, parameter, input, options);
  return form;
}

function inputForParameter(parameter: any): Input {
  const input = inputForProperty(parameter);
  const pattern = parameter.options?.pattern;
  if (typeof pattern === 'string' && input.inputType === 'Text')
    addPatternMenu(input, pattern);
  return input;
}

function join(form: InputForm, call: DG.FuncCall, parameter: any, input: Input, options: CallFormOptions): void {
  const name = parameter.name;
  const given = call.inputs.get(name);
  const fallback = options.skipDefaults ? null :
    parameter.initialValue ?? parameter.defaultValue ?? (options.skipTables || input.inputType !== 'Table' ? null :
      openTables()[0] ?? null);
  const write = (): void => {
    if (!same(call.inputs.get(name), input.value))
      call.inputs.set(name, dart(input.value));
  };
  input.value = given ?? fallback;
  // What the form shows is what the call gets: defaults, an unchecked box, the first item of a required choice.
  if (given == null && !input.isEmpty())
    write();
  const writing = input.changed.subscribe(write);
  form.own(() => writing.unsubscribe());
  if (!options.twoWay)
    return;
  const reading = (call.inputParams as any)[name].onChanged.subscribe(() => {
    const value = call.inputs.get(name);
    if (!same(value, input.value))
      input.value = value;
  });
  form.own(() => reading.unsubscribe());
}
