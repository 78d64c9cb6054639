import {define} from '../interop/define.ts';
import {TreeGroup, TreeNode} from './tree.ts';

function makeTree(): TreeGroup {
  const tree = new TreeGroup('', null, true, true);
  tree.root.setAttribute('role', 'tree');
  tree.root.tabIndex = 0;
  tree.root.addEventListener('keydown', (e) => onKey(tree, e));
  return tree;
}

/** Nodes that can be seen: those whose groups are all open. */
function visible(group: TreeGroup): TreeNode[] {
  return group.children.flatMap((c) => c instanceof TreeGroup && c.expanded ? [c, ...visible(c)] : [c]);
}

function onKey(tree: TreeGroup, e: KeyboardEvent): void {
  const nodes = visible(tree);
  const node = tree.current;
  const at = node == null ? -1 : nodes.indexOf(node);
  const go = (to: TreeNode | null | undefined): void => {
    to?.select();
    to?.line.focus();
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => go(nodes[at + 1]),
    ArrowUp: () => go(nodes[Math.max(0, at - 1)]),
    Home: () => go(nodes[0]),
    End: () => go(nodes.at(-1)),
    ArrowRight: () => {
      if (!(node instanceof TreeGroup))
        return;
      if (node.expanded)
        go(node.children[0]);
      else
        node.expanded = true;
    },
    ArrowLeft: () => {
      if (node instanceof TreeGroup && node.expanded)
        node.expanded = false;
      else if (node?.parent !== tree)
        go(node?.parent);
    },
    Enter: () => node?.emit('d4-tree-view-node-enter'),
    ' ': () => node != null && (node.checked = !node.checked),
  };
  if (keys[e.key] == null)
    return;
  e.preventDefault();
  keys[e.key]();
}

export function installTrees(): void {
  define({
    TreeViewNode_Tree: makeTree,
    TreeViewNode_Root: (n: TreeNode) => n.root,
    TreeViewNode_Parent: (n: TreeNode) => n.parent,
    TreeViewNode_Remove: (n: TreeNode) => n.remove(),
    TreeViewNode_CaptionLabel: (n: TreeNode) => n.label,
    TreeViewNode_CheckBox: (n: TreeNode) => n.checkBox,
    TreeViewNode_EnableCheckBox: (n: TreeNode, checked: boolean) => n.enableCheckBox(checked),
    TreeViewNode_Get_Checked: (n: TreeNode) => n.checked,
    TreeViewNode_Set_Checked: (n: TreeNode, checked: boolean) => n.checked = checked,
    TreeViewNode_Get_Text: (n: TreeNode) => n.text,
    TreeViewNode_Set_Text: (n: TreeNode, text: string) => n.text = text,
    TreeViewNode_Get_Icon: (n: TreeNode) => n.icon,
    TreeViewNode_Set_Icon: (n: TreeNode, icon: HTMLElement) => n.icon = icon,
    TreeViewNode_Get_Tag: (n: TreeNode) => n.tag,
    TreeViewNode_Set_Tag: (n: TreeNode, tag: any) => n.tag = tag,
    TreeViewNode_Get_Value: (n: TreeNode) => n.value,
    TreeViewNode_Set_Value: (n: TreeNode, value: any) => n.value = value,
    TreeViewNode_Items: (g: TreeGroup) => g.items,
    TreeViewNode_Children: (g: TreeGroup) => [...g.children],
    TreeViewNode_Get_Expanded: (g: TreeGroup) => g.expanded,
    TreeViewNode_Set_Expanded: (g: TreeGroup, expanded: boolean) => g.expanded = expanded,
    TreeViewNode_GetAutoCheckChildren: (g: TreeGroup) => g.autoCheckChildren,
    TreeViewNode_SetAutoCheckChildren: (g: TreeGroup, auto: boolean) => g.autoCheckChildren = auto,
    TreeViewNode_Get_CurrentItem: (n: TreeNode) => (n.top as TreeGroup).current,
    TreeViewNode_Set_CurrentItem: (_: TreeGroup, n: TreeNode | null) => n?.select(),
    TreeViewNode_Group: (g: TreeGroup, text: any, value: any, expanded: boolean, index: number | null) =>
      g.add(new TreeGroup(text, value, expanded ?? true), index),
    TreeViewNode_GetOrCreateGroup: (g: TreeGroup, text: string, value: any, expanded: boolean) =>
      g.children.find((c) => c instanceof TreeGroup && c.text === text) ??
      g.add(new TreeGroup(text, value, expanded ?? true)),
    TreeViewNode_Item: (g: TreeGroup, text: any, value: any) => g.add(new TreeNode(text, value)),
    TreeViewGroup_AddNode: (g: TreeGroup, node: TreeNode, index: number | null) => g.add(node, index),
  });
}
