import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type Administered = inferRouterOutputs<AppRouter>['territory']['administered']
export type AdministeredLine = Administered['children'][number]

export type AdministeredProps = { readonly page: Administered; readonly hrefOf: (id: string) => string }
