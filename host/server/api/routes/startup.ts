import type {FastifyInstance} from 'fastify';
import {viewOf, type ApiContext} from '../context.ts';
import {functionEntity} from '../kinds/function-entity.ts';
import {packageEntity} from '../kinds/package.ts';
import {visiblePackages} from '../kinds/visible.ts';
import {currentUser} from './account.ts';

const property = (name: string, propertyType: string) => ({'#type': 'Property', name, propertyType});

/** The provider of the platform's own database; without it the core cannot make connections. */
const POSTGRES = (type: string) => ({
  '#type': 'DataSource', type, 'category': 'Database', 'requiresServer': true, 'commentStart': '--',
  'queryLanguage': 'sql',
  'connectionTemplate': [property('server', 'string'), property('port', 'int'), property('db', 'string')],
  'credentialsTemplate': [property('login', 'string'), property('password', 'string')],
});

/**
 * What the core asks for once when it starts. Packages that the caller may not see are absent, with their functions.
 * Packages changed on disk are read anew first, so that loading the page again shows a new build.
 */
export function addStartup(app: FastifyInstance, context: ApiContext): void {
  app.get('/admin/startup_data', async (request) => {
    context.registry.rescan();
    // A database that cannot be written to fails what is logged, not the start.
    await context.recorder?.packages().catch((error) => request.log.warn(error));
    context.recorder?.clientStarted(context.recorder.sessionOf(request));
    const shown = visiblePackages(viewOf(request, context));
    const functions = shown.flatMap((one) => one.functions);
    return {
      '#type': 'GrokStartupData',
      'user': await currentUser(request, context),
      'scriptHandlers': [],
      'dataSources': [POSTGRES('Postgres'), POSTGRES('PostgresDart')],
      'currentPackages': Object.fromEntries(shown.map((one) => [one.id, packageEntity(one)])),
      'allFuncs': Object.fromEntries(functions.map((one) => [one.id, functionEntity(one)])),
      'currentPackagesProperties': {}, 'globalPermissions': [], 'favorites': [], 'plugins': [],
      'isAdmin': request.caller.isAdmin, 'webRoot': `${request.protocol}://${request.host}`,
    };
  });
}
