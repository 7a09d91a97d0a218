import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentProps, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type SelectOption = {
  value: string
  label: string
  disabled?: boolean | undefined
  /** Options of one group stand together under its name; those without stand first. */
  group?: string | undefined
}

type SelectProps = Omit<ComponentProps<'select'>, 'children' | 'value' | 'multiple' | 'size' | 'onChange'> & {
  options: readonly SelectOption[]
  value: string
  onChange?: ((value: string) => void) | undefined
  /** Written inside, before the value ("Période sept. à nov."). Without it, wrap in Field. */
  label?: string | undefined
  /** Before the value: a level mark, an icon. */
  lead?: ReactNode
}

const shut = 'has-disabled:bg-sunken has-disabled:text-ink-3 has-disabled:inset-ring-0'
const focused =
  'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2'

const asOption = ({ value, label, disabled }: SelectOption) => (
  <option key={value} value={value} disabled={disabled}>
    {label}
  </option>
)

/** Groups in the order of their first option. */
function groupsOf(options: readonly SelectOption[]): [string, SelectOption[]][] {
  const groups = new Map<string, SelectOption[]>([['', []]])
  for (const option of options) {
    const group = option.group ?? ''
    groups.set(group, [...(groups.get(group) ?? []), option])
  }
  return [...groups]
}

/**
 * The system's own list under our drawing: the real select covers the whole control, transparent, so that the phone
 * opens its picker and a keyboard works as everywhere.
 */
export function Select({ options, value, onChange, label, lead, className, ...rest }: SelectProps) {
  const chosen = options.find((option) => option.value === value)
  return (
    <span
      className={joinClasses(
        'relative inline-flex min-w-0 max-w-full items-center gap-2 whitespace-nowrap bg-surface text-small inset-ring',
        label === undefined && !lead
          ? 'h-13 w-full rounded-md pr-3 pl-4 text-body inset-ring-control desk:h-10 desk:rounded-[10px] desk:pl-3 desk:text-small'
          : 'h-11 rounded-md pr-2.5 pl-3 inset-ring-line-2 hover:bg-canvas desk:h-9 desk:rounded-[10px]',
        'has-[[aria-invalid]]:inset-ring-[1.5px] has-[[aria-invalid]]:inset-ring-danger',
        shut,
        focused,
        className,
      )}
    >
      {lead}
      {label !== undefined && (
        <span aria-hidden className="text-ink-2">
          {label}
        </span>
      )}
      <span
        aria-hidden
        className={joinClasses('truncate', (label !== undefined || Boolean(lead)) && 'font-medium')}
      >
        {/* Indented in the list to show a tree; closed, it stands alone. */}
        {chosen?.label.trim()}
      </span>
      <ChevronDown size={16} className="ml-auto text-ink-3" />
      <select
        aria-label={label}
        {...rest}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        className="absolute inset-0 size-full appearance-none opacity-0 disabled:cursor-not-allowed"
      >
        {chosen === undefined && <option value={value} />}
        {groupsOf(options).map(([group, members]) =>
          group === '' ? (
            members.map(asOption)
          ) : (
            <optgroup key={group} label={group}>
              {members.map(asOption)}
            </optgroup>
          ),
        )}
      </select>
    </span>
  )
}
