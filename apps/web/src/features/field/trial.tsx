'use client'
import type { GivebackKind } from '@fieldback/domain/field/field-spec'
import { DistributionBar } from '@fieldback/ui/distribution-bar'
import { ReturnCard } from '@fieldback/ui/return-card'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { type Draft, visitsSaid } from './draft.ts'
import type { Check, Checked } from './use-check.ts'
import { useFaultWords } from './use-fault-words.ts'
import { useFieldWords } from './use-field-words.ts'

type Verdict = Check['verdicts'][GivebackKind]
type Sample = NonNullable<Check['sample']>

export type TrialProps = { readonly kind: GivebackKind; readonly draft: Draft; readonly checked: Checked }

/** A return tried at once: on answers already given where there are some, else on what the branch's visits will bring. */
export function Trial({ kind, draft, checked }: TrialProps) {
  const text = useTranslations('fieldDesk')
  const words = useFaultWords()
  const verdict = checked.check?.verdicts[kind]
  if (!verdict) return null
  if (!verdict.working)
    return (
      <ReturnCard
        compact
        tone="soon"
        eyebrow={text('trial.not', { kind: text(`returns.name.${kind}`) })}
        sentence={words.reason(verdict.code, verdict.params)}
      />
    )
  const sample = checked.check?.sample ?? null
  return sample ? (
    <OnAnswers kind={kind} sample={sample} draft={draft} />
  ) : (
    <OnVisits kind={kind} verdict={verdict} entity={draft.entity} />
  )
}

function OnVisits({
  kind,
  verdict,
  entity,
}: {
  kind: GivebackKind
  verdict: Extract<Verdict, { working: true }>
  entity: Draft['entity']
}) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const figure = (name: string) => verdict.evidence[name] ?? 0
  return (
    <ReturnCard
      compact
      eyebrow={text('trial.soon', { kind: text(`returns.name.${kind}`) })}
      sentence={text(`trial.visits.${kind}`, {
        seen: figure('accountsSeenTwice'),
        answers: formats.number(figure('answers')),
        people: figure('people') || figure('reps'),
        reachable: formats.number(figure('reachable')),
        of: text(`trial.of.${entity}`),
        who: text(`trial.who.${entity}`),
      })}
      source={text(verdict.basis ? `trial.${verdict.basis}` : 'trial.source', {
        answers: formats.number(figure('answers')),
        reps: figure('reps'),
      })}
    />
  )
}

function OnAnswers({ kind, sample, draft }: { kind: GivebackKind; sample: Sample; draft: Draft }) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const { bucketWords } = useFieldWords()
  const known = sample.buckets.filter(({ label }) => label.kind !== 'unknown')
  const first = known.toSorted((a, b) => b.n - a.n)[0]
  const counted =
    kind === 'segment'
      ? membersOf(sample, draft, segmentKeys(draft))
      : kind === 'priority'
        ? membersOf(sample, draft, Object.keys(visitsSaid(draft)))
        : (first?.n ?? 0)
  const segments = sample.buckets.map(({ bucket, label, n }) => ({
    key: bucket,
    value: n,
    label: text('trial.bucket', { answer: bucketWords(label), count: formats.number(n) }),
  }))
  return (
    <ReturnCard
      compact
      eyebrow={text(sample.own ? 'trial.onOwn' : 'trial.on', {
        count: formats.number(sample.answered),
        place: sample.owner.name,
      })}
      sentence={text(`trial.answers.${kind}`, {
        answer: first ? bucketWords(first.label) : '',
        share: formats.percent(sample.answered > 0 ? (first?.n ?? 0) / sample.answered : 0),
        count: formats.number(counted),
        field: draft.label.fr,
      })}
    >
      <DistributionBar
        segments={segments.slice(0, 8)}
        label={formats.list(segments.map(({ label }) => label))}
      />
    </ReturnCard>
  )
}

/** Before any is chosen, the first answer, or yes. */
function segmentKeys({ options, segmentOptions }: Draft): readonly string[] {
  const chosen = options.filter(({ key }) => segmentOptions.includes(key))
  const keys = segmentOptions.length > 0 ? segmentOptions : ['true']
  return chosen.length > 0 ? keys : [...keys, ...options.slice(0, 1).map(({ key }) => key)]
}

/** Those whose answer bears the words of a chosen one: ids differ from one question to another. */
function membersOf(sample: Sample, draft: Draft, keys: readonly string[]): number {
  const chosen = draft.options.filter((option) => keys.includes(option.key))
  const words = new Set(chosen.map((o) => o.fr.trim().toLowerCase()))
  return sample.buckets
    .filter(({ bucket, label }) =>
      label.kind === 'option' ? words.has(label.label.fr.toLowerCase()) : keys.includes(bucket),
    )
    .reduce((sum, { n }) => sum + n, 0)
}
