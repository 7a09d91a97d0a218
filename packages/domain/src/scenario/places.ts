import type { TreeNode } from '../territory/tree-step.ts'

/** The ids from the top of a tree down to each of its territories, itself included. */
export function linesOf(tree: readonly TreeNode[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(tree.map((node) => [node.id, node]))
  const lines = new Map<string, readonly string[]>()
  const lineOf = (node: TreeNode): readonly string[] => {
    const known = lines.get(node.id)
    if (known) return known
    const parent = node.parentId === null ? undefined : byId.get(node.parentId)
    const line = [...(parent ? lineOf(parent) : []), node.id]
    lines.set(node.id, line)
    return line
  }
  for (const node of tree) lineOf(node)
  return lines
}
