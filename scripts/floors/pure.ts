import ts from 'typescript'

const CALLS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])
const NAMES = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'console'])

/** Where a script asks the clock, chance or the machine it runs on. */
export function impurities(source: ts.SourceFile): { line: number; what: string }[] {
  const found: { line: number; what: string }[] = []
  const add = (node: ts.Node, what: string): void => {
    found.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, what })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const text = node.getText(source).replace(/^globalThis\./, '')
      if (CALLS.has(text)) add(node, text)
    }
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'Date' && !node.arguments?.length) {
      add(node, 'new Date()')
    }
    const called = ts.isCallExpression(node) ? node.expression : null
    const root = called && ts.isPropertyAccessExpression(called) ? called.expression : called
    if (root && ts.isIdentifier(root) && NAMES.has(root.text)) add(node, root.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
