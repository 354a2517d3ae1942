// The look that the HTML report and the incidents page share: quiet type, room to breathe, colour for state alone.

export const LOOK = `
:root{color-scheme:light dark;--page:#f7f7f8;--card:#fff;--raised:#f1f2f4;--ink:#1a1c20;--soft:#5c626d;--line:#e1e3e8;--strong:#c3c7cf;
--live:#b3261e;--live-bg:#fcedeb;--dead:#146c43;--dead-bg:#e8f5ee;--doubt:#7a5200;--doubt-bg:#fbf2de;--calm:#48505c;--calm-bg:#eceef1;--focus:#2460c8;--bar:#aab1bd;--shadow:0 1px 2px #0000000d}
@media(prefers-color-scheme:dark){:root{--page:#0f1114;--card:#16181d;--raised:#1e2127;--ink:#e9ebee;--soft:#a2a9b5;--line:#292d35;--strong:#444a56;
--live:#ff8b7e;--live-bg:#3a1a17;--dead:#5fd29b;--dead-bg:#12301f;--doubt:#f2bd62;--doubt-bg:#33260c;--calm:#b9c0cb;--calm-bg:#262a32;--focus:#84b0ff;--bar:#59606d;--shadow:none}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-feature-settings:"tnum"}
h1,h2,h3,p,ol,ul,dl,dd,figure,fieldset{margin:0;padding:0}ol,ul{list-style:none}fieldset{border:0;min-width:0}
h1{font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.015em}h2{font-size:1.02rem;line-height:1.35;font-weight:650}h3{font-size:.95rem;font-weight:600}
a{color:inherit;text-underline-offset:.18em;text-decoration-color:var(--strong)}a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
code,.mono{font:.9em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.soft{color:var(--soft)}.small{font-size:.87rem}.wrap{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow);padding:1.25rem 1.4rem}
.stack>*+*{margin-top:1.25rem}.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.live{--tone:var(--live);--tone-bg:var(--live-bg)}.dead{--tone:var(--dead);--tone-bg:var(--dead-bg)}.doubt{--tone:var(--doubt);--tone-bg:var(--doubt-bg)}.calm{--tone:var(--calm);--tone-bg:var(--calm-bg)}
.badge{display:inline-flex;align-items:center;gap:.4em;padding:.08rem .55rem;border-radius:99px;background:var(--tone-bg);color:var(--tone);font-size:.82rem;font-weight:600;white-space:nowrap}
.badge::before{content:"";width:.45em;height:.45em;border-radius:50%;background:currentColor}
.facts{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.45rem 1rem}.facts dt{color:var(--soft)}.facts dd{overflow-wrap:anywhere}.facts li+li{margin-top:.3rem}
.numbers{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem}.numbers b{display:block;font-size:1.7rem;line-height:1.2;font-weight:600;letter-spacing:-.02em}
.stations{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr)}
.stations li{position:relative;padding-top:1.35rem;padding-right:.6rem;font-size:.87rem;line-height:1.35}
.stations li::before{content:"";position:absolute;top:.28rem;left:0;width:.72rem;height:.72rem;border-radius:50%;border:2px solid var(--strong);background:var(--card);z-index:1}
.stations li::after{content:"";position:absolute;top:.6rem;left:.72rem;right:0;height:2px;background:var(--line)}.stations li:last-child::after{display:none}
.stations .done::before{background:var(--dead);border-color:var(--dead)}.stations .done::after{background:var(--dead)}
.stations .now::before{border-color:var(--live);box-shadow:0 0 0 4px var(--live-bg)}.stations .bad::before{background:var(--live);border-color:var(--live)}
.stations .none{color:var(--soft)}.stations b{display:block;font-weight:600}.stations .todo b,.stations .none b{font-weight:500;color:var(--soft)}
.stations span{display:block;color:var(--soft);overflow-wrap:anywhere}
.chart{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.3rem .7rem}.chart .y{display:flex;flex-direction:column;justify-content:space-between;text-align:right;color:var(--soft);font-size:.8rem;line-height:1}
.chart svg{display:block;width:100%;height:13rem;overflow:visible}.chart .x{grid-column:2;display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem}
.grid{stroke:var(--line);stroke-width:1}.line{fill:none;stroke:var(--live);stroke-width:2;stroke-linejoin:round}.area{fill:var(--live);opacity:.1}
.bars{width:100%;border-collapse:collapse;font-size:.92rem}.bars th,.bars td{padding:.34rem 0;text-align:left;font-weight:400;vertical-align:middle}.bars thead th{color:var(--soft);font-size:.82rem;padding-bottom:.5rem}
.bars tbody th{width:38%;padding-right:1rem;overflow-wrap:anywhere}.bars .n{text-align:right;width:3.6rem;padding-left:.8rem}.bars svg{display:block;width:100%;height:.8rem}
.bar-track{fill:var(--raised)}.bar-open{fill:var(--live)}.bar-closed{fill:var(--bar)}.bar-one{fill:var(--calm)}
.key{display:flex;gap:1.2rem;color:var(--soft);font-size:.85rem}.key svg{width:.7rem;height:.7rem;margin-right:.4rem}
details>summary{cursor:pointer;color:var(--soft)}details[open]>summary{margin-bottom:.6rem}
.plain{width:100%;border-collapse:collapse;font-size:.87rem}.plain th,.plain td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line)}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem}.head{display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:center}
.steps{list-style:decimal;padding-left:1.3rem}.dots{list-style:disc;padding-left:1.2rem}
@media(max-width:48rem){.two{grid-template-columns:minmax(0,1fr)}.facts{grid-template-columns:minmax(0,1fr);gap:.1rem}.facts dd{margin-bottom:.55rem}
.stations{grid-auto-flow:row}.stations li{padding:0 0 .9rem 1.6rem}.stations li::after{top:1rem;left:.32rem;right:auto;bottom:-.3rem;width:2px;height:auto}.card{padding:1rem 1.05rem}}
@media(prefers-reduced-motion:no-preference){a,button,.choice{transition:background-color .12s,border-color .12s,color .12s}}
@media print{body{background:#fff}.card{break-inside:avoid;box-shadow:none}}
`;
