import type { FieldEntity, FieldType, Localised } from '../field/field-spec.ts'
import type { RateVerdict } from '../insight/compare-rates.ts'
import type { Rank } from '../territory/rank.ts'
import type { BucketLabel } from './bucket.ts'
import type { SizeVerdict } from './group-size.ts'
import type { DayRange, Month } from './period.ts'

/** A territory as figures name it. */
export type PlaceRef = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  /** Official code of a region or department. */
  readonly code: string | null
  readonly closed: boolean
  /** As organised then: it lies under another territory today. */
  readonly elsewhere?: boolean
  /** Of a region among others: official codes of the departments that lie below it, as organised then on the last of the days. */
  readonly departments?: readonly string[]
}

/** Why a figure is not shown, and how many people or cases it takes. */
export type Hidden = Omit<Extract<SizeVerdict, { visible: false }>, 'visible'>

/**
 * How the 95 % interval is made. `wilson`: Wilson score, of shares and rates. `normal`: mean plus or minus 1.96 standard errors, the variance
 * from the bins (spread between them, and within each as if even). `ranks`: the bins that hold the ranks n/2 plus or minus 0.98 times the root of n, whole. `sample`: counts and sums read from some reports,
 * as if each were drawn by itself.
 */
export type Method = 'wilson' | 'normal' | 'ranks' | 'sample'

/** One number of an answer. All null but `n` and `people` where it is hidden or there is none. */
export type Figure = {
  /** A share or rate from 0 to 1; a count; a number in the question's unit; seconds. */
  readonly value: number | null
  /** Ends of its 95 % interval; null for counts and sums that are whole. */
  readonly low: number | null
  readonly high: number | null
  /** Numerator: cases; of a mean and a sum, what its values add up to. */
  readonly k: number | null
  /** Denominator: cases among which; of a count and a sum, how many there are. 0 where that is what is hidden. */
  readonly n: number
  /** People who filed the reports of the territory and months; null where that says nothing (accounts, contacts, times of entry). */
  readonly people: number | null
  /** Of a median: it lies between these two, which is as near as bins tell. */
  readonly between: { readonly from: number; readonly to: number | null } | null
  readonly hidden: Hidden | null
}

/** One row, or cell of a table of two axes. */
export type FindingRow = {
  /** Territory id, bucket or month on each axis, in the order of the axes. */
  readonly at: readonly string[]
  readonly now: Figure
  /** The same in what it is compared with; null when nothing is, or rows have no counterpart there (territories against another one). */
  readonly before: Figure | null
  /** Against before: only intervals that do not touch are called different; null without intervals. */
  readonly verdict: RateVerdict | null
}

export type Axis =
  | { readonly by: 'territory'; readonly places: readonly PlaceRef[] }
  | {
      readonly by: 'answer'
      readonly field: NamedField
      readonly answers: readonly { readonly bucket: string; readonly label: BucketLabel }[]
    }
  | { readonly by: 'month'; readonly months: readonly Month[] }

/** A question or concept that figures name. */
export type NamedField = {
  readonly id: string
  readonly label: Localised
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly concept: boolean
  /** Of a number, how it is written: its unit, or the currency of money. */
  readonly unit: string | null
  readonly retired: boolean
}

/**
 * Whether figures of two questions together are counted in advance. `one`: they need no pair. `preparing`: it was begun when this was first asked;
 * parts of the organisation that are counted, 0 of 0 before it begins. `never`: more than a pair (`several` questions, the kind of report being one;
 * `answers` of a question that takes several at once), sums of some `outcomes`, or one that would take too many (`concept`); answers of
 * accounts and contacts have no pairs (`stock`).
 */
export type Prepared =
  | { readonly state: 'one' | 'ready' }
  | { readonly state: 'preparing'; readonly done: number; readonly of: number }
  | { readonly state: 'never'; readonly why: 'several' | 'answers' | 'outcomes' | 'concept' | 'stock' }

/**
 * Where figures came from. `rows`: from the reports (accounts, contacts) themselves, which is slower; `every` above 1: from one day in so many of
 * each territory (one account in so many), counts and sums being multiplied by it.
 */
export type ReadFrom =
  | { readonly from: 'counts' }
  | { readonly from: 'rows'; readonly read: number; readonly limit: number; readonly every: number }

export type Findings = {
  /** The question measured, null for reports; then those of filters, in their order. */
  readonly measured: NamedField | null
  readonly filters: readonly NamedField[]
  /** The territory asked about; of times of entry the question's own, since they are of all who are asked it. */
  readonly place: PlaceRef
  readonly comparedPlace: PlaceRef | null
  readonly axes: readonly Axis[]
  /** By axis and in its order, the last fastest; rows without a case are left out of a table of answers and months. */
  readonly rows: readonly FindingRow[]
  /** Over the territory and all months: a total of one's own branch, whose people are not counted. */
  readonly total: FindingRow
  /** Reports of the territory itself, in none of the rows by territory below it; null for other rows. */
  readonly direct: number | null
  /** As organised then: territories that lay below it on some of the days alone, whose reports are among the direct ones. */
  readonly part: readonly PlaceRef[]
  readonly method: Method | null
  readonly days: DayRange
  readonly comparedDays: DayRange | null
  /** Why the territory is not set beside the other one. */
  readonly alone: Hidden | null
  readonly prepared: Prepared
  readonly source: ReadFrom
  /** A change of type is still being counted: figures are partial. */
  readonly counting: { readonly done: number; readonly of: number } | null
  /** Reports before this month are no longer kept, and the question reaches back beyond; `crossed`: it is counted from there on. */
  readonly kept: { readonly from: Month; readonly crossed: boolean } | null
  /** What was left off, and how many there are. */
  readonly cut: readonly {
    readonly what: 'territories' | 'answers'
    readonly shown: number
    readonly of: number
  }[]
}
