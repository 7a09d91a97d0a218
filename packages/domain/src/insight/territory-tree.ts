/** A territory as the engine needs it; `people`: those who filed there or below in the period. */
export type TerritoryNode = {
  readonly id: string
  readonly parentId: string | null
  readonly people: number
}

/**
 * Territories in reading order: each before what is below it, so that a branch is a range `at <= i < end[at]`. Sisters
 * stand by id, whatever the order they came in. A node whose parent is not given stands as a root; a circle is left out.
 */
export class TerritoryTree {
  readonly nodes: readonly TerritoryNode[]
  /** Index of the parent, -1 for a root. */
  readonly parent: Int32Array
  readonly end: Int32Array
  readonly depth: Int32Array
  readonly #at: ReadonlyMap<string, number>

  constructor(given: readonly TerritoryNode[]) {
    const known = new Map(given.map((node) => [node.id, node]))
    const below = new Map<string | null, TerritoryNode[]>()
    for (const node of known.values()) {
      const above = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
      const sisters = below.get(above)
      if (sisters) sisters.push(node)
      else below.set(above, [node])
    }
    for (const sisters of below.values()) sisters.sort((a, b) => (a.id < b.id ? -1 : 1))
    const nodes: TerritoryNode[] = []
    const parent = new Int32Array(known.size)
    const depth = new Int32Array(known.size)
    const end = new Int32Array(known.size)
    const visit = (node: TerritoryNode, above: number): void => {
      const at = nodes.push(node) - 1
      parent[at] = above
      depth[at] = above < 0 ? 0 : (depth[above] ?? 0) + 1
      for (const child of below.get(node.id) ?? []) visit(child, at)
      end[at] = nodes.length
    }
    for (const root of below.get(null) ?? []) visit(root, -1)
    this.nodes = nodes
    this.parent = parent
    this.depth = depth
    this.end = end
    this.#at = new Map(nodes.map(({ id }, at) => [id, at]))
  }

  /** Where a territory stands; undefined when it is unknown. */
  at(id: string): number | undefined {
    return this.#at.get(id)
  }

  id(at: number): string {
    return (this.nodes[at] as TerritoryNode).id
  }

  endOf(at: number): number {
    return this.end[at] as number
  }

  /** The territories directly below. */
  childrenOf(at: number): number[] {
    const children: number[] = []
    for (let child = at + 1; child < this.endOf(at); child = this.endOf(child)) children.push(child)
    return children
  }

  /** Levels from a territory down to one below it. */
  depthBelow(top: number, at: number): number {
    return (this.depth[at] as number) - (this.depth[top] as number)
  }

  /** Which branch directly below a home lies in, the territory itself at its own; null where nothing is below. */
  branchBelow(at: number): ((home: number) => number) | null {
    const children = this.childrenOf(at)
    return children.length === 0 ? null : (home) => children.findLast((child) => child <= home) ?? at
  }

  /** Whether one holds the other, or both are the same. */
  onOneLine(a: number, b: number): boolean {
    return (a <= b && b < this.endOf(a)) || (b <= a && a < this.endOf(b))
  }
}
