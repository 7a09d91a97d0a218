import * as z from 'zod'
import { ROLES } from '../access/permissions.ts'
import { nameKey } from '../account/normalise.ts'
import { localised } from '../field/field-spec.ts'
import { lineOf } from '../org/founding.ts'
import { typedDay } from '../typed.ts'
import { clashChoices } from './clash-choice.ts'
import { isOfficialCode } from './official-code.ts'
import { childPath, type Path } from './path.ts'
import { type Fault, moveFault, rankFault } from './placement.ts'
import { RANKS, type Rank } from './rank.ts'
import { rehomeRule } from './rehome-rule.ts'

/** What hangs on a territory beside its accounts and the territories below it. */
export const HUNG = ['field', 'tightening', 'concept', 'list', 'item', 'assignment', 'delegation'] as const
export type Hung = (typeof HUNG)[number]

const id = z.uuid()
const day = typedDay
export const territoryName = lineOf(80).refine((text) => nameKey(text) !== '')
/** As the state gives it: 64, 2A, 200067106. */
export const territoryCode = z.string().trim().refine(isOfficialCode).nullable()

const moveStep = z.object({
  of: z.literal('move'),
  territoryId: id,
  parentId: id,
  clashes: clashChoices.optional(),
})
const mergeStep = z.object({
  of: z.literal('merge'),
  territoryId: id,
  intoId: id,
  clashes: clashChoices.optional(),
})
/** A step by which questions may meet. */
export const meetingStep = z.discriminatedUnion('of', [moveStep, mergeStep])
export type MeetingStep = z.infer<typeof meetingStep>

/**
 * One change of the tree. A split is a `create` and then a `rehome`. `merge` passes all that stands on a territory to
 * another and closes it; `clashes`: what becomes of questions that meet; `rehang` passes what is named of what
 * hangs there and `unsettle` takes back what became of questions, which is how a merge is undone.
 */
export const treeStep = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('create'),
    id,
    parentId: id,
    rank: z.literal(RANKS),
    name: territoryName,
    code: territoryCode,
  }),
  z.object({ of: z.literal('rename'), territoryId: id, name: territoryName }),
  moveStep,
  mergeStep,
  z.object({ of: z.literal('rehome'), fromId: id, toId: id, rule: rehomeRule }),
  z.object({
    of: z.literal('rehang'),
    fromId: id,
    toId: id,
    hung: z.partialRecord(z.enum(HUNG), z.array(id).max(5_000)),
  }),
  z.object({
    of: z.literal('unsettle'),
    retired: z.array(id),
    /** Replaced others, the last first. */
    promoted: z.array(id),
    renamed: z.array(z.object({ fieldId: id, label: localised })),
    keys: z.array(z.object({ fieldId: id, key: z.string().max(60) })),
  }),
  z.object({ of: z.literal('close'), territoryId: id }),
  z.object({ of: z.literal('reopen'), territoryId: id }),
  z.object({
    of: z.literal('assign'),
    id,
    membershipId: id,
    territoryId: id,
    role: z.enum(ROLES),
    validFrom: day,
    validTo: day.nullable(),
  }),
  z.object({ of: z.literal('endAssignment'), assignmentId: id, lastDay: day.nullable() }),
])
export type TreeStep = z.infer<typeof treeStep>

export const isMeeting = (step: TreeStep): step is MeetingStep => step.of === 'merge' || step.of === 'move'

/** Steps that are taken together at most. */
export const STEPS_MAX = 2_000
export const treeSteps = z.array(treeStep).max(STEPS_MAX)

/** A territory as far as the shape of the tree goes. */
export type TreeNode = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly code: string | null
  readonly closed: boolean
}
export type StepFault = Fault & { readonly step: number }

/** The tree once steps are taken; `left`: how many open territories lie below one that closes ahead of them. */
export type Shape = { readonly tree: readonly TreeNode[]; readonly left: ReadonlyMap<string, number> }

/**
 * The tree after some steps, or the first that cannot be taken: NOT_FOUND for an unknown territory, CONFLICT for a closed
 * one or an id that is taken, TERRITORY_ROOT, TERRITORY_CYCLE, TERRITORY_RANK, TERRITORY_NAME_TAKEN,
 * TERRITORY_CODE_TAKEN, TERRITORY_MOVED_TWICE, and TERRITORY_NOT_EMPTY for what would be left without a parent; not when
 * they are taken `ahead`, for a day to come: that may be passed on before. What stands on territories is not seen here.
 */
export function applySteps(
  tree: readonly TreeNode[],
  steps: readonly TreeStep[],
  { ahead = false }: { readonly ahead?: boolean } = {},
): Shape | { readonly fault: StepFault } {
  const draft = new Draft(tree, ahead)
  for (const [step, change] of steps.entries()) {
    const fault = draft.take(change)
    if (fault) return { fault: { ...fault, step } }
  }
  return { tree: draft.nodes(), left: draft.left }
}

/**
 * Steps that take a tree back to what it was before one: open territories are as they were, one that was created is
 * closed. Empty for what does not change the tree's shape.
 */
export function undoOf(tree: readonly TreeNode[], step: TreeStep): TreeStep[] {
  const was = (sought: string) => tree.find((node) => node.id === sought)
  switch (step.of) {
    case 'create':
      return [{ of: 'close', territoryId: step.id }]
    case 'rename': {
      const name = was(step.territoryId)?.name
      return name === undefined ? [] : [{ ...step, name }]
    }
    case 'move': {
      const parentId = was(step.territoryId)?.parentId
      return parentId == null ? [] : [{ ...step, parentId }]
    }
    case 'merge': {
      const { territoryId } = step
      const below = tree.filter((node) => node.parentId === territoryId && !node.closed)
      return [
        { of: 'reopen', territoryId },
        ...below.map((node): TreeStep => ({ of: 'move', territoryId: node.id, parentId: territoryId })),
      ]
    }
    case 'close':
      return was(step.territoryId)?.closed ? [] : [{ of: 'reopen', territoryId: step.territoryId }]
    case 'reopen':
      return was(step.territoryId)?.closed ? [{ of: 'close', territoryId: step.territoryId }] : []
    default:
      return []
  }
}

const fault = (code: Fault['code'], params: Fault['params'] = {}): Fault => ({ code, params })

/** A tree that is being changed; a step that cannot be taken leaves it as it was. */
class Draft {
  readonly #nodes: Map<string, TreeNode>
  readonly #below = new Map<string, Set<string>>()
  /** Open territories by level and code. */
  readonly #codes = new Map<string, string>()
  readonly #moved = new Set<string>()
  readonly #ahead: boolean
  readonly left = new Map<string, number>()

  constructor(tree: readonly TreeNode[], ahead: boolean) {
    this.#nodes = new Map()
    this.#ahead = ahead
    for (const node of tree) this.#put(node)
  }

  nodes(): TreeNode[] {
    return [...this.#nodes.values()]
  }

  take(step: TreeStep): Fault | null {
    switch (step.of) {
      case 'create':
        return this.#create({ ...step, closed: false })
      case 'rename':
        return this.#on(step.territoryId, (node) => {
          const taken = this.#nameTaken(node.parentId, node.id, step.name)
          return taken ?? this.#set({ ...node, name: step.name })
        })
      case 'move':
        return this.#move(step.territoryId, step.parentId)
      case 'merge':
        return this.#merge(step.territoryId, step.intoId)
      case 'close':
        return this.#on(step.territoryId, (node) => this.#close(node))
      case 'reopen':
        return this.#reopen(step.territoryId)
      case 'rehome':
      case 'rehang':
        return this.#on(step.fromId, () => this.#on(step.toId, () => null))
      case 'assign':
        return this.#on(step.territoryId, () => null)
      case 'endAssignment':
      case 'unsettle':
        return null
    }
  }

  #on(sought: string, change: (node: TreeNode) => Fault | null): Fault | null {
    const node = this.#nodes.get(sought)
    if (!node) return fault('NOT_FOUND', { what: 'territory' })
    return node.closed ? fault('CONFLICT', { what: 'closed', name: node.name }) : change(node)
  }

  #create({ id: made, parentId, rank, name, code, closed }: TreeNode & { parentId: string }): Fault | null {
    const node: TreeNode = { id: made, parentId, rank, name, code, closed }
    if (this.#nodes.has(made)) return fault('CONFLICT', { what: 'territory' })
    return this.#on(
      parentId,
      (parent) =>
        rankFault(parent.rank, rank) ??
        this.#nameTaken(parentId, made, name) ??
        this.#codeTaken(node) ??
        this.#set(node),
    )
  }

  #move(territoryId: string, parentId: string): Fault | null {
    return this.#on(territoryId, (node) =>
      this.#on(parentId, (parent) => {
        if (this.#moved.has(territoryId)) return fault('TERRITORY_MOVED_TWICE', { name: node.name })
        const wrong =
          moveFault(
            { path: this.#path(node), rank: node.rank },
            { path: this.#path(parent), rank: parent.rank },
          ) ?? this.#nameTaken(parentId, territoryId, node.name)
        if (wrong) return wrong
        this.#moved.add(territoryId)
        return this.#set({ ...node, parentId })
      }),
    )
  }

  /** Closed territories below stay under the closed one: they go with it, and open again after it. */
  #merge(territoryId: string, intoId: string): Fault | null {
    return this.#on(territoryId, (node) =>
      this.#on(intoId, (into) => {
        if (node.parentId === null) return fault('TERRITORY_ROOT')
        const below = this.#openBelow(territoryId)
        const place = { path: this.#path(into), rank: into.rank }
        const wrong =
          (place.path.startsWith(this.#path(node)) ? fault('TERRITORY_CYCLE') : null) ??
          first(below, (child) => rankFault(into.rank, child.rank)) ??
          first(below, (child) => this.#nameTaken(intoId, territoryId, child.name))
        if (wrong) return wrong
        for (const child of below) this.#set({ ...child, parentId: intoId })
        return this.#set({ ...node, closed: true })
      }),
    )
  }

  #close(node: TreeNode): Fault | null {
    if (node.parentId === null) return fault('TERRITORY_ROOT')
    const children = this.#openBelow(node.id).length
    if (children > 0 && !this.#ahead) return fault('TERRITORY_NOT_EMPTY', { children })
    if (children > 0) this.left.set(node.id, children)
    return this.#set({ ...node, closed: true })
  }

  #reopen(territoryId: string): Fault | null {
    const node = this.#nodes.get(territoryId)
    if (!node) return fault('NOT_FOUND', { what: 'territory' })
    if (!node.closed || node.parentId === null) return null
    return this.#on(
      node.parentId,
      () =>
        this.#nameTaken(node.parentId, node.id, node.name) ??
        this.#codeTaken(node) ??
        this.#set({ ...node, closed: false }),
    )
  }

  #openBelow(parentId: string): TreeNode[] {
    return [...(this.#below.get(parentId) ?? [])].flatMap((child) => {
      const node = this.#nodes.get(child)
      return node && !node.closed ? [node] : []
    })
  }

  #nameTaken(parentId: string | null, exceptId: string, name: string): Fault | null {
    if (parentId === null) return null
    const key = nameKey(name)
    const taken = this.#openBelow(parentId).find((node) => node.id !== exceptId && nameKey(node.name) === key)
    return taken ? fault('TERRITORY_NAME_TAKEN', { name: taken.name }) : null
  }

  #codeTaken({ id: own, rank, code }: TreeNode): Fault | null {
    const bearer = code === null ? undefined : this.#codes.get(`${rank}:${code}`)
    return bearer === undefined || bearer === own
      ? null
      : fault('TERRITORY_CODE_TAKEN', { name: this.#nodes.get(bearer)?.name ?? '' })
  }

  #path(node: TreeNode): Path {
    const parent = node.parentId === null ? undefined : this.#nodes.get(node.parentId)
    return childPath(parent ? this.#path(parent) : '', node.id)
  }

  #set(node: TreeNode): null {
    const before = this.#nodes.get(node.id)
    if (before?.parentId != null) this.#below.get(before.parentId)?.delete(node.id)
    if (before && !before.closed && before.code !== null) this.#codes.delete(`${before.rank}:${before.code}`)
    this.#put(node)
    return null
  }

  #put(node: TreeNode): void {
    this.#nodes.set(node.id, node)
    if (!node.closed && node.code !== null) this.#codes.set(`${node.rank}:${node.code}`, node.id)
    if (node.parentId === null) return
    const below = this.#below.get(node.parentId)
    if (below) below.add(node.id)
    else this.#below.set(node.parentId, new Set([node.id]))
  }
}

function first<T>(items: readonly T[], find: (item: T) => Fault | null): Fault | null {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return null
}
