/**
 * Everything the host relies on inside the compiled core beyond its public `grok_*` functions, in one place.
 *
 * The core is compiled but not minified, so these method names exist in the pinned version (1.27.9). They are looked
 * for at every start: another version fails here, with the name, instead of misbehaving later.
 */
export const coreVersion = '1.27.9';

/** Names on prototypes of the core's objects, with the reason why the host needs each. */
const methods = {
  /** Functions of packages: the core knows them but cannot run them; the host loads the bundle and runs the export. */
  packageFunction: ['runImpl$1', 'runImplSync$1'],
  /**
   * `grok.functions.onBeforeRunAction` and its twin: the core's own event bus is not reachable in this build. And what
   * a call waits for besides its run, where answers are kept by the browser.
   */
  functionCall: ['beforeCommandStarted$0', 'afterCommandExecuted$0', 'get$cacheReady', 'get$cacheSaved'],
  /** A function made of JavaScript: its run converts arguments, several outputs, promises and errors. */
  javaScriptFunction: ['runImpl$1', 'get$method'],
  /** Same, for functions that answer at once. */
  javaScriptFunctionSync: ['runImplSync$1', 'get$method'],
};

/** Public functions without which nothing works; their absence means that the core's script was not loaded. */
const functions = ['Init', 'GetType', 'GetWrapper', 'OnEvent', 'OnObjectEvent', 'Subscription_Cancel', 'Stream_Listen',
  'JS_To_Map', 'RegisterFunc', 'CallFunc', 'Unhandled_Error', 'JSON_encode'];

/** @throws when the core is absent or is not the pinned one. */
export function assertCore(): void {
  for (const name of functions)
    if (typeof (window as any)[`grok_${name}`] !== 'function')
      throw new Error(`The compiled core has no grok_${name}: it was not loaded, or is not version ${coreVersion}`);
}

/**
 * The class (prototype) of a core object that must have the named group of methods. Methods are replaced there, so one
 * replacement serves every object of that class and no other class.
 * @throws naming the method that the core lacks.
 */
export function classOf(dart: any, group: keyof typeof methods): any {
  for (const name of methods[group])
    if (typeof dart?.[name] !== 'function')
      throw new Error(`The compiled core has no ${name} (${group}): it is not version ${coreVersion}`);
  return Object.getPrototypeOf(dart);
}

/** Field in which a function made of JavaScript keeps what it runs. */
export const javaScriptField = 'NodeJsFuncMixin_f';
