/**
 * Runs before paint, on every page: the system's theme, and its changes. One text for the nonce of dynamic pages and
 * for the hash of the static one.
 */
export const THEME_SCRIPT = `(function(d,m){function s(){d.dataset.theme=m.matches?'dark':'light'}
s();m.addEventListener('change',s)
})(document.documentElement,matchMedia('(prefers-color-scheme: dark)'))`
