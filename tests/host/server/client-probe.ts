import {createRequire} from 'node:module';
import dayjs from 'dayjs';

/**
 * What the platform's own client sees of a host, run in a process of its own: `client-probe.ts <root> <token> <task>`.
 * Prints one line of JSON: an object with the result of each step, or the text of its error.
 */
const [root, token, task] = process.argv.slice(2);
const {startDatagrok} = createRequire(import.meta.url)('datagrok-api/datagrok') as
  {startDatagrok(options: {apiUrl: string; apiToken: string}): Promise<unknown>};
await startDatagrok({apiUrl: root, apiToken: token});
const {grok, DG} = globalThis as any;

const name = (one: any): string => one.friendlyName;
const TASKS: Record<string, Record<string, () => unknown>> = {
  read: {
    user: async () => [(await grok.dapi.users.current()).login, grok.shell.user.login,
      (await grok.dapi.users.current()).project.name],
    session: async () => (await grok.dapi.users.currentSession()).user.login,
    users: async () => [(await grok.dapi.users.order('login').list()).map((u: any) => u.login),
      await grok.dapi.users.count()],
    filter: async () => (await grok.dapi.users.filter('login = "bob"').list()).map(name),
    page: async () => (await grok.dapi.groups.filter('personal = false').order('name',
      true).by(2).page(2).list()).map(name),
    members: async () => {
      const [group] = await grok.dapi.groups.filter('name = "loop a"').list();
      return [group.members.map(name), group.memberships.map(name)];
    },
    admins: async () => (await grok.dapi.groups.find('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5')).adminMembers.map(name),
    missing: async () => await grok.dapi.groups.find('00000099-0000-4000-8000-000000000000') ?? null,
    lookup: async () => (await grok.dapi.groups.getGroupsLookup('loop b')).map(name),
    packages: async () => (await grok.dapi.packages.list()).map((p: any) => [p.name, p.version]),
    functions: async () => (await grok.dapi.functions.filter('package.shortName = "OpenChart"').list())
      .map((f: any) => f.nqName),
    found: () => DG.Func.find({package: 'OpenChart'}).map((f: any) => [f.nqName, f.type, f.package.name]).sort(),
    apps: () => DG.Func.find({meta: {role: 'app'}}).map((f: any) => f.nqName),
    inputs: () => DG.Func.byName('openchart:loginsfrom').inputs.map((p: any) => [p.name, p.propertyType,
      p.defaultValue]),
    queries: async () => (await grok.dapi.queries.list()).length,
    scripts: async () => (await grok.dapi.scripts.list()).map((s: any) => [s.name, s.language, s.script]),
    projects: async () => (await grok.dapi.projects.order('name', true).list()).map(name),
    connections: async () => (await grok.dapi.connections.list()).map((c: any) => c.nqName).sort(),
    connection: async () => (await grok.functions.eval('System:Datagrok')).nqName,
    entities: async () => (await grok.dapi.getEntities(['00000102-0000-4000-8000-000000000000',
      '00000011-0000-4000-8000-000000000000'])).map((e: any) => [e.constructor.name, name(e)]),
    log: async () => (await grok.dapi.log.by(1).list()).map((e: any) => [e.eventTime.toISOString(), e.eventType.name]),
    logCount: () => grok.dapi.log.count(),
    where: async () => (await grok.dapi.log.where({entityId: '00000600-0000-4000-8000-000000000000',
      start: dayjs('2024-05-02T00:00:00Z'), end: dayjs('2024-05-08T00:00:00Z')}).list()).length,
    calls: async () => (await grok.dapi.functions.calls.order('started').by(2).list())
      .map((c: any) => [c.func.nqName, c.author.login, c.status, c.inputs.n]),
    files: async () => (await grok.dapi.files.list('System:AppData/OpenChart', true, '')).map((f: any) => f.fullPath),
    file: () => grok.dapi.files.readAsText('System:AppData/OpenChart/help/start.md'),
    exists: async () => [await grok.dapi.files.exists('System:AppData/OpenChart/help/start.md'),
      await grok.dapi.files.exists('System:AppData/OpenChart/none')],
    storage: async () => {
      await grok.dapi.userDataStorage.post('probe', {a: '1'}, true);
      await grok.dapi.userDataStorage.postValue('probe', 'b', 'ключ "2"', true);
      return [await grok.dapi.userDataStorage.getValue('probe', 'b', true),
        await grok.dapi.userDataStorage.get('probe', true),
        await grok.dapi.userDataStorage.get('probe', false), await grok.dapi.userDataStorage.getValue('probe', 'c',
          true) ?? null];
    },
    check: async () => await grok.dapi.permissions.check(await grok.dapi.users.current(), 'Edit'),
    unknown: () => grok.dapi.tables.list(),
  },
  run: {
    query: async () => {
      const frame = await grok.data.query('OpenChart:LoginsFrom', {first: 'b'});
      return [frame.rowCount, frame.col('login').toList()];
    },
    byDefault: async () => (await grok.functions.call('openchart:loginsfrom')).col('login').toList(),
    scalar: () => grok.functions.call('OpenChart:CountOfEvents'),
    guarded: async () => (await grok.data.query('GuardedNumbers:Secret')).col('answer').get(0),
    // As if the function had been seen before the right was withdrawn.
    byId: async () => {
      const connection = DG.DataConnection.create('Datagrok', {dataSource: 'PostgresDart'});
      const query = connection.query('Secret', 'select 42 as answer');
      query.id = process.env.PROBE_FUNCTION;
      return (await query.executeTable()).col('answer').get(0);
    },
    visible: () => DG.Func.find({package: 'GuardedNumbers'}).map((f: any) => f.nqName).sort(),
    users: async () => (await grok.dapi.users.current()).login,
  },
};

const results: Record<string, unknown> = {};
for (const [step, perform] of Object.entries(TASKS[task])) {
  try {
    results[step] = await perform();
  } catch (error) {
    results[step] = `Error: ${(error as Error)?.message ?? error}`;
  }
}
console.log(`RESULT ${JSON.stringify(results)}`);
process.exit(0);
