export {AnswerCache, type CacheKey, type Keepable} from './answer-cache.ts';
export {cacheKey} from './key.ts';
export {cachePolicy, type CachePolicy} from '../../shared/cache/policy.ts';
export type {RunSignals} from './shared-run.ts';
