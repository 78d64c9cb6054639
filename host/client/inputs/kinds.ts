import {BoolInput} from './bool-input.ts';
import {ChoiceInput} from './choice-input.ts';
import {ColorInput} from './color-input.ts';
import {ColumnInput, ColumnsInput} from './column-input.ts';
import {DateInput} from './date-input.ts';
import type {Input} from './input.ts';
import {ListInput, MapInput} from './list-input.ts';
import {MultiChoiceInput} from './multi-choice-input.ts';
import {NumberInput} from './number-input.ts';
import {findGroups, findUsers, groupById, userById} from './people.ts';
import {RadioInput} from './radio-input.ts';
import {TableInput} from './table-input.ts';
import {TagsInput} from './tags-input.ts';
import {TextInput} from './text-input.ts';

/** Input types (`DG.InputType`) of this host, and how each is made. */
const makers: Record<string, () => Input> = {
  Text: () => new TextInput('Text'),
  Search: () => new TextInput('Search'),
  TextArea: () => new TextInput('TextArea'),
  Int: () => new NumberInput('Int'),
  Float: () => new NumberInput('Float'),
  BigInt: () => new NumberInput('BigInt'),
  Slider: () => new NumberInput('Slider'),
  Bool: () => new BoolInput('Bool'),
  Switch: () => new BoolInput('Switch'),
  Date: () => new DateInput(),
  Choice: () => new ChoiceInput(),
  MultiChoice: () => new MultiChoiceInput(),
  Radio: () => new RadioInput(),
  Tags: () => new TagsInput(),
  User: () => new TagsInput('User', 'User', findUsers, userById),
  UserGroups: () => new TagsInput('UserGroups', 'list', findGroups, groupById),
  Table: () => new TableInput(),
  Column: () => new ColumnInput(),
  Columns: () => new ColumnsInput(),
  Color: () => new ColorInput(),
  List: () => new ListInput(),
  Map: () => new MapInput(),
};

const byLowerName = new Map(Object.keys(makers).map((name) => [name.toLowerCase(), name]));

/** Input type for a type of data (`DG.TYPE`). */
const byDataType: Record<string, string> = {
  int: 'Int', bigint: 'BigInt', double: 'Float', num: 'Float', bool: 'Bool', string: 'Text', datetime: 'Date',
  dataframe: 'Table', column: 'Column', column_list: 'Columns', list: 'List', string_list: 'List', map: 'Map', User: 'User',
};

/** @throws when this host has no such input */
export function createInput(inputType: string): Input {
  const name = byLowerName.get(`${inputType}`.toLowerCase());
  if (name == null)
    throw new Error(`This host has no input of type "${inputType}". It has: ${Object.keys(makers).join(', ')}`);
  return makers[name]();
}

/**
 * The input type that fits a property: the editor it names, else its own type (builders of inputs make properties of
 * input types), else a choice when it lists choices, else by the type of its data. What cannot be edited here is text.
 */
export function inputTypeOf(property: any): string {
  for (const wish of [property.inputType, property.editor, property.propertyType]) {
    const name = byLowerName.get(`${wish ?? ''}`.toLowerCase().replace(/\s/g, ''));
    // Names that are types of data as well mean the data here: `list`, `map`, `column`, `int`, `bool`.
    if (name != null && (wish !== property.propertyType || wish === name))
      return name;
  }
  const type = `${property.propertyType}`;
  const isList = type.startsWith('list') || type === 'string_list';
  if (property.choices?.length > 0)
    return isList ? 'MultiChoice' : 'Choice';
  return byDataType[isList ? 'list' : type] ?? 'Text';
}

/** An input that edits the property, with its caption; bound to `source` when there is one. */
export function inputForProperty(property: any, source: any = null): Input {
  const input = createInput(inputTypeOf(property));
  input.caption = property.caption ?? property.name;
  input.property = property;
  if (source != null)
    input.bind(property, source);
  else
    input.init();
  return input;
}
