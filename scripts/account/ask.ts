import type { ReadStream } from 'node:tty'

/** The first line of what is piped in. */
async function pipedLine(input: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 4096) break
  }
  return text.split(/\r?\n/)[0]!
}

/** A line typed without being shown; null when it was broken off. */
function typedLine(input: ReadStream, output: NodeJS.WritableStream, prompt: string): Promise<string | null> {
  output.write(prompt)
  input.setRawMode(true)
  input.resume().setEncoding('utf8')
  return new Promise(resolve => {
    let typed = ''
    const end = (line: string | null) => {
      input.setRawMode(false)
      input.off('data', take).pause()
      output.write('\n')
      resolve(line)
    }
    const take = (chunk: Buffer | string) => {
      for (const letter of String(chunk)) {
        if (letter === '\r' || letter === '\n') return end(typed)
        if (letter === '\u0003' || letter === '\u0004') return end(null)
        if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('')
        else typed += letter
      }
    }
    input.on('data', take)
  })
}

/**
 * A password from the terminal, asked for twice and not shown, or the first line of what is piped in. Never an
 * argument: those stand in the list of processes and in the shell's history.
 * @returns null when it was broken off or the two were not the same
 */
export async function askPassword(): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return pipedLine(stdin)
  const first = await typedLine(stdin, stderr, '密码 / password: ')
  if (first === null) return null
  const again = await typedLine(stdin, stderr, '再输一次 / again: ')
  return again === first ? first : null
}
