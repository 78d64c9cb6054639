import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {dart} from '../interop/dart.ts';
import {ViewHandle} from './view.ts';

/**
 * A view whose content is still being made: shows a loader, then the content of the view that `make` resolves to, and
 * follows that view's name, address, toolbox, ribbon and status panels from then on. A failure is shown in its place.
 * @param ribbon take the ribbon over, too.
 */
export function promisedView(make: () => Promise<DG.ViewBase>, ribbon = true): ViewHandle {
  const outer = new ViewHandle();
  outer.root.classList.add('ui-box');
  const loader = ui.loader();
  outer.root.append(loader);
  void Promise.resolve().then(make).then((view) => {
    const inner = dart(view) as ViewHandle;
    loader.remove();
    outer.root.append(inner.root);
    if (!ribbon)
      inner.setRibbonPanels([], true);
    outer.follow(inner);
    if (inner.basePath !== '')
      outer.basePath = inner.basePath;
    if (inner.path !== '')
      outer.path = inner.path;
    inner.follower = outer;
  }).catch((e) => {
    loader.remove();
    const text = document.createElement('div');
    text.className = 'grok-error-text';
    text.textContent = e?.message ?? String(e);
    outer.root.append(text);
  });
  return outer;
}
