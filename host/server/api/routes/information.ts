import type {FastifyInstance} from 'fastify';
import {Refusal} from '../../model.ts';
import type {ApiContext} from '../context.ts';

/** Version of the platform whose protocol this host speaks: that of the shared core. */
const PLATFORM_VERSION = '1.27.9';

/** What the host says of itself, and the services that it does not have. */
export function addInformation(app: FastifyInstance, {registry}: ApiContext): void {
  app.get('/info/server', async () => ({Version: PLATFORM_VERSION, name: 'Local host', isLocalHost: true}));

  app.get('/admin/plugins/admin/settings', async (request) => {
    const webRoot = `${request.protocol}://${request.host}`;
    return {settings: {webRoot, apiRoot: `${webRoot}/api`}};
  });

  // Of this host alone: what could not be read of the packages in the configured folders.
  app.get('/packages/problems', async (request) => {
    if (!request.caller.isAdmin)
      throw new Refusal(403, 'Problems of packages are for administrators');
    return [...registry.problems.map(({folder, message}) => ({name: folder, problems: [message]})),
      ...registry.all.filter((one) => one.problems.length).map(({name, problems}) => ({name, problems}))];
  });

  // There are no containers and no background services beside this host, which is a true answer, not a missing one.
  for (const path of ['/docker/containers', '/docker/images', '/docker/services'])
    app.get(path, async () => []);
}
