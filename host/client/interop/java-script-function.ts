import {classOf, javaScriptField} from './core-contract.ts';

const templates = new Map<boolean, any>();

/** The function of JavaScript, of the core's own kind, from which others are made; see `delegate`. */
export function functionTemplate(isAsync: boolean): any {
  if (templates.has(isAsync))
    return templates.get(isAsync);
  const template = (window as any).grok_RegisterFunc({
    signature: 'dynamic runExport()', run: () => null, isAsync, namespace: isAsync ? 'HostAsync' : 'HostSync'});
  classOf(template, isAsync ? 'javaScriptFunction' : 'javaScriptFunctionSync');
  templates.set(isAsync, template);
  return template;
}

/** A core function that runs `body` with converted arguments; shares everything else with `template`. */
export function delegate(template: any, body: (...args: any[]) => any): any {
  const copy = Object.create(template);
  copy[javaScriptField] = body;
  return copy;
}
