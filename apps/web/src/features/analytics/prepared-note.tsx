'use client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import { Progress } from '@fieldback/ui/progress'
import { useFormats, useText } from './use-figures.ts'

/** Says that figures were read from reports one by one, how far that goes, and offers to have the pair counted. */
export function PreparedNote({ findings }: { findings: Findings }) {
  const text = useText()
  const formats = useFormats()
  const { prepared, source } = findings
  if (source.from === 'counts' && prepared.state !== 'preparing') return null
  const limit =
    source.from === 'rows'
      ? text('prepared.limit', {
          read: formats.number(source.read),
          limit: formats.number(source.limit),
          every: source.every,
        })
      : ''
  return (
    <section
      aria-label={text('prepared.label')}
      className="mb-5 grid gap-2 rounded-card border border-line p-5 text-small"
    >
      <p>
        <b>{text('prepared.slow')}</b> {limit}
      </p>
      {prepared.state === 'preparing' && (
        <Progress label={text('prepared.label')} done={prepared.done} total={prepared.of}>
          {text('prepared.how', { done: formats.number(prepared.done), of: formats.number(prepared.of) })}
        </Progress>
      )}
      {prepared.state === 'never' && <p className="text-ink-2">{text(`prepared.never.${prepared.why}`)}</p>}
    </section>
  )
}
