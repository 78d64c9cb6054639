/** A permission to a single entity, as the core knows it. */
interface PermissionType {
  readonly id: string;
  readonly name: string;
  /** A part of what "use" allows; "full" allows everything. */
  readonly isUse: boolean;
}

const use = (id: string, name: string): PermissionType => ({id, name, isUse: true});
const full = (id: string, name: string): PermissionType => ({id, name, isUse: false});

/**
 * Permissions of all kinds of entities. Ids and names are those which the core has built in: it tells "may edit" from
 * "may view" by comparing lists of them.
 */
export const PERMISSIONS: readonly PermissionType[] = [
  use('34da1550-e870-11e6-9cb3-825892686412', 'View'),
  full('34dbc300-e870-11e6-aeca-8258926864ed', 'Edit'),
  full('34dbc300-e870-11e6-aeca-82589268dede', 'Delete'),
  full('34dc1120-e870-11e6-a8f9-825892686fda', 'Share'),
  use('34da1550-e870-11e6-9cb3-eba104311e7f', 'DataConnection.Query'),
  use('84da1550-e870-11e6-9cb3-eba104311e7a', 'DataConnection.GetSchema'),
  use('54da1550-e870-11e6-9cb3-eba104311e7a', 'DataConnection.ListFiles'),
  full('55c1a5d8-93fa-4afc-ad9e-77c2d06a3f08', 'DataConnection.AddRows'),
  full('c2e5cb76-f215-4324-8df8-052948d41ee2', 'DataConnection.ChangeValues'),
  full('9f8dfcce-cd61-4d6c-9685-1ccd9926d14d', 'DataConnection.RemoveRows'),
  full('682da897-412f-4d23-8375-8670444783c5', 'DataConnection.TruncateTable'),
  full('8ddc77db-f259-48e9-a3b5-874b991317d8', 'DataConnection.CreateTable'),
  full('41a0e18b-877f-438c-bd97-94e87b3c92bd', 'DataConnection.AlterSchema'),
  full('dca98b6c-3274-4ae2-88ca-8b8220595002', 'DataConnection.DropTable'),
  use('64da1550-e870-11e6-9cb3-818364311e7a', 'DataQuery.Execute'),
  use('4da5d739-ef19-4cd8-9cc5-6bb6ec9a1dd5', 'Table.ReadData'),
  full('e3f8c2d1-7b4a-4c9e-9d21-5a8f0c6b3e77', 'Extend'),
];

/** The permissions that a category grants: `use`, or `full`. */
export const permissionsOf = (category: 'use' | 'full'): readonly PermissionType[] =>
  PERMISSIONS.filter(({isUse}) => isUse || category === 'full');
