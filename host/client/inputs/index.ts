import {define} from '../interop/define.ts';
import {dart, js} from '../interop/dart.ts';
import type {ChoiceInput} from './choice-input.ts';
import type {ColorInput} from './color-input.ts';
import type {ColumnFilter, ColumnInput, ColumnsInput} from './column-input.ts';
import type {DateInput} from './date-input.ts';
import {formForCall} from './func-call-form.ts';
import type {Input} from './input.ts';
import {InputForm, streamOf} from './input-form.ts';
import {itemList} from './item-text.ts';
import {JsInput} from './js-input.ts';
import {createInput, inputForProperty} from './kinds.ts';
import type {MultiChoiceInput} from './multi-choice-input.ts';
import {addPatternMenu} from './pattern-menu.ts';
import type {RadioInput} from './radio-input.ts';
import type {TagsInput} from './tags-input.ts';
import type {TextInput} from './text-input.ts';

/** Functions of the room `inputs`: every input, and forms of them. */
export function installInputs(): void {
  defineAccess();
  defineActions();
  defineKinds();
  defineForms();
}

/** What an input is and has. */
function defineAccess(): void {
  define({
    InputBase_ForInputType: (type: string) => createInput(type),
    InputBase_ForProperty: (property: any, source: any) => inputForProperty(js(property), js(source)),
    InputBase_ForColumn: (column: any) => inputForColumn(js(column)),
    InputBase_FromJS: (input: any) => new JsInput(input),
    InputBase_Get_InputType: (i: Input) => i.inputType,
    InputBase_Get_DataType: (i: Input) => i.dataType,
    InputBase_Get_Root: (i: Input) => i.root,
    InputBase_Get_Input: (i: Input) => i.element,
    InputBase_Get_CaptionLabel: (i: Input) => i.label,
    InputBase_Get_Caption: (i: Input) => i.caption,
    InputBase_Set_Caption: (i: Input, s: string) => {i.caption = s;},
    InputBase_Get_Property: (i: Input) => dart(i.property),
    InputBase_Set_Property: (i: Input, p: any) => {i.property = js(p);},
    InputBase_Get_Format: (i: Input) => i.format,
    InputBase_Set_Format: (i: Input, s: string) => {i.format = s;},
    InputBase_Get_Nullable: (i: Input) => i.nullable,
    InputBase_Set_Nullable: (i: Input, x: boolean) => {i.nullable = x !== false;},
    InputBase_Get_Notify: (i: Input) => i.notify,
    InputBase_Set_Notify: (i: Input, x: boolean) => {i.notify = x !== false;},
    InputBase_Get_Value: (i: Input) => dart(i.value),
    InputBase_Set_Value: (i: Input, x: any) => {i.value = js(x);},
    InputBase_Get_StringValue: (i: Input) => i.stringValue,
    InputBase_Set_StringValue: (i: Input, s: string) => {i.stringValue = s;},
    InputBase_Get_ReadOnly: (i: Input) => i.readOnly,
    InputBase_Set_ReadOnly: (i: Input, x: boolean) => {i.readOnly = x === true;},
    InputBase_Get_Enabled: (i: Input) => i.enabled,
    InputBase_Set_Enabled: (i: Input, x: boolean) => {i.enabled = x !== false;},
    InputBase_Get_Visible: (i: Input) => i.visible,
    InputBase_Set_Visible: (i: Input, x: boolean) => {i.visible = x !== false;},
    InputBase_Get_ValidationMessages: (i: Input) => i.validation.messages(),
  });
}

/** What can be done with an input, and what it tells. */
function defineActions(): void {
  define({
    InputBase_OnChanged: (i: Input) => i.changed,
    InputBase_OnInput: (i: Input) => i.input,
    InputBase_OnValidated: (i: Input) => i.validation.done,
    InputBase_Save: (i: Input) => i.save(),
    InputBase_Load: (i: Input, x: any) => i.load(x),
    InputBase_Init: (i: Input) => i.init(),
    InputBase_FireChanged: (i: Input) => i.fireChanged(),
    InputBase_FireInput: (i: Input) => i.fireInput(),
    InputBase_Validate: (i: Input) => i.validation.touch(),
    InputBase_AddValidator: (i: Input, validate: (text: string) => string | null) => i.validation.add(validate),
    InputBase_AddCaption: (i: Input, caption: string) => {i.caption = caption;},
    InputBase_AddPostfix: (i: Input, postfix: string) => i.addPostfix(`${postfix}`),
    InputBase_AddOptions: (i: Input, options: HTMLElement) => {i.options.append(options);},
    InputBase_AddPatternMenu: (i: Input, pattern: string) => addPatternMenu(i, `${pattern}`),
    InputBase_SetTooltip: (i: Input, message: string, check: (() => boolean) | null) =>
      i.setTooltip(`${message}`, check ?? null),
  });
}

/** What only some kinds of inputs have. */
function defineKinds(): void {
  define({
    DateInput_Get_Value: (i: DateInput) => i.ms,
    DateInput_Set_Value: (i: DateInput, ms: number | null) => {i.ms = ms ?? null;},
    ChoiceInput_Get_Items: (i: ChoiceInput) => i.items.map(dart),
    ChoiceInput_Set_Items: (i: ChoiceInput, x: any) => {i.items = x;},
    MultiChoiceInput_Get_Items: (i: MultiChoiceInput) => i.items.map(dart),
    MultiChoiceInput_Set_Items: (i: MultiChoiceInput, x: any) => {i.items = x;},
    RadioInput_Set_Items: (i: RadioInput, x: any) => {i.items = x;},
    TagsInput_Set_Allow_New: (i: TagsInput, x: boolean) => {i.allowNew = x === true;},
    TagsInput_Set_MultiValue: (i: TagsInput, x: boolean) => {i.multiValue = x !== false;},
    TagsInput_Set_Suggestion_Items: (i: TagsInput, x: any) => {
      i.suggestionItems = itemList(x);
      i.search = null;
    },
    TagsInput_Get_Suggestion_Items: (i: TagsInput) => i.items.map(dart),
    TagsInput_Set_ItemToString: (i: TagsInput, f: (item: any) => string) => {i.itemToString = (x) => `${f(x) ?? ''}`;},
    TagsInput_Set_CreateTagLabel: (i: TagsInput, f: (item: any) => Element) => {i.createTagLabel = f ?? null;},
    TagsInput_Set_GetSuggestions: (i: TagsInput, f: (text: string) => any) => {i.search = f ?? null;},
    TagsInput_Set_CreateNewItem: (i: TagsInput, f: (text: string) => any) => {i.createNewItem = f ?? null;},
    StringInput_AddClearIcon: (i: TextInput, x: boolean) => {i.clearable = x !== false;},
    StringInput_AddEscClears: (i: TextInput, x: boolean) => {i.escClears = x !== false;},
    StringInput_AddIcon: (i: TextInput, x: any) => i.addIcon(x),
    TextInput_SetSize: (i: TextInput, width: number, height: number) => i.resize(width ?? null, height ?? null),
    ColumnInput_ChangeTable: (i: ColumnInput, table: any, filter: ColumnFilter) => i.changeTable(table, filter),
    ColumnsInput_ChangeTable: (i: ColumnsInput, table: any, filter: ColumnFilter) => i.changeTable(table, filter),
    ColumnsInput_ChangeAvailableColumns: (i: ColumnsInput, names: any) => i.changeAvailable(names),
    ColumnsInput_ChangeCheckedColumns: (i: ColumnsInput, names: any) => i.changeChecked(names),
    ColorInput_SetShowOnlyColorBox: (i: ColorInput, x: boolean) => {i.onlyBox = x === true;},
  });
}

function defineForms(): void {
  define({
    InputForm_ForInputs: (inputs: any) => new InputForm([...inputs].filter((i) => i != null)),
    InputForm_ForFuncCallAsync: async (call: any, twoWay: boolean, skipDefaults: boolean, skipTables: boolean) =>
      formForCall(js(call), {twoWay: twoWay !== false, skipDefaults: skipDefaults === true,
        skipTables: skipTables === true}),
    InputForm_Get_Root: (form: InputForm) => form.root,
    InputForm_GetInputs: (form: InputForm) => form.inputs.map((i) => i.wrapper),
    InputForm_GetInput: (form: InputForm, name: string) => form.find(name),
    InputForm_Get_IsValid: (form: InputForm) => form.isValid,
    InputForm_ValidateInputs: (form: InputForm) => form.validate(),
    InputForm_Get_Source: (form: InputForm) => dart(form.source),
    InputForm_Set_Source: (form: InputForm, x: any) => {form.source = js(x);},
    InputForm_OnInputChanged: (form: InputForm) => streamOf(form.bus, 'input-changed'),
    InputForm_OnValidationCompleted: (form: InputForm) => streamOf(form.bus, 'validation-completed'),
  });
}

/** An input for one value of a column: of its type, with its categories to choose from when they are few. */
function inputForColumn(column: any): Input {
  const property = (window as any).DG.Property.js(column.name, column.type);
  if (column.type === 'string' && column.categories.length <= 100)
    property.choices = column.categories;
  return inputForProperty(property);
}
