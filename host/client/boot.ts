import * as grok from 'datagrok-api/grok';
import {installGlobals} from './globals.ts';
import {fetchWithCallback} from './net/fetch.ts';
import {createWebSocket} from './net/socket.ts';
import {installColumnarTables} from './net/tables.ts';
import {assertCore} from './interop/core-contract.ts';
import {installClientCache} from './cache/index.ts';
import {installFunctionEvents} from './interop/function-events.ts';
import {installLifeCycle} from './interop/life-cycle.ts';
import {installMissing} from './interop/missing.ts';
import {installWrappers} from './interop/wrappers.ts';
import {installDispatcher, installPackages, startAutostartFunctions} from './packages/index.ts';
import {installContainers} from './containers/index.ts';
import {installControls} from './controls/index.ts';
import {installEntityTags} from './controls/entity-tags.ts';
import {installGrid} from './grid/index.ts';
import {installInputs} from './inputs/index.ts';
import {installLogging, startLogging} from './log/index.ts';
import {installShell, startShell} from './shell/index.ts';
import {installViewers} from './viewers/index.ts';
import {installViews} from './views/index.ts';

/**
 * Starts the client. The compiled core has run before this script; its functions are on `window`.
 * The order matters: what the published classes call must be there before a package's script is evaluated, and the
 * start-up data (functions, packages, user) must be read before the shell opens an address.
 */
async function boot(): Promise<void> {
  assertCore();
  Object.assign(window, {fetchWithCallback, createWebSocket});
  installGlobals();
  installWrappers();
  installLifeCycle();
  installEntityTags();
  for (const install of [installControls, installContainers, installInputs, installViews, installViewers, installGrid,
    installShell, installPackages])
    install();

  grok.dapi.root = `${location.origin}/api`;
  // An empty token means: this page is signed in by its cookie.
  grok.dapi.token = '';
  installLogging();
  const detached = new URLSearchParams(location.search).has('detached');
  const failed = await (window as any).grok_Init(detached);
  if (failed)
    throw new Error('The server did not give its start-up data. See the console for the reason.');
  installColumnarTables();
  installDispatcher();
  installFunctionEvents();
  installClientCache();
  installMissing();
  startLogging();
  await startAutostartFunctions();
  await startShell();
  document.querySelector('.grok-preloader')?.remove();
}

boot().catch((e) => {
  console.error(e);
  const place = document.querySelector('.grok-preloader') ?? document.body;
  document.documentElement.dataset.failed = String(e?.message ?? e);
  place.textContent = `The client could not start: ${e?.message ?? e}`;
});

