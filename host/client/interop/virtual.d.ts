/** Made by the build: all `grok_*` names in the published sources of datagrok-api. */
declare module 'virtual:known-names' {
  export const knownNames: string[];
}
