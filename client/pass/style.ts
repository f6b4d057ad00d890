/**
 * The page's one style sheet, for a phone held in one hand: one column, large targets (WCAG 2.5.5), contrast over 4.5 to 1 in light and dark,
 * nothing that moves.
 */
export const STYLE = `:root{color-scheme:light dark;--ink:#1a1c1e;--paper:#fff;--quiet:#44474b;--line:#74777b;--act:#0b4fae;--on:#fff;--soft:#e8f0fe}
@media(prefers-color-scheme:dark){:root{--ink:#e9eaec;--paper:#121416;--quiet:#c4c7ca;--line:#8f9296;--act:#a9c8ff;--on:#08305f;--soft:#1f2d42}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:34rem;padding:1rem;font:1.125rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.25rem;margin:0 0 .5rem}
h3{font-size:1.125rem;margin:1rem 0 .25rem}
p{margin:.5rem 0}
ul{margin:.5rem 0;padding-left:1.25rem}
li{margin:.5rem 0}
section{border-top:1px solid var(--line);padding:1rem 0}
form{margin:.75rem 0}
button,.button{display:flex;align-items:center;justify-content:center;width:100%;min-height:3.25rem;padding:.5rem 1rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--on);background:var(--act);border:2px solid var(--act);border-radius:.75rem;cursor:pointer;overflow-wrap:anywhere}
.second{color:var(--act);background:var(--paper)}
button[aria-disabled]{border-style:dashed;cursor:default}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.news{margin:0 0 1rem;padding:1rem;border:2px solid var(--act);border-radius:.75rem;background:var(--soft);font-weight:600}
.busy:not(:empty){position:fixed;inset:auto 0 0;margin:0;padding:1rem;text-align:center;font-weight:600;color:var(--on);background:var(--act)}
.code{font:600 2.25rem/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em;user-select:all}
.quiet{color:var(--quiet);font-size:1rem}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}`;
