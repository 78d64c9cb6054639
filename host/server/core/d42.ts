import type {FrameApi, FrameColumn} from '../../shared/frame.ts';
import {tableToFrame} from '../../shared/frame.ts';
import type {Table} from '../../shared/table.ts';
import type {Core} from './core.ts';

/**
 * Writes a table as d42, the platform's own binary format, by the core's encoder: what Node clients read.
 * Datetimes lose what is below a millisecond, as d42 does. Uses up the table (see `tableToFrame`).
 */
export function encodeD42(core: Core, table: Table, name: string): Uint8Array {
  const frame = tableToFrame(frameApi(core), table);
  core.call.grok_DataFrame_Set_Name(frame.dart, name);
  const bytes = core.call.grok_DataFrame_ToByteArray(frame.dart);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Frame {
  dart: any;
  setTag(key: string, value: string): void;
}

/** The part of `DG` that builds frames, over the functions of the bare core. */
function frameApi({call, list, typed}: Core): FrameApi<Frame> {
  const column = (dart: any): FrameColumn => ({
    dart,
    isNone: (row) => call.grok_Column_IsNone(dart, row),
    setRawData: (data, notify = true) => call.grok_Column_SetRawData(dart, typed(data as Float64Array), notify),
    setTag: (key, value) => call.grok_Column_Set_Tag(dart, key, value),
    clone: () => column(call.grok_Column_Clone(dart, null)),
  });
  return {
    Column: {
      fromInt32Array: (name, data) => column(call.grok_Column_FromInt32Array(name, typed(data), null)),
      fromFloat64Array: (name, data) => column(call.grok_Column_FromFloat64Array(name, typed(data), null)),
      fromIndexes: (name, categories, data) =>
        column(call.grok_Column_FromIndexes(name, list(categories), typed(data))),
      fromList: (type, name, values) => column(call.grok_Column_FromList(type, name, list(values))),
      fromBitSet: (name, bits) => column(call.grok_Column_FromBitSet(name, bits)),
      dateTime: (name, length) => column(call.grok_Column_FromType('datetime', name, length)),
      bool: (name, length) => column(call.grok_Column_FromType('bool', name, length)),
    },
    toDart: (value) => call.grok_BigIntJs_To_BigInt(String(value)),
    BitSet: {fromBytes: (buffer, length) => call.grok_BitSet_FromBytes(typed(new Uint8Array(buffer)).buffer, length)},
    DataFrame: {
      fromColumns: (columns: FrameColumn[]) => {
        const dart = call.grok_DataFrame_FromColumns(list(columns.map((c) => c.dart)));
        return {dart, setTag: (key, value) => call.grok_DataFrame_Set_Tag(dart, key, value)};
      },
    },
  };
}
