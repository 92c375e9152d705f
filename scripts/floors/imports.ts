import { posix } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

export interface Import {
  /** A path from the project's root, or a package's specifier. */
  target: string
  ours: boolean
  /** Gone after compiling: costs nothing at run time and drags nothing in. */
  typeOnly: boolean
  line: number
}

/** The parsed script of a source file; of a .vue file its script blocks, on the lines where they stand. */
export function parseScript(path: string, text: string): ts.SourceFile {
  const script = path.endsWith('.vue') ? scriptOf(text) : text
  return ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true)
}

function scriptOf(text: string): string {
  const { script, scriptSetup } = parse(text).descriptor
  const lines = text.split('\n').map(() => '')
  for (const block of [script, scriptSetup]) {
    block?.content.split('\n').forEach((line, i) => (lines[block.loc.start.line - 1 + i] += line))
  }
  return lines.join('\n')
}

/** Static and dynamic imports, re-exports, `import('…')` types, and `new URL('…', import.meta.url)`. */
export function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly = false): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    found.push({ ...resolve(source.fileName, specifier.text), typeOnly, line })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, true)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0])
    } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
      const [to, from] = node.arguments ?? []
      if (from?.getText(source) === 'import.meta.url' && ts.isStringLiteralLike(to!)) add(node, to)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  if (clause.name || !names || !ts.isNamedImports(names)) return false
  return names.elements.length > 0 && names.elements.every(e => e.isTypeOnly)
}

/** `?worker`, `?url` and the like say how a file is loaded, not which. */
function resolve(from: string, specifier: string): { target: string; ours: boolean } {
  const bare = specifier.replace(/\?.*$/, '')
  if (!/^(\.{1,2}$|\.{0,2}\/)/.test(bare)) return { target: specifier, ours: false }
  const folder = bare.startsWith('/') ? 'client' : posix.dirname(from)
  return { target: posix.normalize(posix.join(folder, bare)), ours: true }
}
