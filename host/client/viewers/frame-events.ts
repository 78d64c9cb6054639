import * as DG from 'datagrok-api/dg';

/** What happened to a frame, in one word. */
export type FrameChange = 'selection' | 'filter' | 'current' | 'mouse-over' | 'group' | 'values' | 'columns' | 'rows' |
  'metadata';

/** Listens to everything about a frame that a viewer may have to show. Returns the way to stop. */
export function listen(frame: DG.DataFrame, changed: (change: FrameChange) => void): () => void {
  const streams: [FrameChange, {subscribe(f: () => void): {unsubscribe(): void}}][] = [
    ['selection', frame.onSelectionChanged], ['filter', frame.onFilterChanged],
    ['current', frame.onCurrentRowChanged], ['mouse-over', frame.onMouseOverRowChanged],
    ['group', frame.onMouseOverRowGroupChanged], ['values', frame.onValuesChanged],
    ['columns', frame.onColumnsAdded], ['columns', frame.onColumnsRemoved], ['columns', frame.onColumnNameChanged],
    ['rows', frame.onRowsAdded], ['rows', frame.onRowsRemoved], ['metadata', frame.onMetadataChanged],
  ];
  const subscriptions = streams.map(([change, stream]) => stream.subscribe(() => changed(change)));
  return () => subscriptions.forEach((s) => s.unsubscribe());
}
