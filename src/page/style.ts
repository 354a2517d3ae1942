// The page's own stylesheet, behind the look that it shares with the HTML report.

import { parts } from '../record/index.ts';

export const STYLE = `${parts.LOOK}
.skip{position:absolute;left:-99rem;top:.5rem;background:var(--card);padding:.4rem .8rem;border-radius:6px;z-index:3}.skip:focus{left:.5rem}
.top{background:var(--card);border-bottom:1px solid var(--line)}.top .wrap{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem 1.6rem;padding-top:.7rem;padding-bottom:.7rem}
.brand{font-weight:700;letter-spacing:-.02em;text-decoration:none}.top nav{display:flex;gap:1.3rem;flex:1}.top nav a{text-decoration:none;color:var(--soft);padding:.15rem 0;border-bottom:2px solid transparent}
.top nav a:hover{color:var(--ink)}.top nav a[aria-current]{color:var(--ink);border-color:var(--ink);font-weight:600}
main.wrap{padding-top:1.9rem;padding-bottom:4rem}[hidden]{display:none!important}main:focus{outline:0}
button,.button{font:inherit;font-weight:600;border:1px solid var(--strong);border-radius:7px;background:var(--card);color:var(--ink);padding:.42rem .9rem;cursor:pointer;text-decoration:none;display:inline-block}
button:hover,.button:hover{background:var(--raised)}button.main{background:var(--ink);color:var(--page);border-color:var(--ink)}button.main:hover{opacity:.88}
button.bare{border:0;background:none;padding:.15rem .1rem;font-weight:400;color:var(--soft);text-decoration:underline;text-underline-offset:.18em}
input,select,textarea{font:inherit;color:inherit;background:var(--card);border:1px solid var(--strong);border-radius:7px;padding:.4rem .65rem;width:100%;min-height:2.45rem}
textarea{min-height:4.6rem;resize:vertical}label{display:block}label>span,legend{display:block;font-size:.85rem;color:var(--soft);margin-bottom:.25rem}
.title-row{display:flex;flex-wrap:wrap;align-items:end;justify-content:space-between;gap:.75rem 2rem}
.tabs{display:flex;flex-wrap:wrap;gap:.3rem}.tabs a{text-decoration:none;padding:.3rem .8rem;border-radius:99px;color:var(--soft)}.tabs a:hover{background:var(--raised)}
.tabs a[aria-current]{background:var(--ink);color:var(--page);font-weight:600}.tabs .n{font-size:.87em;margin-left:.3em}
.filters{display:grid;grid-template-columns:minmax(12rem,2.2fr) repeat(4,minmax(7rem,1fr)) auto;gap:.75rem;align-items:end}
.list{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow)}
.list th,.list td{text-align:left;padding:.72rem 1rem;border-bottom:1px solid var(--line);vertical-align:top}.list tbody tr:last-child td{border-bottom:0}
.list thead th{font-size:.82rem;font-weight:500;color:var(--soft);padding-top:.6rem;padding-bottom:.55rem}.list tbody tr:hover{background:var(--raised)}
.list .name{font-weight:600;text-decoration:none}.list .name:hover{text-decoration:underline}.list .where{max-width:24rem;overflow-wrap:anywhere}.list time{white-space:nowrap}.list tbody tr:focus-within{background:var(--raised)}
.pager{display:flex;align-items:center;justify-content:space-between;gap:1rem}.empty{text-align:center;padding:3.5rem 1rem;color:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:.5rem}.chip{display:inline-flex;gap:.5rem;background:var(--raised);border-radius:99px;padding:.15rem .8rem;font-size:.87rem}
.flash{border-left:4px solid var(--tone);background:var(--tone-bg);border-radius:7px;padding:.7rem 1rem}
.split{display:grid;grid-template-columns:minmax(0,1.7fr) minmax(19rem,1fr);gap:1.25rem;align-items:start}.split>*{min-width:0}
.choice{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem .7rem;border:1px solid var(--line);border-radius:8px;padding:.65rem .8rem;cursor:pointer}.choice+.choice{margin-top:.5rem}
.choice input{width:1rem;height:1rem;min-height:0;margin:.25rem 0 0;accent-color:var(--ink)}.choice b{font-weight:600}.choice small{grid-column:2;color:var(--soft);font-size:.87rem;line-height:1.45}
.choice:has(:checked){border-color:var(--ink)}.choice:has(:focus-visible){outline:2px solid var(--focus);outline-offset:1px}.choice:hover{border-color:var(--strong)}
.choice select{width:auto;margin-top:.4rem}.until{display:flex;align-items:center;gap:.6rem}.until select{width:auto}
.trail{border-left:2px solid var(--line);margin-left:.35rem;padding-left:1.15rem}.trail li{position:relative;padding-bottom:1rem}.trail li:last-child{padding-bottom:0}
.trail li::before{content:"";position:absolute;left:-1.52rem;top:.5rem;width:.55rem;height:.55rem;border-radius:50%;background:var(--strong);border:2px solid var(--card);box-sizing:content-box}
.trail p{overflow-wrap:anywhere}.narrow{max-width:30rem;margin:9vh auto 0}.crumbs a{color:var(--soft)}kbd{font:.85em ui-monospace,monospace;border:1px solid var(--strong);border-bottom-width:2px;border-radius:4px;padding:0 .35em;line-height:1}
button,.button{min-height:2.45rem}button.bare{min-height:0}
@media(max-width:62rem){.filters{grid-template-columns:repeat(2,minmax(0,1fr))}.filters .search{grid-column:1/-1}.split{grid-template-columns:minmax(0,1fr)}.split>section{order:-1}}
@media(max-width:48rem){.list,.list tbody,.list tr,.list td{display:block;width:100%}.list thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.list tr{padding:.8rem 1rem;border-bottom:1px solid var(--line)}.list tr:last-child{border-bottom:0}.list td{border:0;padding:.1rem 0}.list .where{max-width:none}.hide,kbd{display:none}}
`;
