import * as DG from 'datagrok-api/dg';
import {parseOptions} from '../interop/dart.ts';
import {define} from '../interop/define.ts';
import {createViewer, registerViewerType} from '../viewers/registry.ts';
import type {ColumnFilter, FilterState} from './column-filter.ts';
import type {FiltersHandle} from './filters-handle.ts';
import {filtersType} from './filters-type.ts';

/** A filter as packages hold it: the handle, or a wrapper over it. */
const handleOf = (x: any): ColumnFilter => DG.toDart(x);

/** The viewer `Filters` and the functions of `DG.FilterGroup`. */
export function installFilters(): void {
  registerViewerType(filtersType);
  define({
    Viewer_Filters: (frame: any, json: any) => createViewer(DG.VIEWER.FILTERS, frame, parseOptions(json)),
    FilterGroup_Get_Filters: (g: FiltersHandle) => g.filters.map((f) => f.wrapper),
    FilterGroup_GetStates: (g: FiltersHandle, column: string, type: string) =>
      g.states.filter((s) => (column == null || s.column === column) && (type == null || s.type === type)),
    FilterGroup_Add: (g: FiltersHandle, state: FilterState) => {
      g.add(state);
      g.criteriaChanged();
    },
    FilterGroup_UpdateOrAdd: (g: FiltersHandle, state: FilterState, request?: boolean) =>
      g.updateOrAdd(state, request !== false),
    FilterGroup_Remove: (g: FiltersHandle, filter: any) => g.remove(handleOf(filter)),
    FilterGroup_GetFilterSummary: (g: FiltersHandle) => g.summary,
    FilterGroup_SetEnabled: (_g: FiltersHandle, filter: any, active: boolean) => handleOf(filter).enable(active),
    FilterGroup_SetExpanded: (_g: FiltersHandle, filter: any, expanded: boolean) => handleOf(filter).expand(expanded),
    FilterGroup_SetActive: (g: FiltersHandle, active: boolean) => g.setActive(active),
  });
}
