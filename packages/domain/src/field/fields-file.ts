import * as z from 'zod'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { LIST_CODE_MAX } from '../list/list.ts'
import { type FileList, itemsNamed } from '../list/map-list.ts'
import {
  FIELD_ENTITIES,
  type FieldDefinition,
  type FieldOption,
  fieldSpec,
  type Localised,
  localised,
  tighteningSpec,
} from './field-spec.ts'
import { isOwners } from './plan-publish.ts'
import { referencesOf } from './plan-references.ts'
import { names } from './tighten.ts'

/** The form of the file; docs/fields-json.md tells what it means. */
export const FIELDS_FILE_VERSION = 1
/** Letters of a file that is read. */
export const FIELDS_FILE_MOST = 2 * 1024 * 1024
/** Questions, and tightenings, of a file. */
export const FIELDS_LINES_MOST = 500

/** Where something belongs, from the territory of the file down; empty: there. Found again by code, else by name. */
const place = z
  .array(
    z.object({ name: z.string().trim().min(1).max(200), code: z.string().max(40).nullable().default(null) }),
  )
  .max(3)
export type FilePlace = z.infer<typeof place>

/** As keys are made of labels: letters and digits first, so that none is a property of every object. */
const key = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_]{0,39}$/u)
const entity = z.enum(FIELD_ENTITIES)

/** A question as files name it: with its territory, what it is found again by. */
const fileKey = z.object({ entity, key })
export type FileKey = z.infer<typeof fileKey>

const fileQuestion = z.object({ at: place, entity, key, spec: fieldSpec })
const fileTightening = z.object({ at: place, of: fileKey, spec: tighteningSpec })
export type FileQuestion = z.infer<typeof fileQuestion>
export type FileTightening = z.infer<typeof fileTightening>

const fileItem = z.object({
  code: z.string().max(LIST_CODE_MAX).nullable().default(null),
  label: z.string().max(300),
})
const fileList: z.ZodType<FileList> = z.object({
  name: localised,
  items: z.record(z.uuid(), fileItem).default({}),
})

const lines = z.array(z.unknown()).max(FIELDS_LINES_MOST)
const envelope = z.object({
  fieldback: z.literal('fields'),
  version: z.literal(FIELDS_FILE_VERSION),
  /** Of the territory that was exported: a label, for whoever opens the file. */
  territory: z.string().max(200).optional(),
  questions: lines,
  tightenings: lines.default([]),
  /** Who the questions are that conditions and calculations name, by the ids they name them with. */
  references: z.record(z.uuid(), fileKey).default({}),
  /** What the lists are called that questions are answered from, by the ids they name them with. */
  lists: z.record(z.uuid(), fileList).default({}),
})

export type FieldsFile = {
  readonly fieldback: 'fields'
  readonly version: typeof FIELDS_FILE_VERSION
  readonly territory: string
  readonly questions: readonly FileQuestion[]
  readonly tightenings: readonly FileTightening[]
  readonly references: Readonly<Record<string, FileKey>>
  /** Absent where no question is answered from one. */
  readonly lists?: Readonly<Record<string, FileList>>
}

export type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/** A question or a tightening of a file, or what is wrong with it, with as much of its name as can be read. */
export type FileLine =
  | { readonly is: 'question'; readonly said: FileQuestion }
  | { readonly is: 'tightening'; readonly said: FileTightening }
  | {
      readonly is: 'invalid'
      readonly of: 'question' | 'tightening'
      readonly key: string
      readonly fault: Fault
    }

export type ReadFile =
  | {
      readonly ok: true
      readonly lines: readonly FileLine[]
      readonly references: ReadonlyMap<string, FileKey>
      readonly lists: ReadonlyMap<string, FileList>
    }
  | ({ readonly ok: false } & Fault)

/**
 * Reads a file, whatever it holds: one bad line spoils no other. What the format does not name is left out. TOO_LARGE, FIELDS_FILE_UNREADABLE, FIELDS_FILE_VERSION, FIELDS_FILE_TOO_MANY; of a
 * line: FIELDS_LINE_INVALID {path, problem, most}.
 */
export function readFieldsFile(text: string): ReadFile {
  if (text.length > FIELDS_FILE_MOST) return { ok: false, code: 'TOO_LARGE', params: {} }
  const raw = parsed(text)
  const result = envelope.safeParse(raw)
  if (!result.success) return { ok: false, ...envelopeFault(raw, result.error) }
  return {
    ok: true,
    references: new Map(Object.entries(result.data.references)),
    lists: new Map(Object.entries(result.data.lists)),
    lines: [
      ...result.data.questions.map((one) => lineOf('question', one)),
      ...result.data.tightenings.map((one) => lineOf('tightening', one)),
    ],
  }
}

function parsed(text: string): unknown {
  try {
    // Some editors begin a file with an invisible mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

function envelopeFault(raw: unknown, error: z.ZodError): Fault {
  const ours = property(raw, 'fieldback') === 'fields'
  const version = property(raw, 'version')
  if (ours && version !== FIELDS_FILE_VERSION)
    return {
      code: 'FIELDS_FILE_VERSION',
      params: { version: String(version).slice(0, 20), known: FIELDS_FILE_VERSION },
    }
  if (ours && error.issues.some((issue) => issue.code === 'too_big' && issue.path.length === 1))
    return { code: 'FIELDS_FILE_TOO_MANY', params: { most: FIELDS_LINES_MOST } }
  return { code: 'FIELDS_FILE_UNREADABLE', params: {} }
}

const SCHEMAS = { question: fileQuestion, tightening: fileTightening } as const

function lineOf(of: 'question' | 'tightening', raw: unknown): FileLine {
  const result = SCHEMAS[of].safeParse(raw)
  if (result.success) return { is: of, said: result.data } as FileLine
  const named = of === 'question' ? raw : property(raw, 'of')
  const said = property(named, 'key')
  return {
    is: 'invalid',
    of,
    key: typeof said === 'string' ? said.slice(0, 40) : '',
    fault: { code: 'FIELDS_LINE_INVALID', params: problemOf(result.error) },
  }
}

/** The first thing that does not fit: where, and how. */
function problemOf({ issues }: z.ZodError): ErrorParams {
  const [first] = issues
  if (!first) return { path: '', problem: 'other', most: 0 }
  const path = first.path.map(String).join('.')
  if (first.code === 'too_big') return { path, problem: 'too_big', most: Number(first.maximum) }
  if (first.code === 'too_small') return { path, problem: 'too_small', most: Number(first.minimum) }
  return { path, problem: 'other', most: 0 }
}

/** An own property, and no other: `__proto__` of a file is a name like any other. */
const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

export type ExportedPlace = { readonly id: string; readonly at: FilePlace }

/**
 * What some territories ask and tighten, at the versions in force: without dates or people, and without ids but for those
 * by which questions name each other, lists and items. `definitions`: of the territories, and of those above that these
 * may name; `lists`: what each list is called.
 */
export function fieldsFileOf(
  territory: string,
  places: readonly ExportedPlace[],
  definitions: readonly FieldDefinition[],
  listNames: ReadonlyMap<string, Localised> = new Map(),
): FieldsFile {
  const at = new Map(places.map((one) => [one.id, one.at]))
  const questions = definitions.flatMap(({ territoryId, entity, key, spec }) => {
    const here = at.get(territoryId)
    // What levels below added to the answers is theirs, and exported as such.
    const options = spec.options.filter(isOwners)
    return here ? [{ at: here, entity, key, spec: { ...spec, options } }] : []
  })
  const tightenings = definitions.flatMap(({ entity, key, tightenings = [] }) =>
    tightenings.flatMap(({ territoryId, spec }) => {
      const here = at.get(territoryId)
      return here && saysSomething(spec) ? [{ at: here, of: { entity, key }, spec }] : []
    }),
  )
  const known = new Map(definitions.map((one) => [one.id, one]))
  const named = new Set(questions.flatMap(({ spec }) => referencesOf(spec)))
  const references = Object.fromEntries(
    [...named].flatMap((id) => {
      const one = known.get(id)
      return one ? [[id, { entity: one.entity, key: one.key }]] : []
    }),
  )
  const left = tightenings.flatMap(({ spec }) => spec.without)
  const lists = listsOf(questions, definitions, { names: listNames, left })
  return {
    fieldback: 'fields',
    version: FIELDS_FILE_VERSION,
    territory,
    questions,
    tightenings,
    references,
    ...(Object.keys(lists).length > 0 ? { lists } : {}),
  }
}

/** The lists that questions of a file are answered from, or hang on the items of, and those that levels leave items out of. */
function listsOf(
  questions: readonly FileQuestion[],
  definitions: readonly FieldDefinition[],
  { names, left }: { readonly names: ReadonlyMap<string, Localised>; readonly left: readonly string[] },
): Record<string, FileList> {
  const named = new Set([...left, ...questions.flatMap(({ spec }) => itemsNamed(spec))])
  const used = new Set(questions.flatMap(({ spec }) => spec.list ?? []))
  const found = definitions.flatMap(({ spec }) => {
    const name = spec.list === undefined ? undefined : names.get(spec.list)
    const items = spec.options.filter(({ id, item }) => item && named.has(id))
    return spec.list !== undefined && name && (used.has(spec.list) || items.length > 0)
      ? [[spec.list, { name, items: Object.fromEntries(items.map(fileItemOf)) }] as const]
      : []
  })
  return Object.fromEntries(found)
}

const fileItemOf = ({ id, label, item }: FieldOption) =>
  [id, { code: item?.code ?? null, label: label.fr }] as const

const saysSomething = (spec: FileTightening['spec']): boolean =>
  spec.locks.length > 0 ||
  spec.options.length > 0 ||
  (['required', 'bounds', 'options', 'help', 'order'] as const).some((aspect) => names(spec, aspect))
