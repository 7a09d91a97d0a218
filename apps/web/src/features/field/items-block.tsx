'use client'
import type { FieldOption } from '@fieldback/domain/field/field-spec'
import { isListReference } from '@fieldback/domain/field/plan-publish'
import { lockOn } from '@fieldback/domain/field/tighten'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'
import { LockedLine } from './locked-line.tsx'
import { PickMany } from './pick-many.tsx'
import type { Ground, TighteningInput } from './tightening-draft.ts'

/** Which groups and which items of an inherited list are offered here. */
export function ItemsBlock({ draft, change, ground }: TighteningInput & { readonly ground: Ground }) {
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  const formats = useFormats()
  const { inherited } = ground
  const offered = useMemo(
    () => inherited.spec.options.filter(({ retired }) => !retired),
    [inherited.spec.options],
  )
  if (!isListReference(inherited.spec)) return null
  const locked = lockOn(inherited, 'options') !== undefined
  const groups = groupsOf(offered)
  const out = new Set(draft.withoutGroups)
  const left = offered.filter(({ id, item }) => !draft.without.includes(id) && !out.has(item?.group ?? ''))
  return (
    <Block title={text('offered.title')} hint={text('items.hint')}>
      {locked && (
        <p className="mb-2 text-caption text-ink-2">
          <LockedLine ground={ground} aspect="options" />
        </p>
      )}
      <div className="grid gap-4">
        {groups.length > 1 && (
          <fieldset disabled={locked}>
            <legend className="mb-1 font-medium text-small">{text('items.groups')}</legend>
            {groups.map(({ group, count }) => (
              <CheckLine
                key={group}
                checked={!out.has(group)}
                disabled={locked}
                onChange={(on) =>
                  change({
                    withoutGroups: on
                      ? draft.withoutGroups.filter((one) => one !== group)
                      : [...draft.withoutGroups, group],
                  })
                }
              >
                {text('items.group', { group: group || text('items.noGroup'), count: formats.number(count) })}
              </CheckLine>
            ))}
          </fieldset>
        )}
        {!locked && (
          <div>
            <p className="mb-1.5 font-medium text-small">{text('items.without')}</p>
            <PickMany
              label={text('items.without')}
              options={offered
                .filter(({ id, item }) => draft.without.includes(id) || !out.has(item?.group ?? ''))
                .map((option) => ({ value: option.id, label: label(option.label) }))}
              value={draft.without}
              onChange={(without) => change({ without })}
            />
          </div>
        )}
        <p className="text-caption text-ink-2">
          {text('items.left', { left: left.length, count: formats.number(offered.length) })}
        </p>
      </div>
    </Block>
  )
}

/** Groups in the order of their names, items of none last under no name. */
function groupsOf(offered: readonly FieldOption[]): { readonly group: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { item } of offered) counts.set(item?.group ?? '', (counts.get(item?.group ?? '') ?? 0) + 1)
  return [...counts]
    .map(([group, count]) => ({ group, count }))
    .toSorted(
      (a, b) =>
        Number(a.group === '') - Number(b.group === '') ||
        a.group.localeCompare(b.group, undefined, { numeric: true }),
    )
}
