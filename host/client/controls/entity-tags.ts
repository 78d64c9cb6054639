import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {override} from '../interop/define.ts';

/**
 * `entity.tag` and `entity.unTag`: the core forwards them to a method that its entities lack in this build. They answer
 * a promise, which is rejected with the server's words; the published classes pass it on.
 */
export function installEntityTags(): void {
  const send = (method: 'PUT' | 'DELETE') => () => async (entity: any, tag: string): Promise<boolean> => {
    const {id} = DG.toJs(entity) as DG.Entity;
    const response = await fetch(`${grok.dapi.root}/entities/${encodeURIComponent(id)}/tags`, {method,
      credentials: 'same-origin', body: JSON.stringify({tag}),
      headers: {'content-type': 'application/json; charset=utf-8'}});
    if (!response.ok)
      throw new Error((await response.json().catch(() => null))?.message ?? `The server answered ${response.status}`);
    return true;
  };
  override('Entity_Tag', send('PUT'));
  override('Entity_UnTag', send('DELETE'));
}
