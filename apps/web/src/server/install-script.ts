/** The browser's offer to install, which not every browser makes. */
export type InstallPrompt = Event & {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

declare global {
  interface Window {
    fieldbackInstall?: InstallPrompt | undefined
  }
  interface WindowEventMap {
    beforeinstallprompt: InstallPrompt
  }
}

/** In the page of /m: the offer comes once, before the screen that uses it can be there. */
export const INSTALL_SCRIPT = `addEventListener('beforeinstallprompt',function(e){e.preventDefault();window.fieldbackInstall=e})`
