import { get } from 'node:http'
import type { Heard } from './live.ts'

/** Many screens in a process of their own: `listeners.ts URL COUNT`. Each change's note says when it was sent. */
const [, , url, count] = process.argv as [string, string, string, string]
const latencies: number[] = []
const seen = Array.from({ length: Number(count) }, () => new Map<number, number>())
let ready = 0

seen.forEach(mine => {
  get(`${url}/stream`, { agent: false }, answer => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (piece: string) => {
      const heardAt = performance.timeOrigin + performance.now()
      text += piece
      const frames = text.split('\n\n')
      text = frames.pop()!
      for (const frame of frames) {
        const event = /^event: (\w+)$/m.exec(frame)?.[1]
        if (event === 'ready' && ++ready === seen.length) process.send!('ready')
        if (event !== 'change') continue
        const { seq, note } = JSON.parse(/^data: (.*)$/m.exec(frame)![1]!) as { seq: number; note: string }
        mine.set(seq, (mine.get(seq) ?? 0) + 1)
        latencies.push(heardAt - Number(note))
      }
    })
  })
})

process.on('message', ({ changes }: { changes: number }) => {
  setTimeout(() => {
    latencies.sort((a, b) => a - b)
    const at = (share: number) => latencies[Math.floor(latencies.length * share)]!
    const heard: Heard = {
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      lost: seen.reduce((sum, mine) => sum + changes - mine.size, 0),
      twice: seen.reduce((sum, mine) => sum + [...mine.values()].filter(n => n > 1).length, 0),
    }
    process.send!(heard, () => process.exit(0))
  }, 500)
})
