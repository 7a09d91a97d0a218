'use client'
import type { RenderLink } from '@fieldback/ui/link'
import {
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'

/** The phone's own addresses, all under /m: it opens every one of them without the server. */
export type Route =
  | {
      readonly screen:
        | 'today'
        | 'accounts'
        | 'new-account'
        | 'new-report'
        | 'me'
        | 'outbox'
        | 'install'
        | 'sectors'
        | 'round'
    }
  | {
      readonly screen: 'account' | 'new-contact' | 'report-form' | 'new-callback'
      readonly accountId: string
    }
  | { readonly screen: 'contact'; readonly contactId: string }
  | { readonly screen: 'report' | 'amend-report' | 'saved'; readonly reportId: string }
  | { readonly screen: 'segment'; readonly fieldId: string; readonly index: number }

export const paths = {
  today: '/m',
  accounts: '/m/accounts',
  newAccount: '/m/accounts/new',
  newReport: '/m/new',
  me: '/m/me',
  outbox: '/m/outbox',
  install: '/m/install',
  sectors: '/m/sectors',
  round: '/m/round',
  account: (id: string) => `/m/accounts/${id}`,
  newContact: (accountId: string) => `/m/accounts/${accountId}/contacts/new`,
  newCallback: (accountId: string) => `/m/accounts/${accountId}/callback`,
  contact: (id: string) => `/m/contacts/${id}`,
  reportForm: (accountId: string) => `/m/accounts/${accountId}/report`,
  report: (id: string) => `/m/reports/${id}`,
  amendReport: (id: string) => `/m/reports/${id}/amend`,
  saved: (id: string) => `/m/reports/${id}/saved`,
  segment: (fieldId: string, index: number) => `/m/segments/${fieldId}/${index}`,
} as const

/** Reads an address; an unknown one is Today, never an error page. */
function routeOf(pathname: string): Route {
  const [first, second, third, fourth] = pathname.split('/').filter(Boolean).slice(1)
  if (first === 'accounts') {
    if (second === undefined) return { screen: 'accounts' }
    if (second === 'new') return { screen: 'new-account' }
    if (third === 'report') return { screen: 'report-form', accountId: second }
    if (third === 'callback') return { screen: 'new-callback', accountId: second }
    if (third === 'contacts' && fourth === 'new') return { screen: 'new-contact', accountId: second }
    return { screen: 'account', accountId: second }
  }
  if (first === 'contacts' && second !== undefined) return { screen: 'contact', contactId: second }
  if (first === 'reports' && second !== undefined) {
    const screen = third === 'amend' ? 'amend-report' : third === 'saved' ? 'saved' : 'report'
    return { screen, reportId: second }
  }
  if (first === 'segments' && second !== undefined)
    return { screen: 'segment', fieldId: second, index: Number(third ?? 0) || 0 }
  if (first === 'new') return { screen: 'new-report' }
  if (first === 'me' || first === 'outbox' || first === 'install' || first === 'sectors' || first === 'round')
    return { screen: first }
  return { screen: 'today' }
}

export type Router = {
  readonly route: Route
  go(path: string): void
  /** Takes the place of the current address: going back does not return to it. */
  replace(path: string): void
  back(): void
}

const RouterContext = createContext<Router | null>(null)

export function useRouter(): Router {
  const router = useContext(RouterContext)
  if (!router) throw new Error('useRouter is for the phone application')
  return router
}

export function RouterProvider({ children }: { children: ReactNode }) {
  const [pathname, setPathname] = useState(() => location.pathname)
  useEffect(() => {
    const onPop = () => setPathname(location.pathname)
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])
  const router = useMemo<Router>(() => {
    const show = (path: string) => {
      setPathname(path)
      scrollTo(0, 0)
    }
    return {
      route: routeOf(pathname),
      // The browser's own: Next's, put over them, draw its whole tree anew and write each address a second time.
      go(path) {
        History.prototype.pushState.call(history, null, '', path)
        show(path)
      },
      replace(path) {
        History.prototype.replaceState.call(history, null, '', path)
        show(path)
      },
      back() {
        // Opened from a link or the home screen there is nothing behind: Today is.
        if (history.length > 1) history.back()
        else this.replace(paths.today)
      },
    }
  }, [pathname])
  return <RouterContext value={router}>{children}</RouterContext>
}

/** A link that the phone's router follows; other addresses (tel:, mailto:, the desk) are left to the browser. */
export const phoneLink: RenderLink = (props) => <PhoneLink {...props} />

function PhoneLink({ href, onClick, ...rest }: Parameters<RenderLink>[0]) {
  const router = useRouter()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !plain || !String(href).startsWith('/m')) return
    event.preventDefault()
    router.go(String(href))
  }
  return <a href={href} onClick={follow} {...rest} />
}
