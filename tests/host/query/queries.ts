import {parseQueries} from '../../../host/server/query/annotation.ts';
import type {FunctionSpec, PackageSpec} from '../../../host/server/model.ts';

const PACKAGE: PackageSpec = {
  id: '11111111-0000-4000-8000-000000000001', packageId: '11111111-0000-4000-8000-000000000002', name: 'Pkg',
  npmName: 'pkg', friendlyName: 'Pkg', version: '1.0.0', description: '', category: '', buildHash: '', folder: '',
  buildNumber: 1, canView: [], canEdit: [], properties: [], functions: [], problems: [],
};

let counter = 0;
const id = (): string => `22222222-0000-4000-8000-${String(++counter).padStart(12, '0')}`;

/** Queries of a package called Pkg on System:Datagrok, from annotated SQL. */
export function queriesOf(text: string): FunctionSpec[] {
  const {queries, problems} = parseQueries(text, {name: 'query', connection: 'System:Datagrok'});
  if (problems.length > 0)
    throw new Error(problems.join('\n'));
  return queries.map((query) => ({...query, id: id(), kind: 'DataQuery', package: PACKAGE,
    params: query.params.map((param) => ({...param, id: id()}))}));
}

/** One such query. */
export const queryOf = (text: string): FunctionSpec => queriesOf(text)[0];
