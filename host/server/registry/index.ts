export {readPackage} from './package.ts';
export {PackageRegistry, type FolderProblem} from './registry.ts';
