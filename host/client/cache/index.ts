/** Answers that this browser keeps. */
export {installClientCache} from './client-cache.ts';
