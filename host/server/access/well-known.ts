/** Ids that every Datagrok server shares. */

export const ADMIN_USER = '878c42b0-9a50-11e6-c537-6bf8e9ab02ee';
export const ADMIN_GROUP = 'a4b45840-9a50-11e6-c537-6bf8e9ab02ee';
export const ADMINISTRATORS = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5';
export const ALL_USERS = 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6';
