/** The report's own style: no file besides the page, readable in light and dark. */
export const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #8884; }
code, pre { font: 13px/1.4 ui-monospace, monospace; } pre { overflow-x: auto; padding: .6rem; background: #8881; }
.good { color: #197a3d; } .bad { color: #c0262d; } .note { color: #9a6700; } .small { font-size: .85rem; opacity: .8; }
.banner { padding: .6rem .8rem; border-left: 4px solid; margin: 1rem 0; }
details summary { cursor: pointer; }
`;
