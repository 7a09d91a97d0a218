import { joinClasses } from './join-classes.ts'
import { levelMarkText, type Rank } from './level.ts'

export type Tone = Rank | 'accent' | 'neutral'

const toneText = (tone: Tone) =>
  tone === 'accent' ? 'text-accent' : tone === 'neutral' ? 'text-ink-3' : levelMarkText[tone]

export type IntervalTrackProps = {
  value: number
  /** The pale bar; leave out when no interval is known. */
  interval?: readonly [low: number, high: number] | undefined
  domain: readonly [low: number, high: number]
  /** The dashed line. */
  reference?: number | undefined
  tone: Tone
  /** Says value and interval: "31 %, intervalle 28 à 34". */
  label: string
}

/** Dot for the value, pale bar for the interval, dashes for the reference. */
export function IntervalTrack({ value, interval, domain, reference, tone, label }: IntervalTrackProps) {
  const [low, high] = domain
  const at = (figure: number) =>
    `${Number((Math.min(1, Math.max(0, (figure - low) / (high - low || 1))) * 100).toFixed(2))}%`
  return (
    <svg
      role="img"
      aria-label={label}
      width="100%"
      height="20"
      overflow="visible"
      className={joinClasses('block', toneText(tone))}
    >
      <line x1="0" x2="100%" y1="10" y2="10" className="stroke-line" />
      {reference !== undefined && (
        <line
          x1={at(reference)}
          x2={at(reference)}
          y1="0"
          y2="20"
          className="stroke-ink-3"
          strokeDasharray="2 3"
        />
      )}
      {interval && (
        <line
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1="10"
          y2="10"
          stroke="currentColor"
          strokeWidth="6"
          strokeLinecap="round"
          opacity=".35"
        />
      )}
      <circle cx={at(value)} cy="10" r="5" fill="currentColor" />
    </svg>
  )
}
