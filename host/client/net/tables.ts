import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {isColumnar, decodeColumnar} from '../../shared/columnar.ts';
import {tableToFrame} from '../../shared/frame.ts';

/**
 * Receives tables in the compact columnar form. The core hands the bytes of tables marked `parquet` to a function
 * `Arrow:fromParquet`, which it then evaluates as `arrow.fromParquet(bytes)`: this host puts its own decoder there.
 * Bytes without our mark go to the decoder that a package brought, if one did.
 */
export function installColumnarTables(): void {
  const brought = (window as any).arrow;
  const fromParquet = (bytes: Uint8Array): any => {
    if (isColumnar(bytes))
      return tableToFrame(DG as any, decodeColumnar(bytes));
    if (typeof brought?.fromParquet === 'function')
      return brought.fromParquet(bytes);
    throw new Error('This host reads no Parquet');
  };
  (window as any).arrow = {...brought, fromParquet};
  const func = grok.functions.register({signature: 'dataframe fromParquet(blob bytes)', run: fromParquet,
    namespace: 'Arrow'} as any);
  // The core asks whether the function's package is initialised, which it does not do for other functions.
  func.dart['get$initialized'] = () => true;
}
