import type * as DG from 'datagrok-api/dg';
import type {LabelledKind} from '../../data/labels';
import type {AppContext} from '../../ui/tab-view';

const columns: readonly [kind: LabelledKind, id: string, label: string][] =
  [['types', 'type_id', 'type'], ['functions', 'function_id', 'function'], ['users', 'user_id', 'user']];

/** Lets the chips call ids by the names that an answer brought. */
export function learnNames({labels, filters}: AppContext, frame: DG.DataFrame): void {
  const {state} = filters.value;
  let learned = false;
  for (const [kind, idColumn, labelColumn] of columns) {
    const [ids, names] = [frame.col(idColumn)?.toList(), frame.col(labelColumn)?.toList()];
    if (ids == null || names == null)
      continue;
    const wanted = new Set(state[kind].filter((id) => labels.of(kind, id) === id));
    const items = ids.map((id, i) => ({id, label: names[i]})).filter(({id, label}) => wanted.has(id) && label);
    labels.learn(kind, items);
    learned ||= items.length > 0;
  }
  if (learned)
    filters.touch();
}
