'use client'
import { DEPARTMENTS } from '@fieldback/ui/france-departments'
import { FranceMap, type FranceMapProps } from '@fieldback/ui/france-map'

/** Departments of France; apart, so that their outlines come only where they are looked at. */
export const DepartmentMap = (props: Omit<FranceMapProps, 'drawing'>) => (
  <FranceMap {...props} drawing={DEPARTMENTS} />
)
