import * as z from 'zod'
import type { DayBound, FieldSpec, Localised, TighteningSpec } from '../field/field-spec.ts'

const text = z.object({ fr: z.string(), en: z.string().optional() })
const told = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  text,
  z.array(z.union([z.string(), text])).readonly(),
])
const change = z.object({ aspect: z.string(), from: told.nullable(), to: told.nullable() })

/** What stood and what stands: words of questions and settings, cut where they are long; never an answer. */
export type Told = z.infer<typeof told>
export type Change = { readonly aspect: string; readonly from: Told | null; readonly to: Told | null }

/** Aspects of a question, and of what was exported, that have their word in i18n (`audit.change.aspect`); any other is told as "more". */
export const CHANGED_ASPECTS = [
  'asked',
  'type',
  'label',
  'help',
  'why',
  'required',
  'unit',
  'min',
  'max',
  'earliest',
  'latest',
  'staleAfterDays',
  'position',
  'order',
  'shared',
  'reportable',
  'optionsAdded',
  'optionsRetired',
  'optionsRenamed',
  'without',
  'withoutGroups',
  'givebacks',
  'locks',
  'filter',
  'name',
  'code',
  'group',
  'items',
  'more',
] as const
export type ChangedAspect = (typeof CHANGED_ASPECTS)[number]

/** The changes that a line of the journal notes; none for lines of before, which held only key and version. */
export function changesIn(detail: Readonly<Record<string, unknown>>): Change[] {
  const parsed = z.array(change).safeParse(detail.changes)
  return parsed.success ? parsed.data : []
}

/** A line is read at a glance: the version itself holds everything. */
const TEXT_MAX = 120
const LIST_MAX = 8
const cut = (words: string): string =>
  words.length > TEXT_MAX ? `${words.slice(0, TEXT_MAX - 1).trimEnd()}…` : words
const cutText = ({ fr, en }: Localised): Localised => ({
  fr: cut(fr),
  ...(en === undefined ? {} : { en: cut(en) }),
})
const cutList = <T>(list: readonly T[]): (T | string)[] =>
  list.length > LIST_MAX ? [...list.slice(0, LIST_MAX), `+ ${list.length - LIST_MAX}`] : [...list]

type Spec = { readonly [Key in keyof Omit<FieldSpec, 'options'>]?: FieldSpec[Key] | undefined } & {
  readonly options?: FieldSpec['options'] | undefined
  readonly without?: TighteningSpec['without'] | undefined
  readonly withoutGroups?: TighteningSpec['withoutGroups'] | undefined
}

const PLAIN = [
  'type',
  'required',
  'unit',
  'min',
  'max',
  'staleAfterDays',
  'position',
  'shared',
  'reportable',
] as const
const DAYS = ['earliest', 'latest'] as const
const WORDS = ['label', 'help', 'why'] as const
const KNOWN = new Set<string>([
  ...PLAIN,
  ...DAYS,
  ...WORDS,
  'options',
  'without',
  'withoutGroups',
  'givebacks',
  'locks',
])

/** What a new version says otherwise than the one before; of a first version, all that it says. */
export function changesOf(before: Spec | null, after: Spec, optionLabel: OptionLabel = () => null): Change[] {
  return [
    ...PLAIN.map((aspect): Change => ({ aspect, from: plain(before?.[aspect]), to: plain(after[aspect]) })),
    ...DAYS.map((aspect): Change => ({ aspect, from: day(before?.[aspect]), to: day(after[aspect]) })),
    ...WORDS.map((aspect): Change => ({ aspect, from: words(before?.[aspect]), to: words(after[aspect]) })),
    ...optionChanges(before?.options ?? [], after.options ?? []),
    listed('without', before?.without?.map(named(optionLabel)), after.without?.map(named(optionLabel))),
    listed('withoutGroups', before?.withoutGroups, after.withoutGroups),
    listed('givebacks', before?.givebacks?.map(kindOf), after.givebacks?.map(kindOf)),
    listed('locks', before?.locks, after.locks),
    listed('more', [], otherwise(before, after)),
  ].filter((change) => !isSame(change))
}

/** The first place in the order is where a new question stands unless it says otherwise. */
const isSame = ({ aspect, from, to }: Change): boolean =>
  JSON.stringify(from) === JSON.stringify(to) || (aspect === 'position' && from === null && to === 0)

/** Of an option's id, its words where they are known. */
export type OptionLabel = (id: string) => Localised | null

const named = (optionLabel: OptionLabel) => (id: string) => optionLabel(id) ?? id
const kindOf = ({ kind }: FieldSpec['givebacks'][number]): string => kind

/** False stands for "nothing said" in a version: it is told only against something. */
const plain = (value: string | number | boolean | undefined): Told | null => (value === 0 ? 0 : value || null)
/** A fixed day as it is, or "visit-30": told in words where it is read. */
const day = (bound: DayBound | undefined): Told | null => {
  if (bound?.days === undefined) return bound?.day ?? null
  return `visit${bound.days < 0 ? '' : '+'}${bound.days}`
}
const words = (value: Localised | undefined): Told | null => (value ? cutText(value) : null)

function listed(
  aspect: ChangedAspect,
  from: readonly (string | Localised)[] = [],
  to: readonly (string | Localised)[] = [],
): Change {
  const told = (list: readonly (string | Localised)[]) => (list.length === 0 ? null : cutList(list))
  return { aspect, from: told(from), to: told(to) }
}

function optionChanges(before: FieldSpec['options'], after: FieldSpec['options']): Change[] {
  const offered = (options: FieldSpec['options']) => options.filter(({ retired }) => !retired)
  const [was, is] = [offered(before), offered(after)]
  const [then, now] = [new Map(was.map((o) => [o.id, o])), new Map(is.map((o) => [o.id, o]))]
  const renamed = is.filter(({ id, label }) => {
    const old = then.get(id)
    return old !== undefined && (old.label.fr !== label.fr || old.label.en !== label.en)
  })
  const labels = (options: FieldSpec['options']) => options.map(({ label }) => cutText(label))
  return [
    listed('optionsAdded', [], labels(is.filter(({ id }) => !then.has(id)))),
    listed('optionsRetired', labels(was.filter(({ id }) => !now.has(id))), []),
    listed(
      'optionsRenamed',
      renamed.map(({ id, label }) => cutText(then.get(id)?.label ?? label)),
      labels(renamed),
    ),
  ]
}

/** Names of what else differs: settings that have no words here yet. */
function otherwise(before: Spec | null, after: Spec): string[] {
  const [was, is] = [{ ...before } as Record<string, unknown>, { ...after } as Record<string, unknown>]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => !KNOWN.has(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  )
}

type Named = { readonly label: Localised; readonly code?: string | null; readonly group?: string | null }

/** What a list or an item of one is called otherwise. */
export const itemChanges = (before: Named, after: Named): Change[] =>
  [
    { aspect: 'name', from: words(before.label), to: words(after.label) },
    { aspect: 'code', from: before.code ?? null, to: after.code ?? null },
    { aspect: 'group', from: before.group ?? null, to: after.group ?? null },
  ].filter((change) => !isSame(change))

/** Items that are offered, or no longer, by their words. */
export const offeredChange = (labels: readonly Localised[], offered: boolean): Change[] => [
  offered ? listed('items', [], labels.map(cutText)) : listed('items', labels.map(cutText), []),
]

/** Questions in their order, by their words. */
export const orderChange = (from: readonly Localised[], to: readonly Localised[]): Change[] => [
  listed('order', from.map(cutText), to.map(cutText)),
]

/** Whether a question is asked at all, as retiring and restoring change it. */
export const askedChange = (asked: boolean): Change[] => [{ aspect: 'asked', from: !asked, to: asked }]

/** What an export was narrowed by, in words. */
export const filterChange = (words: readonly Localised[]): Change[] =>
  words.length === 0 ? [] : [{ aspect: 'filter', from: null, to: words.map(cutText) }]
