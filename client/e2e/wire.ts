import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network cable between a browser and the program: it can be pulled out and put back. */
export interface Wire {
  url: string
  cut(): void
  mend(): void
  end(): Promise<void>
}

/** @param port of the program */
export async function layWire(port: number): Promise<Wire> {
  const open = new Set<Socket>()
  let isCut = false
  const server: Server = createServer(near => {
    if (isCut) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as { port: number }
  const drop = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => void (isCut = false),
    end: () => {
      drop()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
