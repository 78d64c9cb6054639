import {sentOptions} from '../../annotation/tests.ts';
import type {FunctionSpec, ParamSpec} from '../../model.ts';
import {stableId} from '../../registry/id.ts';
import type {Json} from '../kind.ts';
import {connectionByName} from './connection.ts';

/** Values of `source` by kind of function. */
export const SOURCES: Record<FunctionSpec['kind'], string> = {
  DataQuery: 'data-query', PackageFunc: 'function-package', Script: 'script',
};

/** A function that runs in this host, as start-up data and every endpoint show it. */
export function functionEntity(spec: FunctionSpec): Json {
  return {
    '#type': spec.kind, 'id': spec.id, 'name': spec.name, 'friendlyName': spec.friendlyName,
    'namespace': `${spec.package.name}:`, 'source': SOURCES[spec.kind], 'description': spec.description,
    'helpUrl': spec.helpUrl, 'topMenu': spec.topMenu, 'options': sentOptions(spec.options),
    'entityTags': spec.tags.map((tag) => ({'id': stableId('tag', spec.id, tag), tag})),
    'package': {
      '#type': 'GrokPublishedPackage', 'id': spec.package.id, 'name': spec.package.name,
      'friendlyName': spec.package.friendlyName,
    },
    'params': spec.params.map(paramEntity),
    ...spec.kind === 'DataQuery' ? {query: spec.text, connection: connectionByName(spec.connection, spec.package)} : {},
    ...spec.kind === 'Script' ? {script: spec.text, language: spec.language} : {},
  };
}

/** A default is applied by the core only beside `isOptional`. */
function paramEntity(param: ParamSpec): Json {
  return {
    'id': param.id, 'name': param.name, 'propertyType': param.type, 'propertySubType': param.subType,
    'isInput': param.isInput, 'isOptional': param.isOptional, 'nullable': param.isNullable,
    'defaultValue': param.defaultValue, 'description': param.description, 'semType': param.semType,
    'options': param.options,
  };
}
