export {Callers} from './callers.ts';
export {DevKeys, devKeysFile} from './dev-keys.ts';
export {installAccess} from './sign-in.ts';
export {checkView, mayView, refusalText} from './rights.ts';
export {Sessions, type Session} from './sessions.ts';
