'use client'
import { DEPARTMENTS } from '@fieldback/ui/france-departments'
import { FranceMap, type FranceMapProps } from '@fieldback/ui/france-map'
import { grouped } from '@fieldback/ui/map-box'

type Props = Omit<FranceMapProps, 'drawing'> & {
  /** What is drawn of several departments, by its key in the values; none: each department is drawn. */
  groups?: readonly { readonly key: string; readonly codes: readonly string[] }[] | undefined
}

/** Departments of France; apart, so that their outlines come only where they are looked at. */
export const DepartmentMap = ({ groups, ...props }: Props) => (
  <FranceMap {...props} drawing={groups ? grouped(DEPARTMENTS, groups) : DEPARTMENTS} />
)
