/**
 * Runs before the page's own scripts, which take seconds on a slow line: keeps the last tap on a button until
 * `EarlyClicks` gives it back, and keeps the browser from sending a form by itself, with its fields in the address.
 */
export const EARLY_CLICKS_SCRIPT = `(function(w,d){var last
function keep(e){var b=e.target.closest('button');if(b){e.preventDefault();e.stopPropagation();last=b}}
d.addEventListener('click',keep,true)
w.giveEarlyClickBack=function(){d.removeEventListener('click',keep,true);if(last)last.click();last=null
delete w.giveEarlyClickBack}
})(window,document)`
