export type Node = {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly rank: 0 | 1 | 2 | 3
}

/** Places in reading order with their depth: the system's list draws no tree. */
export function treeOrder(nodes: readonly Node[]): { node: Node; depth: number }[] {
  const under = (parentId: string | null, depth: number): { node: Node; depth: number }[] =>
    nodes
      .filter((node) => node.parentId === parentId)
      .flatMap((node) => [{ node, depth }, ...under(node.id, depth + 1)])
  return under(null, 0)
}
